using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A link to be drawn.</summary>
/// <param name="From">The case that passed it on.</param>
/// <param name="To">The case that got it.</param>
public sealed record NewLink(
    Guid From, Guid To, LinkConfidence Confidence = LinkConfidence.Suspected, string Situation = "", DateOnly? ExposureOn = null, string Basis = "statement");

/// <summary>Transmission links between cases 传播关联, for the desks, for imports and for the tracing of contacts.</summary>
public static class Links
{
    /// <summary>As the other for one link.</summary>
    public static Outcome<LinkRow> Add(WriteSession session, NewLink wanted) => Add(session, [wanted])[0];

    /// <summary>
    /// Draws many links in a few queries, one after the other; the answers stand in the order asked. The unit's scope names the counties of
    /// the cases that got it. Refused: <c>link_to_self</c>, <c>case_unknown</c>, <c>case_ruled_out</c>, <c>link_closes_cycle</c>. A link that
    /// holds between the two already is answered as it is. A case that a link leads to has its source named, which ends that duty.
    /// </summary>
    public static IReadOnlyList<Outcome<LinkRow>> Add(WriteSession session, IReadOnlyList<NewLink> wanted)
    {
        var cases = CaseBook.ByIds(session, [.. wanted.SelectMany(w => new[] { w.From, w.To }).Distinct()]);
        var reach = Reach.From(session, [.. wanted.Select(w => w.To).Distinct()], cases);
        var there = Holding(session, [.. cases.Keys]).ToDictionary(l => (l.FromCase, l.ToCase));
        var answers = new Outcome<LinkRow>[wanted.Count];
        var fresh = new List<LinkRow>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var answer = Judge(wanted[i], cases, there, reach);
            if (answer.Ok)
            {
                var row = answer.Value is { } had ? had : Row(session, wanted[i], cases);
                if (answer.Value is null)
                {
                    fresh.Add(row);
                    there[(row.FromCase, row.ToCase)] = row;
                    reach.Add(row.FromCase, row.ToCase);
                }
                answers[i] = row;
            }
            else
            {
                answers[i] = answer.Refusal;
            }
        }
        session.Insert(LinkRow.Rows, fresh);
        foreach (var county in fresh.GroupBy(l => l.Owner))
        {
            if (county.Count() == 1)
                session.Trail(county.Key, "add_link", new Ref("link", county.First().Id), new Ref("case", county.First().ToCase));
            else
                session.Trail(county.Key, "add_links", new Ref("county", county.Key), detail: new { links = county.Count() });
        }
        Name(session, [.. fresh.Select(l => cases[l.ToCase]).DistinctBy(c => c.Id).Where(c => c.SourceState != SourceState.Named)]);
        return answers;
    }

    /// <summary>The links that hold from or to these cases, each once.</summary>
    public static List<LinkRow> Holding(Session session, IReadOnlyCollection<Guid> cases) => cases.Count == 0 ? [] :
    [
        .. session.Each<LinkRow>("SELECT * FROM transmission_link WHERE to_case = @key AND state = 1", cases)
            .Concat(session.Each<LinkRow>("SELECT * FROM transmission_link WHERE from_case = @key AND state = 1", cases)).DistinctBy(l => l.Id),
    ];

    /// <summary>
    /// The link does not hold. When it was the last one that led to its case, the source of that case is missing again and so is its duty.
    /// The unit's scope names the link's county.
    /// </summary>
    public static Outcome<Done> Withdraw(WriteSession session, string owner, Guid id, string reason)
    {
        if (CaseRefusals.Reason(reason) is { } missing)
            return missing;
        if (session.One<LinkRow>("SELECT * FROM transmission_link WHERE owner = @owner AND id = @id", new { owner, id }) is not { } link)
            return LinkRefusals.Unknown;
        if (link.State == LinkState.Withdrawn)
            return Done.Value;
        session.Update(LinkRow.Rows, [link with { State = LinkState.Withdrawn, Reason = reason.Trim() }]);
        session.Trail(owner, "withdraw_link", new Ref("link", id), new Ref("case", link.ToCase));
        if (session.Scalar<long>("SELECT count(*) FROM transmission_link WHERE to_case = @ToCase AND state = 1", new { link.ToCase }) > 0)
            return Done.Value;
        var row = session.One<CaseRow>("SELECT * FROM case_record WHERE owner = @owner AND id = @ToCase", new { owner, link.ToCase })!;
        if (row.SourceState == SourceState.Named)
        {
            CaseDuties.Fell(session, row, DutyKind.FindSource);
            CaseHistory.Change(session, row, row with { SourceState = SourceState.Open, SourceReason = null }, reason.Trim());
        }
        return Done.Value;
    }

    static void Name(WriteSession session, List<CaseRow> cases)
    {
        var named = CaseHistory.Change(session, cases.ConvertAll(c => (c, c with { SourceState = SourceState.Named, SourceReason = null })), null);
        var byId = cases.ToDictionary(c => c.Id);
        Ledger.Done(session, named.Where(c => c.Field == "source_state")
            .Select(c => (CaseDuties.Key(byId[c.CaseId], DutyKind.FindSource), c.Evidence, session.Now)).ToList());
    }

    /// <summary>The link that is there, null where a new one may be drawn, or why not.</summary>
    static Outcome<LinkRow?> Judge(NewLink wanted, Dictionary<Guid, CaseRow> cases, Dictionary<(Guid, Guid), LinkRow> there, Reach reach)
    {
        if (wanted.From == wanted.To)
            return LinkRefusals.ToSelf;
        if (!cases.TryGetValue(wanted.From, out var from) || !cases.TryGetValue(wanted.To, out var to))
            return CaseRefusals.Unknown;
        if (from.Class == CaseClass.RuledOut || to.Class == CaseClass.RuledOut)
            return CaseRefusals.RuledOut;
        if (!from.Disease.Equals(to.Disease, StringComparison.OrdinalIgnoreCase))
            return LinkRefusals.OtherDisease;
        if (there.TryGetValue((wanted.From, wanted.To), out var had))
            return had;
        return reach.Leads(wanted.To, wanted.From) ? LinkRefusals.Cycle : Outcome.Of<LinkRow?>(null);
    }

    static LinkRow Row(WriteSession session, NewLink wanted, Dictionary<Guid, CaseRow> cases) => new()
    {
        Owner = cases[wanted.To].Owner,
        Id = session.NewId(),
        FromCase = wanted.From,
        FromOwner = cases[wanted.From].Owner,
        ToCase = wanted.To,
        ToOwner = cases[wanted.To].Owner,
        Confidence = wanted.Confidence,
        Situation = wanted.Situation.Trim(),
        ExposureOn = wanted.ExposureOn,
        Basis = wanted.Basis.Trim(),
        At = session.Now,
        Actor = session.Actor.ToString(),
    };
}

/// <summary>Why a link is refused.</summary>
static class LinkRefusals
{
    public static Refusal Unknown { get; } = new("link_unknown", RefusalKind.NotFound, "No link has this id.", "没有该传播关联。");

    public static Refusal ToSelf { get; } = CaseRefusals.Invalid("to", "link_to_self", "Nobody passes it on to themselves.", "病例不能与自身建立传播关联。");

    public static Refusal OtherDisease { get; } = CaseRefusals.Conflict("link_other_disease", "The two are cases of different diseases.", "两个病例病种不同。");

    public static Refusal Cycle { get; } = CaseRefusals.Conflict("link_closes_cycle",
        "This link would close a circle: the second case already leads to the first. Withdraw the link that is wrong.",
        "该关联会形成闭环：后一病例已指向前一病例。请先撤回错误的关联。");
}
