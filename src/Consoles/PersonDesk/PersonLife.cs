using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.PersonDesk;

/// <summary>Something that happened to a person.</summary>
/// <param name="At">When.</param>
/// <param name="What">In the reader's language.</param>
/// <param name="Kind">The thing behind it, as references name it; empty for none.</param>
/// <param name="Id">Its id or number.</param>
/// <param name="Tone">good, bad or nothing.</param>
public sealed record LifeEvent(DateTimeOffset At, string What, string Kind, string Id, string? Tone = null);

/// <summary>
/// Everything that is known to have happened to a person, in one order of time: samples, pools, duties, cases, contacts. Each part is read
/// only where the reader's role and territory show it; seeing the person has been written into the access log before.
/// </summary>
static class PersonLife
{
    /// <summary>Of each part, the latest; a person who is tested daily for months has more.</summary>
    const int Most = 60;

    /// <summary>The latest first.</summary>
    public static IReadOnlyList<LifeEvent> Of(Session session, Reader reader, Guid person)
    {
        var caller = reader.Caller!;
        var life = new List<LifeEvent>();
        if (caller.May(Permission.SeeTubes))
            Samples(session, reader, person, life);
        if (caller.May(Permission.HandleAlerts))
            Pools(session, reader, person, life);
        if (caller.May(Permission.SeeDuties))
            Duties(session, reader, person, life);
        if (caller.May(Permission.SeeCases))
            Cases(session, reader, person, life);
        if (caller.May(Permission.FollowContacts))
            Contacts(session, reader, person, life);
        return [.. life.OrderByDescending(e => e.At)];
    }

    static void Samples(Session session, Reader r, Guid person, List<LifeEvent> life)
    {
        foreach (var one in session.Query<Sample>(
            "SELECT owner, tube, corrected_at, specimen, state, result_state FROM registration WHERE person = @person ORDER BY corrected_at DESC LIMIT @Most", new { person, Most }))
            if (Territory.Touches(r.Caller!, Permission.SeeTubes, one.Owner).Ok)
                life.Add(new LifeEvent(one.CorrectedAt, one.State == RegistrationState.Void ? r["Registration, voided"]
                    : r.Say("Sampled: {0}, result {1}", r.Name(one.Specimen), r.Name(one.ResultState)), "tube", one.Tube.ToString("N"),
                    one.ResultState == MemberResult.Negative ? "good" : null));
    }

    static void Pools(Session session, Reader r, Guid person, List<LifeEvent> life)
    {
        foreach (var one in session.Query<PoolMember>("""
            SELECT m.owner, m.present_owner, m.alert, m.held_at, m.outcome, m.outcome_at, a.raised_at FROM pool_alert_member m
            JOIN pool_alert a ON a.owner = m.owner AND a.id = m.alert WHERE m.person = @person ORDER BY a.raised_at DESC LIMIT @Most
            """, new { person, Most }))
        {
            if (!Territory.Touches(r.Caller!, Permission.HandleAlerts, one.Owner).Ok && !Territory.Touches(r.Caller!, Permission.HandleAlerts, one.PresentOwner).Ok)
                continue;
            var id = one.Alert.ToString("N");
            life.Add(new LifeEvent(one.RaisedAt, r["A pool of this person is not negative"], "alert", id, "bad"));
            if (one.HeldAt is { } held)
                life.Add(new LifeEvent(held, r["Held where the person is"], "alert", id));
            if (one.OutcomeAt is { } decided)
                life.Add(new LifeEvent(decided, r.Say("Decided: {0}", r.Name(one.Outcome)), "alert", id,
                    one.Outcome == MemberOutcome.Confirmed ? "bad" : one.Outcome == MemberOutcome.Cleared ? "good" : null));
        }
    }

    static void Duties(Session session, Reader r, Guid person, List<LifeEvent> life)
    {
        foreach (var one in session.Query<DutyLine>("SELECT * FROM duty WHERE subject_id = @person ORDER BY opened_at DESC LIMIT @Most", new { person, Most }))
        {
            if (!r.Caller!.May(Permission.SeeDuties, one.Area))
                continue;
            var facts = DutyKinds.Of(one.Kind);
            var name = r.Language == "zh" ? facts.Chinese : facts.English;
            life.Add(one switch
            {
                { State: DutyState.Open } => new LifeEvent(one.OpenedAt, r.Say("To do until {0}: {1}", r.When(one.DueAt), name), "duty", one.Id, one.DueAt < r.Now ? "bad" : null),
                { EndedAt: { } ended, EvidenceKind: { } kind, EvidenceId: { } evidence } => new LifeEvent(ended, r.Say("Done: {0}", name), kind, evidence, "good"),
                _ => new LifeEvent(one.EndedAt ?? one.OpenedAt, r.Say("Ended without being done: {0}", name), "duty", one.Id),
            });
        }
    }

    static void Cases(Session session, Reader r, Guid person, List<LifeEvent> life)
    {
        foreach (var one in session.Query<CaseRow>("SELECT * FROM case_record WHERE person = @person ORDER BY found_at DESC LIMIT @Most", new { person, Most }))
        {
            if (!CaseRights.MaySee(r.Caller!, one))
                continue;
            life.Add(new LifeEvent(one.FoundAt, r.Say("Case {0}", one.No) + $": {one.Disease}, {r.Name(one.Class)}", "case", one.No, "bad"));
            if (one.ReportAt is { } reported)
                life.Add(new LifeEvent(reported, r["The case was reported"], "case", one.No));
            if (one.IsolatedAt is { } isolated)
                life.Add(new LifeEvent(isolated, r["Isolated"], "case", one.No));
        }
    }

    static void Contacts(Session session, Reader r, Guid person, List<LifeEvent> life)
    {
        foreach (var one in session.Query<ContactRow>("SELECT * FROM contact WHERE person = @person ORDER BY last_exposure DESC LIMIT @Most", new { person, Most }))
        {
            if (!r.Caller!.May(Permission.FollowContacts, one.Area))
                continue;
            var id = one.Id.ToString("N");
            life.Add(new LifeEvent(one.LastExposure, r.Say("Last exposure: {0}", r.Name(one.Kind)), "contact", id));
            if (one.DeterminedAt is { } decided)
                life.Add(new LifeEvent(decided, r.Say("Contact decided: {0}", r.Name(one.State)), "contact", id));
            if (one.ReleaseAt is { } release && one.Active)
                life.Add(new LifeEvent(release, r["The plan ends"], "contact", id));
        }
    }

    sealed class Sample
    {
        public string Owner { get; init; } = "";

        public Guid Tube { get; init; }

        public DateTimeOffset CorrectedAt { get; init; }

        public Specimen Specimen { get; init; }

        public RegistrationState State { get; init; }

        public MemberResult ResultState { get; init; }
    }

    sealed class PoolMember
    {
        public string Owner { get; init; } = "";

        public string PresentOwner { get; init; } = "";

        public Guid Alert { get; init; }

        public DateTimeOffset RaisedAt { get; init; }

        public DateTimeOffset? HeldAt { get; init; }

        public MemberOutcome Outcome { get; init; }

        public DateTimeOffset? OutcomeAt { get; init; }
    }
}
