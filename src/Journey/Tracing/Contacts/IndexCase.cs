using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>What tracing needs of a case.</summary>
sealed class IndexCase
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string No { get; init; } = "";

    public Guid Person { get; init; }

    public string PersonOwner { get; init; } = "";

    public string Disease { get; init; } = "";

    /// <summary>1 suspect, 2 probable, 3 confirmed, 4 asymptomatic, 5 ruled out, 6 unclassified.</summary>
    public int Class { get; init; }

    public DateOnly? Onset { get; init; }

    public DateTimeOffset? FirstPositiveAt { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    public DateTimeOffset? IsolatedAt { get; init; }

    public string ReportRegion { get; init; } = "";

    public bool RuledOut => Class == 5;

    public CaseTimes Times => new(Class != 4, Onset, FirstPositiveAt, FoundAt, IsolatedAt);

    /// <summary>Where rules are asked for: the region that reports it, in the case's county.</summary>
    public string Region => ReportRegion.StartsWith(Owner, StringComparison.Ordinal) ? ReportRegion : Owner;

    public Ref Ref => new("case", Id);

    public Outcome<Ruling> Ruling(ProtocolBook book, LocalDays days, DateTimeOffset now) => book.Resolve(Disease, Region, days.DateOf(now));

    const string Columns =
        "owner, id, no, person, person_owner, disease, class, onset, first_positive_at, found_at, isolated_at, report_region";

    public static IndexCase? Of(Session session, Guid id) =>
        session.One<IndexCase>($"SELECT {Columns} FROM case_record WHERE id = @id", new { id });

    /// <summary>The cases of these persons that are not ruled out.</summary>
    public static List<IndexCase> OfPersons(Session session, IReadOnlyCollection<Guid> persons) =>
        session.Each<IndexCase>($"SELECT {Columns} FROM case_record WHERE person = @key AND class <> 5", persons);
}
