using Qipan.Cases;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>One unit of a list of links inside one write. A link whose cases are both there is drawn at once; any other waits.</summary>
static class LinkUnit
{
    public static UnitResult Write(WriteSession session, UnitContext unit, IReadOnlyList<LinkDraft> drafts)
    {
        var result = new UnitResult();
        var list = unit.Mapping.List;
        var cases = ListRow.Known(session, list, ListKind.Cases, drafts.SelectMany(d => new[] { d.From, d.To }));
        var there = ListLinkRow.Leading(session, list, drafts.Select(d => d.To));
        var inUnit = new HashSet<(string, string)>();
        var wanted = new List<LinkDraft>();
        foreach (var draft in drafts)
        {
            var had = !inUnit.Add((draft.From, draft.To)) || unit.Seen?.Links.Contains((draft.From, draft.To)) == true
                || (there.TryGetValue((draft.From, draft.To), out var old) && old.State == ListLinkState.Drawn);
            if (had)
                result.Add(draft, ListVerdict.AlreadyHad);
            else
                wanted.Add(draft);
        }
        Draw(session, unit, wanted.FindAll(d => cases.ContainsKey(d.From) && cases.ContainsKey(d.To)), cases, there, result);
        Wait(session, unit, wanted.FindAll(d => !cases.ContainsKey(d.From) || !cases.ContainsKey(d.To)), cases, there, result);
        return result;
    }

    static void Draw(WriteSession session, UnitContext unit, List<LinkDraft> drafts, Dictionary<string, ListRow> cases,
        Dictionary<(string From, string To), ListLinkRow> there, UnitResult result)
    {
        if (drafts.Count == 0)
            return;
        var drawn = Links.Add(session, drafts.ConvertAll(d => new NewLink(
            cases[d.From].Subject, cases[d.To].Subject, d.Confidence, d.Situation, d.Exposure ?? cases[d.To].ExposureOn, $"import:{unit.Mapping.List}")));
        var (fresh, moved) = (new List<ListLinkRow>(), new List<ListLinkRow>());
        for (var i = 0; i < drafts.Count; i++)
        {
            if (!drawn[i].Ok)
            {
                result.Refuse(drafts[i], drawn[i].Refusal! with { Field = "to" });
                continue;
            }
            var row = Row(session, unit, drafts[i], cases) with { State = ListLinkState.Drawn, Link = drawn[i].Value.Id };
            if (there.TryGetValue((row.FromId, row.ToId), out var old))
                moved.Add(row with { Owner = old.Owner });
            else
                fresh.Add(row);
            result.Drawn++;
            result.Add(drafts[i], ListVerdict.Accepted);
        }
        session.Insert(ListLinkRow.Rows, fresh);
        session.Update(ListLinkRow.Rows, moved);
    }

    static void Wait(WriteSession session, UnitContext unit, List<LinkDraft> drafts, Dictionary<string, ListRow> cases,
        Dictionary<(string From, string To), ListLinkRow> there, UnitResult result)
    {
        foreach (var draft in drafts)
        {
            draft.Notices.Add(ListNotices.WaitsForCase);
            result.Add(draft, there.TryGetValue((draft.From, draft.To), out var old) && old.State == ListLinkState.Waiting ? ListVerdict.AlreadyHad : ListVerdict.Accepted);
        }
        session.Insert(ListLinkRow.Rows, [.. drafts.Where(d => !there.ContainsKey((d.From, d.To))).Select(d => Row(session, unit, d, cases))]);
        session.Update(ListLinkRow.Rows, [.. drafts.Where(d => there.TryGetValue((d.From, d.To), out var old) && old.State != ListLinkState.Waiting)
            .Select(d => there[(d.From, d.To)] with { State = ListLinkState.Waiting, Reason = null, Link = null, Job = unit.Job, RowNo = d.Row, At = session.Now })]);
    }

    static ListLinkRow Row(WriteSession session, UnitContext unit, LinkDraft draft, Dictionary<string, ListRow> cases) => new()
    {
        Owner = (cases.GetValueOrDefault(draft.To) ?? cases.GetValueOrDefault(draft.From))?.Owner ?? WriteScope.Deployment,
        List = unit.Mapping.List,
        FromId = draft.From,
        ToId = draft.To,
        Source = LinkSource.LinkList,
        Confidence = draft.Confidence,
        Situation = draft.Situation,
        ExposureOn = draft.Exposure,
        Job = unit.Job,
        RowNo = draft.Row,
        At = session.Now,
    };
}
