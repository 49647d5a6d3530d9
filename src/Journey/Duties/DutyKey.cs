using System.Globalization;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// The natural key of a duty: the same fact opens the same duty, however often it is sent. Within the trail and in addresses it
/// is written <c>kind.basis.subject</c>: <c>test_in_round.0199….0198…</c>.
/// </summary>
/// <param name="Owner">The county that is responsible, 6 digits.</param>
/// <param name="Kind">What has to be done.</param>
/// <param name="Basis">The id of the fact that opened it.</param>
/// <param name="Subject">Whom or what it is about.</param>
public readonly record struct DutyKey(string Owner, DutyKind Kind, string Basis, Guid Subject)
{
    /// <summary>The id without the owner.</summary>
    public string Id => $"{DutyKinds.Of(Kind).Name}.{Basis}.{Subject:N}";

    /// <summary>How the trail names this duty.</summary>
    public Ref Ref => new("duty", Id);

    public override string ToString() => Id;

    /// <summary>Reads an id; false when it is none. The basis may hold dots itself.</summary>
    public static bool TryParse(string owner, string? id, out DutyKey key)
    {
        key = default;
        var first = id?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        var last = id?.LastIndexOf('.') ?? -1;
        if (first < 1 || last <= first + 1 || DutyKinds.Named(id![..first]) is not { } kind
            || !Guid.TryParseExact(id[(last + 1)..], "N", out var subject))
            return false;
        key = new DutyKey(owner, kind.Kind, id[(first + 1)..last], subject);
        return true;
    }
}

/// <summary>A duty to be opened. The same key again changes nothing, in whatever state the duty is.</summary>
public sealed class NewDuty
{
    internal static readonly Table<NewDuty> Rows = new("duty_new",
        new("owner", ColumnType.Text, d => d.Owner),
        new("kind", ColumnType.Small, d => d.Kind),
        new("basis_id", ColumnType.Text, d => d.Basis.Id),
        new("subject_id", ColumnType.Uuid, d => d.Subject),
        new("subject_kind", ColumnType.Text, d => d.SubjectKind ?? DutyKinds.Of(d.Kind).Subject),
        new("basis_kind", ColumnType.Text, d => d.Basis.Kind),
        new("protocol", ColumnType.Text, d => d.Protocol),
        new("area", ColumnType.Text, d => d.Area),
        new("age_band", ColumnType.Small, d => d.AgeBand),
        new("owner_unit", ColumnType.Uuid, d => d.OwnerUnit.Value),
        new("due_at", ColumnType.Big, d => d.DueAt),
        new("priority", ColumnType.Small, d => d.Priority),
        new("note", ColumnType.Text, d => d.Note));

    /// <summary>The county that is responsible, 6 digits.</summary>
    public required string Owner { get; init; }

    public required DutyKind Kind { get; init; }

    /// <summary>Whom or what it is about.</summary>
    public required Guid Subject { get; init; }

    /// <summary>Only where it differs from the usual subject of the kind (<see cref="DutyKindFacts.Subject"/>).</summary>
    public string? SubjectKind { get; init; }

    /// <summary>The fact that opens it.</summary>
    public required Ref Basis { get; init; }

    /// <summary>The protocol that says so, as id@version.</summary>
    public string? Protocol { get; init; }

    /// <summary>The place code where it is to be done, as fine as it is known; it lies in <see cref="Owner"/>, or opening throws.</summary>
    public required string Area { get; init; }

    /// <summary>Unknown where the subject is no person.</summary>
    public AgeBand AgeBand { get; init; }

    /// <summary>Who has to do it.</summary>
    public required UnitId OwnerUnit { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>0 ordinary; higher stands earlier in lists.</summary>
    public short Priority { get; init; }

    /// <summary>Why it was opened, as for an addition to a frozen roster. Never personal data.</summary>
    public string? Note { get; init; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{DutyKinds.Of(Kind).Name}.{Basis.Id}.{Subject:N}");
}
