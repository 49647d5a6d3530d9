using Qipan.Registers;

namespace Qipan.Sampling;

/// <summary>What was read of one fact; wrong fields were refused before.</summary>
abstract record Payload;

sealed record SessionOpening(Guid? Point, Guid? Round, string Desk, string Collector, string Registrar) : Payload;

sealed record SessionClosing(Guid Session) : Payload;

sealed record TubeOpening(string Code, Guid? Round, TubeKind Kind, int Capacity, Guid? Session, int Priority, Guid? Alert) : Payload;

sealed record Sampling(Guid Tube, Who Who, int Position, Specimen Specimen, IdMethod IdMethod) : Payload;

sealed record SampleVoiding(Guid Registration, Guid Tube, string Reason) : Payload;

sealed record TubeSealing(Guid Tube, string? Seal) : Payload;

sealed record TubeVoiding(Guid Tube, string Reason) : Payload;

sealed record BoxOpening(string Code, int Capacity, Guid? Lab) : Payload;

sealed record TubeBoxing(Guid Tube, Guid Box) : Payload;

sealed record BoxClosing(Guid Box, string? Seal) : Payload;

sealed record BoxHandover(Guid Box, string FromHolder, string? FromSignature, string ToHolder, string? ToSignature) : Payload;

sealed record AntigenReading(Guid? Round, Who Who, AntigenResult Result, string KitLot, bool Self) : Payload;

/// <summary>What an antigen test showed. The numbers reach disk: append only.</summary>
public enum AntigenResult
{
    Negative = 1,
    Positive = 2,
    Invalid = 3,
}

/// <summary>
/// Whom the fact means: exactly one of an id, a document's key, or a temporary identity. A class, so that it never prints.
/// </summary>
sealed class Who
{
    public Guid? Id { get; init; }

    public Guid? DocumentKey { get; init; }

    /// <summary>What is known when the register knows nobody; its id is the one that this person gets then.</summary>
    public required NewTemporaryPerson IfUnknown { get; init; }

    /// <summary>Somebody without any document: unknown by nature, and no mistake.</summary>
    public bool Temporary => Id is null && DocumentKey is null;
}
