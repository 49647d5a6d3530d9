using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>How far a proposed change of a plan is. The numbers reach disk: append only.</summary>
public enum PlanProposalState : short
{
    Open = 1,
    Accepted = 2,
    Rejected = 3,

    /// <summary>Accepted, and taken back: the old plan holds again.</summary>
    Reverted = 4,
}

/// <summary>The old and the new plan of a contact under another protocol (INV-33).</summary>
public sealed record PlanProposal
{
    internal static readonly Table<PlanProposal> Rows = new("plan_proposal",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("contact", ColumnType.Uuid, r => r.Contact),
        new("old_protocol", ColumnType.Text, r => r.OldProtocol),
        new("new_protocol", ColumnType.Text, r => r.NewProtocol),
        new("old_plan", ColumnType.Text, r => r.OldPlan),
        new("new_plan", ColumnType.Text, r => r.NewPlan),
        new("old_end", ColumnType.Big, r => r.OldEnd),
        new("new_end", ColumnType.Big, r => r.NewEnd),
        new("state", ColumnType.Small, r => (short)r.State),
        new("proposed_at", ColumnType.Big, r => r.ProposedAt),
        new("decided_by", ColumnType.Text, r => r.DecidedBy),
        new("decided_at", ColumnType.Big, r => r.DecidedAt),
        new("reason", ColumnType.Text, r => r.Reason));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Contact { get; init; }

    public string OldProtocol { get; init; } = "";

    public string NewProtocol { get; init; } = "";

    public string OldPlan { get; init; } = "";

    public string NewPlan { get; init; } = "";

    public DateTimeOffset OldEnd { get; init; }

    public DateTimeOffset NewEnd { get; init; }

    public PlanProposalState State { get; init; } = PlanProposalState.Open;

    public DateTimeOffset ProposedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Reason { get; init; }
}

/// <summary>
/// Another protocol holds than the one that contacts were decided under: their ends by the new one are proposed, and nothing changes until
/// somebody signs (INV-33).
/// </summary>
/// <param name="County">6 digits.</param>
sealed record ReevaluatePlans(string County);

/// <param name="Looked">Contacts under observation.</param>
/// <param name="Proposed">Whose end would be another.</param>
sealed record ReevaluatedReport(int Looked, int Proposed);

sealed class ReevaluatePlansHandler(Store store, ProtocolBook book, LocalDays days, ContactWork work)
{
    const int PageRows = 5_000;

    public async Task<Outcome<ReevaluatedReport>> Handle(Caller caller, ReevaluatePlans command)
    {
        if (caller.Must(Permission.DecideContacts, command.County) is { Ok: false } no)
            return no.Refusal;
        var (looked, proposed, after) = (0, 0, Guid.Empty);
        while (true)
        {
            var rows = store.Read(s => s.Query<ContactRow>($"""
                SELECT * FROM contact WHERE owner = @County AND state IN ({ContactStates.ActiveNumbers}) AND plan IS NOT NULL AND id > @after ORDER BY id LIMIT @PageRows
                """, new { command.County, after, PageRows }));
            if (rows.Count == 0)
                return new ReevaluatedReport(looked, proposed);
            var written = await store.Write(new WriteScope(caller.Actor, command.County), session => Outcome.Of(Propose(session, rows)));
            if (!written.Ok)
                return written.Refusal;
            (looked, proposed, after) = (looked + rows.Count, proposed + written.Value, rows[^1].Id);
        }
    }

    int Propose(WriteSession session, List<ContactRow> rows)
    {
        var cases = ContactWork.Cases(session, rows);
        var rules = new Dictionary<(string, string), PlanRules?>();
        var open = session.Each<Guid>("SELECT contact FROM plan_proposal WHERE contact = @key AND state = 1", rows.Select(r => r.Id)).ToHashSet();
        var fresh = new List<PlanProposal>();
        foreach (var row in rows.Where(r => !open.Contains(r.Id)))
        {
            var key = (cases[row.IndexCase].Disease, PlaceCode.OwnerOf(row.Area));
            if (!rules.TryGetValue(key, out var ruled))
                rules[key] = ruled = book.Resolve(key.Disease, key.Item2, days.DateOf(session.Now)) is { Ok: true } now && PlanRules.Of(now.Value) is { Ok: true } found
                    ? found.Value : null;
            if (ruled is null || ruled.Protocol == row.Protocol)
                continue;
            // A kind that the new protocol does not determine any more has nothing ahead: it would end now.
            var plan = ruled.Plan(work.Days, row.Kind, row.LastExposure) is { Ok: true } planned ? planned.Value
                : ruled.Plan(work.Days, ContactKind.General, row.LastExposure).Value;
            if (plan.Ends == row.ReleaseAt)
                continue;
            fresh.Add(new PlanProposal
            {
                Owner = row.Owner,
                Id = session.NewId(),
                Contact = row.Id,
                OldProtocol = row.Protocol,
                NewProtocol = plan.Protocol,
                OldPlan = row.Plan!,
                NewPlan = TracingJson.Write(plan),
                OldEnd = row.ReleaseAt!.Value,
                NewEnd = plan.Ends,
                ProposedAt = session.Now,
            });
        }
        session.Insert(PlanProposal.Rows, fresh);
        if (fresh.Count > 0)
            session.Trail(fresh[0].Owner, "propose_plans", new Ref("county", fresh[0].Owner), protocol: fresh[0].NewProtocol, detail: new { proposed = fresh.Count });
        return fresh.Count;
    }
}
