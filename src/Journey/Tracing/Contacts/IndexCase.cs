using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>What tracing needs of a case.</summary>
sealed record IndexCase(CaseRow Row)
{
    public string Owner => Row.Owner;

    public Guid Id => Row.Id;

    public string No => Row.No;

    public Guid Person => Row.Person;

    public string Disease => Row.Disease;

    public DateTimeOffset? IsolatedAt => Row.IsolatedAt;

    public bool RuledOut => Row.Class == CaseClass.RuledOut;

    public CaseTimes Times => new(Row.Class != CaseClass.Asymptomatic, Row.Onset, Row.FirstPositiveAt, Row.FoundAt, Row.IsolatedAt);

    /// <summary>Where rules are asked for: the region that reports it, in the case's county.</summary>
    public string Region => Row.ReportRegion.StartsWith(Owner, StringComparison.Ordinal) ? Row.ReportRegion : Owner;

    public Ref Ref => Row.Ref;

    public Outcome<Ruling> Ruling(ProtocolBook book, LocalDays days, DateTimeOffset now) => book.Resolve(Disease, Region, days.DateOf(now));

    public static IndexCase? Of(Session session, Guid id) => CaseBook.ByIds(session, [id]).TryGetValue(id, out var row) ? new(row) : null;

    /// <summary>The cases of these persons that are not ruled out.</summary>
    public static List<IndexCase> OfPersons(Session session, IReadOnlyCollection<Guid> persons) =>
        [.. CaseBook.OfPersons(session, persons).Where(c => c.Class != CaseClass.RuledOut).Select(c => new IndexCase(c))];
}
