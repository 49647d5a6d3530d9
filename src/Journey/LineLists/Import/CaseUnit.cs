using Qipan.Cases;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>One unit of a case list inside one write: persons, cases, changes, and the links that a column names.</summary>
sealed class CaseUnit(CaseWork work, CaseUpdates updates)
{
    public UnitResult Write(WriteSession session, UnitContext unit, IReadOnlyList<CaseDraft> drafts)
    {
        var result = new UnitResult();
        var known = ListRow.Known(session, unit.Mapping.List, ListKind.Cases, drafts.Select(d => d.Id));
        var fresh = new List<CaseDraft>(drafts.Count);
        var changed = new List<(CaseDraft Draft, ListRow Row)>();
        var inUnit = new Dictionary<string, CaseDraft>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var earlier = inUnit.TryGetValue(draft.Id, out var twin) ? twin.Said : unit.Seen?.Rows.GetValueOrDefault(draft.Id);
            known.TryGetValue(draft.Id, out var row);
            if (earlier is null && row?.Job == unit.Job)
                earlier = row.Said;
            if (earlier is not null)
            {
                if (earlier == draft.Said)
                    result.Add(draft, ListVerdict.AlreadyHad);
                else
                    result.Refuse(draft, ListRefusals.IdTwice);
                continue;
            }
            inUnit.Add(draft.Id, draft);
            if (row is null)
                fresh.Add(draft);
            else if (row.Said == draft.Said && row.PersonKey == draft.Person.Key)
                result.Add(draft, ListVerdict.AlreadyHad);
            else
                changed.Add((draft, row));
        }
        Open(session, unit, fresh, result);
        updates.Write(session, unit, changed, result);
        Links(session, unit, result);
        return result;
    }

    void Open(WriteSession session, UnitContext unit, List<CaseDraft> drafts, UnitResult result)
    {
        if (drafts.Count == 0)
            return;
        var persons = PersonsOfRows.Register(session, unit, [.. drafts.Select(d => ((RowDraft)d, d.Person, d.Id))], result);
        var wanted = drafts.Select((d, i) => d.Case with { Person = persons[i] ?? Guid.Empty }).ToList();
        var opened = work.Open(session, wanted);
        var rows = new List<ListRow>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            if (!opened[i].Ok)
            {
                result.Refuse(draft, opened[i].Refusal!);
                continue;
            }
            var (row, verdict) = (opened[i].Value.Case, opened[i].Value.Verdict);
            var same = verdict != OpenVerdict.Opened || (DrySeen.KeyOf(draft.Person) is { } key && unit.Seen?.Persons.Contains(key) == true);
            if (same)
                draft.Notices.Add(ListNotices.SamePerson);
            rows.Add(new ListRow
            {
                Owner = row.Owner,
                List = unit.Mapping.List,
                Kind = ListKind.Cases,
                RowId = draft.Id,
                Id = ListRow.IdOf(unit.Mapping.List, ListKind.Cases, draft.Id),
                Subject = row.Id,
                Person = row.Person,
                Said = draft.Said,
                PersonKey = draft.Person.Key,
                ExposureOn = draft.Exposure,
                Job = unit.Job,
                RowNo = draft.Row,
                At = session.Now,
            });
            result.Add(draft, same ? ListVerdict.AlreadyHad : ListVerdict.Accepted);
        }
        rows.Sort((a, b) => string.CompareOrdinal(a.RowId, b.RowId));
        session.Insert(ListRow.Rows, rows);
    }

    /// <summary>Links that the rows name wait first; those whose cases are both there are drawn when the file is through.</summary>
    static void Links(WriteSession session, UnitContext unit, UnitResult result)
    {
        var named = result.Rows.Where(r => r.Verdict != ListVerdict.Refused).Select(r => r.Draft).OfType<CaseDraft>().Where(d => d.Infector is not null).ToList();
        if (named.Count == 0)
            return;
        var there = ListLinkRow.Leading(session, unit.Mapping.List, named.Select(d => d.Id));
        var gone = there.Values.Where(l => l.Source == LinkSource.CaseColumn && l.State != ListLinkState.Withdrawn
            && named.Exists(d => d.Id == l.ToId && d.Infector != l.FromId)).ToList();
        foreach (var link in gone.Where(l => l.Link is not null))
            Cases.Links.Withdraw(session, link.Owner, link.Link!.Value, $"the list {unit.Mapping.List} names another source");
        session.Update(ListLinkRow.Rows, gone.ConvertAll(l => l with { State = ListLinkState.Withdrawn, Job = unit.Job, At = session.Now }));
        var again = named.Where(d => there.TryGetValue((d.Infector!, d.Id), out var old) && old.State is ListLinkState.Withdrawn or ListLinkState.Refused)
            .Select(d => there[(d.Infector!, d.Id)] with { State = ListLinkState.Waiting, Reason = null, Link = null, Job = unit.Job, RowNo = d.Row, At = session.Now }).ToList();
        session.Update(ListLinkRow.Rows, again);
        session.Insert(ListLinkRow.Rows, [.. named.Where(d => !there.ContainsKey((d.Infector!, d.Id))).DistinctBy(d => (d.Infector, d.Id)).Select(d => new ListLinkRow
        {
            Owner = d.Case.Owner,
            List = unit.Mapping.List,
            FromId = d.Infector!,
            ToId = d.Id,
            Source = LinkSource.CaseColumn,
            Confidence = d.Confidence,
            Situation = d.Situation,
            ExposureOn = d.Exposure,
            Job = unit.Job,
            RowNo = d.Row,
            At = session.Now,
        })]);
    }
}
