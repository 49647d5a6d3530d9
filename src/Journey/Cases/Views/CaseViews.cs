using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A case in a list: no name and no address; those the registers tell for a purpose.</summary>
public sealed record CaseLine(
    Guid Id, string No, Guid Person, string Disease, CaseClass Class, CaseSeverity Severity, ClinicalState Clinical, DateOnly? Onset, DateTimeOffset FoundAt,
    DateTimeOffset? ReportAt, Discovery Discovery, CaseOrigin Origin, string OnsetRegion, string CurrentRegion, InvestigationState Investigation,
    bool OpenTail, SourceState Source, string Flags);

/// <summary>A clock of a case.</summary>
public sealed record CaseClock(DutyKind Kind, DateTimeOffset DueAt, DutyState State, DateTimeOffset? EndedAt, int Escalation);

/// <summary>A link as seen from one case.</summary>
/// <param name="Other">The other case, where the caller may see it; otherwise null.</param>
public sealed record CaseLink(Guid Id, bool Outward, Guid? Other, string? OtherNo, LinkConfidence Confidence, string Situation, DateOnly? ExposureOn, string Basis);

/// <summary>The class that the definition proposes, with the criteria.</summary>
public sealed record ProposedClass(DefinedClass? Class, IReadOnlyList<string> Way, string Protocol, IReadOnlyList<CriterionAnswer> Criteria);

/// <summary>Everything of one case that its investigators see.</summary>
public sealed record CaseDetail(
    CaseRow Case, IReadOnlyList<CaseClock> Clocks, InvestigationRow Investigation, ProposedClass? Proposed, IReadOnlyList<FindingRow> Findings,
    IReadOnlyList<ItineraryRow> Itinerary, IReadOnlyList<CaseLink> Links, IReadOnlyList<RepositiveRow> Repositives, IReadOnlyList<CaseChangeRow> History);

/// <summary>What the investigation desk reads. Judged by territory; a case's detail is logged.</summary>
public sealed class CaseViews(Store store, CaseDefinitions definitions)
{
    /// <summary>A page of the cases that the caller may see.</summary>
    public static Outcome<(IReadOnlyList<CaseLine> Items, string? Next)> Page(Session session, Caller caller, CaseFilter filter, string? after, int take)
    {
        var territories = caller.Territories(Permission.SeeCases);
        if (territories.Count == 0 || (filter.Territory.Length > 0 && !caller.May(Permission.SeeCases, filter.Territory)))
            return new NotAllowedHere();
        var page = CaseBook.Page(session, filter.Territory.Length > 0 ? filter : filter with { Territories = territories }, after, take);
        return ((IReadOnlyList<CaseLine>)[.. page.Items.Where(c => CaseRights.MaySee(caller, c)).Select(Line)], page.Next);
    }

    public static CaseLine Line(CaseRow c) => new(
        c.Id, c.No, c.Person, c.Disease, c.Class, c.Severity, c.Clinical, c.Onset, c.FoundAt, c.ReportAt, c.Discovery, c.Origin, c.OnsetRegion,
        c.CurrentRegion, c.Investigation, c.ContactsAskedAt is null && c.Class != CaseClass.RuledOut, c.SourceState, c.Flags);

    /// <summary>One case by id or number. Each look is a line of the access log of the person's county (P-07).</summary>
    public async Task<Outcome<CaseDetail>> One(Caller caller, string idOrNo, Purpose purpose = Purpose.ContactTracing)
    {
        var found = store.Read(s => CaseBook.Find(s, idOrNo));
        if (found is null)
            return CaseRefusals.Unknown;
        if (!CaseRights.MaySee(caller, found))
            return new NotAllowedHere();
        return await store.Write(new WriteScope(caller.Actor, found.Owner), session =>
        {
            AccessLog.Record(session, found.Owner, purpose, "view", found.Ref, "case", "itinerary", "links");
            return Outcome.Of(Detail(session, caller, CaseBook.ByIds(session, [found.Id])[found.Id]));
        });
    }

    internal CaseDetail Detail(Session session, Caller caller, CaseRow row) => new(
        row, Clocks(session, row), InvestigationRow.Of(session, row), Proposed(session, row), CaseDefinitions.Known(session, row),
        Itineraries.Of(session, row.Owner, row.Id), LinksOf(session, caller, row), Repositives.Of(session, row), CaseHistory.Of(session, row.Owner, row.Id));

    /// <summary>The clocks of a case in their order.</summary>
    public static List<CaseClock> Clocks(Session session, CaseRow row) => Clocks(session, [row])[row.Id].ToList();

    /// <summary>The clocks of many cases in one query.</summary>
    public static ILookup<Guid, CaseClock> Clocks(Session session, IReadOnlyCollection<CaseRow> rows) => session.Query<DutyLine>($"""
        SELECT * FROM duty WHERE subject_id {session.InIds("ids")} AND owner {session.In("owners")} AND kind IN (11, 12, 13, 14, 19, 20) ORDER BY due_at, kind
        """, new { ids = session.Keys(rows.Select(r => r.Id)), owners = session.Keys(rows.SelectMany(r => new[] { r.Owner, r.Custody }).Distinct()) })
        .GroupBy(d => (d.SubjectId, d.Kind), (_, same) => same.OrderBy(d => d.State == DutyState.Withdrawn).First()).OrderBy(d => d.DueAt).ThenBy(d => d.Kind)
        .ToLookup(d => d.SubjectId, d => new CaseClock(d.Kind, d.DueAt, d.State, d.EndedAt, d.Escalation));

    ProposedClass? Proposed(Session session, CaseRow row) =>
        definitions.Of(row) is { Ok: true } rule && definitions.Propose(session, row) is { Ok: true } proposed
            ? new ProposedClass(proposed.Value.Class, proposed.Value.Way, rule.Value.Version.ToString(), proposed.Value.Criteria) : null;

    static List<CaseLink> LinksOf(Session session, Caller caller, CaseRow row)
    {
        var links = Links.Holding(session, [row.Id]);
        var others = CaseBook.ByIds(session, [.. links.SelectMany(l => new[] { l.FromCase, l.ToCase }).Where(id => id != row.Id).Distinct()]);
        return [.. links.OrderBy(l => l.ExposureOn).ThenBy(l => l.Id).Select(l =>
        {
            var outward = l.FromCase == row.Id;
            var other = others.GetValueOrDefault(outward ? l.ToCase : l.FromCase) is { } there && CaseRights.MaySee(caller, there) ? there : null;
            return new CaseLink(l.Id, outward, other?.Id, other?.No, l.Confidence, l.Situation, l.ExposureOn, l.Basis);
        })];
    }
}
