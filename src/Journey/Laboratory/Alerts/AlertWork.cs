using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Runs acts on alerts in the right counties and lets the alert's state catch up with what is recorded.</summary>
public sealed class AlertWork(Store store, ProtocolBook protocols, LocalDays days)
{
    /// <summary>Runs <paramref name="act"/> on the alert as it is inside the unit, and advances it afterwards.</summary>
    internal async Task<Outcome<T>> Act<T>(Actor actor, AlertCase seen, Func<WriteSession, AlertCase, Outcome<T>> act)
    {
        var outcome = await store.Write(new WriteScope(actor, seen.Owners), session =>
        {
            if (AlertCase.Load(session, seen.Alert.Id) is not { } now)
                return AlertRefusals.Unknown;
            if (now.Owners.Except(seen.Owners).Any())
                return new StoreBusy { RetryAfterSeconds = 1 };
            var done = act(session, now);
            if (done.Ok)
                Advance(session, now.Alert.Id);
            return done;
        });
        return outcome;
    }

    /// <summary>
    /// A registration of the tube that came after the alert is a member all the same (INV-40). Returns how many alerts have new members.
    /// </summary>
    internal async Task<int> AddLate(IReadOnlyCollection<AlertRow> alerts)
    {
        var late = store.Read(s => LateMembers.Tubes(s, alerts));
        var changed = 0;
        foreach (var alert in alerts.Where(a => late.Contains(a.Tube)))
        {
            var owners = store.Read(s => LateMembers.Owners(s, alert)).Append(alert.Owner).Distinct().ToList();
            var outcome = await store.Write(new WriteScope(Actor.System, owners), session => LateMembers.Owners(session, alert).Except(owners).Any()
                ? new StoreBusy { RetryAfterSeconds = 1 }
                : Outcome.Of(LateMembers.Add(session, alert, days.DateOf(session.Now))));
            if (outcome is { Ok: true, Value: > 0 })
                changed++;
        }
        return changed;
    }

    /// <summary>Moves the alert along its table as far as the facts carry it; each arrow sets its clock.</summary>
    internal bool Advance(WriteSession session, Guid id)
    {
        var found = AlertCase.Load(session, id)!;
        var alert = found.Alert;
        var steps = AlertProgress.Steps(alert.State, alert.AckAt is not null, found.Progress());
        foreach (var step in steps)
            Enter(session, found, step);
        if (steps.Count == 0)
            return false;
        session.Update(AlertRow.Rows, [alert]);
        session.Trail(alert.Owner, "alert_" + Words.Snake(alert.State.ToString()), AlertDuties.Basis(alert.Id), detail: new { steps = steps.Select(s => s.ToString()) });
        return true;
    }

    void Enter(WriteSession session, AlertCase found, AlertState state)
    {
        var alert = found.Alert;
        alert.State = state;
        switch (state)
        {
            case AlertState.MembersHeld:
                alert.HeldAt = session.Now;
                break;
            case AlertState.Resampled:
                alert.ResampledAt = session.Now;
                break;
            case AlertState.Cleared or AlertState.PositiveFound:
                alert.DecidedAt = session.Now;
                break;
            case AlertState.Unresolved when SecondAfter(session, alert) is { } after:
                // INV-08: each member who is still open gives a second sample after the interval.
                var open = found.Members.Where(m => m is { Outcome: MemberOutcome.Open, ResampleAt: not null, Resample2Tube: null }).ToList();
                Ledger.Open(session, AlertDuties.Second(session, alert, open, after, days.DateOf(session.Now)));
                break;
        }
    }

    /// <summary>The interval to the second sample; null where the protocol asks for a signature alone.</summary>
    internal TimeSpan? SecondAfter(Session session, AlertRow alert)
    {
        if (ProtocolVersion.TryParse(alert.Protocol, out var version) && protocols.Find(version) is { Ok: true } known)
            return known.Value.TryGet<SuspectPoolRule>(out var rule) ? rule.SecondResampleAfter : null;
        return AlertClocks.Of(protocols, days, alert.Disease, alert.Owner, alert.RaisedAt).SecondAfter;
    }

    /// <summary>What is decided about a member is evidence for what had to be done about them, and may cover them in the round.</summary>
    internal static void Decide(WriteSession session, AlertCase found, AlertMemberRow member, MemberOutcome outcome, string? note)
    {
        member.Outcome = outcome;
        member.OutcomeAt = session.Now;
        member.OutcomeBy = session.Actor.ToString();
        member.Note = note;
        session.Update(AlertMemberRow.Rows, [member]);
        var evidence = Evidence(member);
        DutyKey[] duties = outcome is MemberOutcome.Dead or MemberOutcome.Left
            ? [AlertDuties.Key(member, DutyKind.DecideMember), AlertDuties.Key(member, DutyKind.HoldMember),
                AlertDuties.Key(member, DutyKind.ResampleMember), AlertDuties.SecondKey(found.Alert, member)]
            : [AlertDuties.Key(member, DutyKind.DecideMember)];
        Ledger.Done(session, duties, evidence);
        session.Trail(found.Alert.Owner, Words.Snake(outcome.ToString()) + "_member", new Ref("alert_member", MemberId(member)),
            AlertDuties.Basis(member.Alert), found.Alert.Protocol.Length > 0 ? found.Alert.Protocol : null);
    }

    /// <summary>The decision as evidence; a later one of the same member has another id.</summary>
    internal static Ref Evidence(AlertMemberRow member) =>
        new("alert_member", string.Create(null, stackalloc char[96], $"{MemberId(member)}.{member.OutcomeAt!.Value.ToUnixTimeMilliseconds()}"));

    internal static string MemberId(AlertMemberRow member) => $"{member.Alert:N}.{member.Person:N}";

    /// <summary>Coverage follows the decisions: the pool's tube is settled again.</summary>
    internal static void SettlePool(WriteSession session, AlertRow alert) => FanOut.Settle(session,
        session.Kind == StoreKind.Sqlite
            ? "SELECT @owner AS owner, @tube AS tube, NULL AS fallen"
            : "SELECT @owner::text AS owner, @tube::uuid AS tube, NULL::uuid AS fallen",
        new { owner = alert.Owner, tube = alert.Tube }, first: false);
}

/// <summary>Names of enum members as they stand in the trail.</summary>
static class Words
{
    public static string Snake(string pascal) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(pascal);
}
