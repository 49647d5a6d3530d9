using Qipan.Kernel;

namespace Qipan.Intake;

/// <summary>A batch as read from the wire: nothing was looked up yet.</summary>
sealed record Batch
{
    public required Guid Id { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required FactMode Mode { get; init; }

    public required string Hash { get; init; }

    /// <summary>The body, deflated, as it is kept.</summary>
    public required byte[] Kept { get; init; }

    public required IReadOnlyList<SentFact> Facts { get; init; }
}

/// <summary>One fact as sent; either it has a refusal, or an id, a judge and a payload.</summary>
sealed class SentFact
{
    public required string IdText { get; init; }

    public Guid? Id { get; init; }

    public string Kind { get; init; } = "";

    public DateTimeOffset OccurredAt { get; init; }

    public FactJudge? Judge { get; init; }

    public object? Payload { get; init; }

    public Refusal? Refusal { get; init; }
}
