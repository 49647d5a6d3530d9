using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Somebody signs proposed plans, rejects them, or takes a signature back (INV-33, INV-28: shortening needs sign-off).</summary>
/// <param name="Proposals">Their ids.</param>
/// <param name="To">accepted, rejected, reverted.</param>
/// <param name="Reason">Always needed: it stands with the signature.</param>
sealed record DecidePlans(IReadOnlyList<Guid> Proposals, PlanProposalState To, string Reason);

sealed class DecidePlansHandler(Store store, ContactWork work)
{
    public async Task<Outcome<DecidedReport>> Handle(Caller caller, DecidePlans command)
    {
        if (command.Proposals.Count is 0 or > 20_000)
            return new NoContactsGiven();
        if (string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonNeeded();
        var ids = command.Proposals.Distinct().ToList();
        var owners = store.Read(s => ContactDuties.Owners(ContactRows.ByIds(s, [.. Load(s, ids).Select(p => p.Contact)])));
        var items = new List<DecidedItem>(ids.Count);
        foreach (var unit in ids.Chunk(500))
        {
            var written = await store.Write(new WriteScope(caller.Actor, [.. owners.Append(caller.Owner).Distinct()]),
                session => Outcome.Of(Decide(session, caller, command, unit)));
            if (!written.Ok)
                return written.Refusal;
            items.AddRange(written.Value);
        }
        return new DecidedReport(items.Count(i => i.Done), items.Count(i => !i.Done), items);
    }

    List<DecidedItem> Decide(WriteSession session, Caller caller, DecidePlans command, Guid[] ids)
    {
        var proposals = Load(session, ids).ToDictionary(p => p.Id);
        var contacts = ContactRows.ByIds(session, [.. proposals.Values.Select(p => p.Contact)]).ToDictionary(c => c.Id);
        var (items, decided, moves) = (new List<DecidedItem>(ids.Length), new List<PlanProposal>(), new List<(ContactRow From, ContactRow To)>());
        foreach (var id in ids)
        {
            if (!proposals.TryGetValue(id, out var proposal) || !caller.May(Permission.DecideContacts, proposal.Owner))
            {
                items.Add(DecidedItem.Of(id, new ProposalUnknown()));
                continue;
            }
            var moved = PlanProposalStates.Table.Move(proposal.State, command.To);
            var row = contacts[proposal.Contact];
            Refusal? why = !moved.Ok ? moved.Refusal : command.To != PlanProposalState.Rejected && !row.Active ? new NothingActive() : null;
            items.Add(DecidedItem.Of(id, why));
            if (why is not null)
                continue;
            decided.Add(proposal with { State = command.To, DecidedBy = caller.Actor.ToString(), DecidedAt = session.Now, Reason = command.Reason.Trim() });
            if (command.To == PlanProposalState.Rejected)
                continue;
            var plan = command.To == PlanProposalState.Accepted ? proposal.NewPlan : proposal.OldPlan;
            var read = TracingJson.Read<ContactPlan>(plan);
            moves.Add((row, row with { Plan = plan, Protocol = read.Protocol, ReleaseAt = read.Ends }));
        }
        session.Update(PlanProposal.Rows, decided);
        ContactChange.Write(session, moves, "plan_proposal", command.Reason.Trim());
        // What the old plan still had ahead is withdrawn, and the calendar is made by the new one; what was done stays done.
        ContactWork.Stop(session, moves.ConvertAll(m => m.From), "another plan holds", control: false);
        work.Calendars(session, moves.ConvertAll(m => m.To));
        foreach (var county in decided.GroupBy(d => d.Owner))
            session.Trail(county.Key, "decide_plans", county.Count() == 1 ? ContactDuties.Ref(county.First().Contact) : new Ref("county", county.Key),
                protocol: county.First().NewProtocol,
                detail: new { plans = county.Count(), to = command.To.ToString().ToLowerInvariant(), reason = command.Reason.Trim() });
        return items;
    }

    static List<PlanProposal> Load(Session session, IReadOnlyCollection<Guid> ids) =>
        session.Query<PlanProposal>($"SELECT * FROM plan_proposal WHERE id {session.InIds("ids")}", new { ids = session.Keys(ids) });
}

/// <summary>The ways of a proposed plan; taking a signature back leaves it on record.</summary>
static class PlanProposalStates
{
    public static StateTable<PlanProposalState> Table { get; } = new("plan proposal", "计划调整建议")
    {
        { PlanProposalState.Open, PlanProposalState.Accepted, PlanProposalState.Rejected },
        { PlanProposalState.Accepted, PlanProposalState.Reverted },
    };
}
