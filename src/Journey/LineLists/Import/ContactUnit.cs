using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.LineLists;

/// <summary>
/// One unit of a contact list inside one write: persons, and contacts of the cases that the list names. What another program decided is taken
/// as it says, with the list as evidence; contacts that still run get the plan of the protocol that holds here.
/// </summary>
sealed class ContactUnit(ProtocolBook book, LocalDays days, ContactWork work, TracingSettings settings)
{
    public UnitResult Write(WriteSession session, UnitContext unit, IReadOnlyList<ContactDraft> drafts)
    {
        var result = new UnitResult();
        var list = unit.Mapping.List;
        var known = ListRow.Known(session, list, ListKind.Contacts, drafts.Select(d => d.Id));
        var cases = ListRow.Known(session, list, ListKind.Cases, drafts.Select(d => d.Case));
        var indexes = new Dictionary<Guid, IndexCase?>();
        var (fresh, changed) = (new List<(ContactDraft Draft, IndexCase Index)>(), new List<(ContactDraft Draft, ListRow Row)>());
        var inUnit = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            known.TryGetValue(draft.Id, out var row);
            var earlier = inUnit.GetValueOrDefault(draft.Id) ?? unit.Seen?.Rows.GetValueOrDefault(draft.Id) ?? (row?.Job == unit.Job ? row.Said : null);
            if (earlier is not null)
            {
                if (earlier == draft.Said)
                    result.Add(draft, ListVerdict.AlreadyHad);
                else
                    result.Refuse(draft, ListRefusals.IdTwice);
                continue;
            }
            inUnit.Add(draft.Id, draft.Said);
            if (row is not null)
            {
                if (row.Said == draft.Said && row.PersonKey == draft.Person.Key)
                    result.Add(draft, ListVerdict.AlreadyHad);
                else
                    changed.Add((draft, row));
                continue;
            }
            if (!cases.TryGetValue(draft.Case, out var named))
            {
                result.Refuse(draft, ListRefusals.CaseUnknown);
                continue;
            }
            if (!indexes.TryGetValue(named.Subject, out var index))
                indexes[named.Subject] = index = IndexCase.Of(session, named.Subject);
            if (index is null || index.RuledOut)
                result.Refuse(draft, ListRefusals.IndexRuledOut);
            else
                fresh.Add((draft, index));
        }
        Add(session, unit, fresh, result);
        Change(session, unit, changed, result);
        return result;
    }

    void Add(WriteSession session, UnitContext unit, List<(ContactDraft Draft, IndexCase Index)> drafts, UnitResult result)
    {
        if (drafts.Count == 0)
            return;
        var persons = PersonsOfRows.Register(session, unit, [.. drafts.Select(d => ((RowDraft)d.Draft, d.Draft.Person, d.Draft.Id))], result);
        var current = PersonDirectory.Current(session, [.. persons.OfType<Guid>().Distinct()]);
        var ids = drafts.Select((d, i) => persons[i] is { } p ? TracingIds.Contact(d.Index.Id, current[p].Id, 1) : Guid.Empty).ToList();
        var there = ContactRows.ByIds(session, [.. ids.Distinct()]).Select(c => c.Id).ToHashSet();
        var (rows, listed) = (new List<ContactRow>(), new List<ListRow>());
        for (var i = 0; i < drafts.Count; i++)
        {
            var (draft, index) = drafts[i];
            var person = current[persons[i]!.Value];
            if (person.Id == index.Person)
            {
                result.Refuse(draft, ListRefusals.ContactIsIndex);
                continue;
            }
            if (there.Add(ids[i]))
            {
                var row = Row(session, unit, draft, index, person, ids[i]);
                if (!row.Ok)
                {
                    there.Remove(ids[i]);
                    result.Refuse(draft, row.Refusal with { Field = "state" });
                    continue;
                }
                rows.Add(row.Value);
                result.Add(draft, ListVerdict.Accepted);
            }
            else
            {
                draft.Notices.Add(ListNotices.ContactThere);
                result.Add(draft, ListVerdict.AlreadyHad);
            }
            listed.Add(new ListRow
            {
                Owner = index.Owner,
                List = unit.Mapping.List,
                Kind = ListKind.Contacts,
                RowId = draft.Id,
                Id = ListRow.IdOf(unit.Mapping.List, ListKind.Contacts, draft.Id),
                Subject = ids[i],
                Person = person.Id,
                Said = draft.Said,
                PersonKey = draft.Person.Key,
                ExposureOn = draft.Last,
                Job = unit.Job,
                RowNo = draft.Row,
                At = session.Now,
            });
        }
        Keep(session, unit, rows, drafts.Select(d => d.Index).DistinctBy(i => i.Id).ToDictionary(i => i.Id));
        session.Insert(ListRow.Rows, listed);
    }

    /// <summary>Rows, their first line of history, and for lists with clocks their calendars and duties.</summary>
    void Keep(WriteSession session, UnitContext unit, List<ContactRow> rows, Dictionary<Guid, IndexCase> indexes)
    {
        var running = rows.FindAll(r => r.Active);
        var followed = unit.Mapping.Clocks ? ContactWork.Follow(session, running).ToDictionary(r => r.Id) : [];
        rows = rows.ConvertAll(r => followed.GetValueOrDefault(r.Id, r));
        session.Insert(ContactRow.Rows, rows);
        ContactChange.Write(session, [.. rows.Where(r => r.State != ContactState.Proposed).Select(r => (r with { State = ContactState.Proposed }, r))],
            $"import/{unit.Job:N}", $"the list {unit.Mapping.List} says so");
        session.Insert(ReleaseContactsHandler.Rows, [.. rows.Where(r => r.State == ContactState.Released).Select(r => new ReleaseContactsHandler.ReleaseRecord(
            r.Owner, session.NewId(), r.Id, r.Person, session.Now, session.Actor.ToString(), r.Protocol,
            TracingJson.Write(new[] { new CheckLine("list", true, r.Id, "The list says that its follow-up was completed.", "清单注明随访已完成。", [$"import/{unit.Job:N}"]) })))]);
        if (unit.Mapping.Clocks)
        {
            work.Calendars(session, [.. followed.Values.Select(r => r with { Version = r.Version + 1 })]);
            foreach (var index in rows.Where(r => r.State == ContactState.Proposed).GroupBy(r => r.IndexCase))
                ContactDuties.OpenDecisions(session, book, days, indexes[index.Key], [.. index], settings.ControlHours);
        }
        foreach (var county in rows.GroupBy(r => r.Owner))
            session.Trail(county.Key, "import_contacts", new Ref("county", county.Key), new Ref("import", unit.Job), detail: new { contacts = county.Count() });
    }

    Outcome<ContactRow> Row(WriteSession session, UnitContext unit, ContactDraft draft, IndexCase index, PersonRef person, Guid id)
    {
        var ruling = index.Ruling(book, days, session.Now);
        var rule = ruling.Ok && ruling.Value.Contact is { Ok: true } contact ? contact.Value : null;
        var kind = rule is null ? new Proposed(ContactKind.Close, draft.Situation, "no protocol rules")
            : new KindDecision(rule.Rule, ruling.Value.Situations is { Ok: true } named ? named.Value.Rule : null, null).Stated(draft.Situation);
        var last = days.EndOf(draft.Last).AddSeconds(-1);
        var row = new ContactRow
        {
            Owner = index.Owner,
            Id = id,
            Person = person.Id,
            PersonOwner = person.Owner,
            Area = person.PresentPlace ?? person.PresentOwner,
            IndexCase = index.Id,
            IndexOwner = index.Owner,
            Kind = kind.Kind,
            Situation = kind.Situation,
            FirstExposure = days.StartOf(draft.First),
            LastExposure = last < session.Now ? last : session.Now,
            Sources = "list",
            Evidence = TracingJson.Write(new ContactEvidence
            {
                Facts = [new EvidenceFact("list", $"import_row/{ListRow.IdOf(unit.Mapping.List, ListKind.Contacts, draft.Id):N}", $"named by the list {unit.Mapping.List}")],
                Because = kind.Because,
            }),
            Rating = 1,
            Protocol = rule?.Version.ToString() ?? "",
            ProposedAt = session.Now,
        };
        if (draft.State == ContactState.Proposed)
            return row;
        row = row with { State = draft.State, DeterminedAt = session.Now, DeterminedBy = session.Actor.ToString(), Reason = $"list {unit.Mapping.List}" };
        return Planned(session, index, row);
    }

    /// <summary>Contacts that run have the plan of the protocol that holds where they are; the others have ended.</summary>
    Outcome<ContactRow> Planned(WriteSession session, IndexCase index, ContactRow row)
    {
        if (!row.Active)
            return row with { EndedAt = session.Now };
        var ruling = book.Resolve(index.Disease, Kernel.Codes.PlaceCode.OwnerOf(row.Area), days.DateOf(session.Now));
        var rules = ruling.Ok ? PlanRules.Of(ruling.Value) : ruling.Refusal;
        if (!rules.Ok)
            return rules.Refusal;
        var plan = rules.Value.Plan(work.Days, row.Kind, row.LastExposure);
        return plan.Ok ? row with { Protocol = plan.Value.Protocol, Plan = TracingJson.Write(plan.Value), ReleaseAt = plan.Value.Ends } : plan.Refusal;
    }

    /// <summary>The list says something else: a state is moved where its table allows, a longer exposure is noted.</summary>
    void Change(WriteSession session, UnitContext unit, List<(ContactDraft Draft, ListRow Row)> changed, UnitResult result)
    {
        if (changed.Count == 0)
            return;
        var rows = ContactRows.ByIds(session, [.. changed.Select(c => c.Row.Subject).Distinct()]).ToDictionary(r => r.Id);
        var (moves, listed) = (new List<(ContactRow From, ContactRow To)>(), new List<ListRow>());
        foreach (var (draft, row) in changed)
        {
            var before = rows[row.Subject];
            var said = row.Said.Split('|');
            var after = before;
            if (said[^1] != draft.Said.Split('|')[^1] && before.State != draft.State)
            {
                var moved = ContactStates.Table.Move(before.State, draft.State);
                if (!moved.Ok || draft.State == ContactState.Released)
                {
                    result.Refuse(draft, (moved.Refusal ?? ListRefusals.ReleaseNeedsDecision) with { Field = "state" });
                    continue;
                }
                var planned = Planned(session, IndexCase.Of(session, before.IndexCase)!, before with { State = moved.Value, Reason = $"list {unit.Mapping.List}" });
                if (!planned.Ok)
                {
                    result.Refuse(draft, planned.Refusal with { Field = "state" });
                    continue;
                }
                after = planned.Value;
            }
            var last = days.EndOf(draft.Last).AddSeconds(-1);
            if (last > after.LastExposure && last < session.Now)
                after = after with { LastExposure = after.State == ContactState.Proposed ? last : after.LastExposure, Flag = after.State == ContactState.Proposed ? after.Flag : "longer_exposure" };
            if (days.StartOf(draft.First) < after.FirstExposure)
                after = after with { FirstExposure = days.StartOf(draft.First) };
            if (row.PersonKey != draft.Person.Key)
                draft.Notices.Add(ListNotices.PersonDiffers);
            if (after != before)
                moves.Add((before, after));
            listed.Add(row with { Said = draft.Said, PersonKey = draft.Person.Key, ExposureOn = draft.Last, Job = unit.Job, RowNo = draft.Row, At = session.Now });
            result.Add(draft, ListVerdict.Updated);
        }
        ContactChange.Write(session, moves, $"import/{unit.Job:N}", $"the list {unit.Mapping.List} was imported again");
        ContactWork.Stop(session, [.. moves.Where(m => m.From.Active && !m.To.Active).Select(m => m.From)], "the list says that it ended");
        session.Update(ListRow.Rows, listed);
    }
}
