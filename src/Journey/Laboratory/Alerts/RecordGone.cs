using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A member has died, or has left the region; the note of one who left says who was told there (INV-07).</summary>
/// <param name="Outcome">Dead or Left.</param>
public sealed record RecordGone(Guid Alert, Guid Person, MemberOutcome Outcome, string Note);

public sealed class RecordGoneHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, RecordGone command)
    {
        if (string.IsNullOrWhiteSpace(command.Note) || command.Note.Length > 500)
            return Task.FromResult<Outcome<Done>>(AlertRefusals.ReasonMissing);
        if (command.Outcome is not (MemberOutcome.Dead or MemberOutcome.Left))
            return Task.FromResult<Outcome<Done>>(AlertRefusals.OutcomeWrong);
        var found = store.Read(s => Alerts.For(s, caller, command.Alert, command.Person));
        return found.Ok
            ? work.Act(caller.Actor, found.Value, (session, now) => Record(session, now, command))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Done> Record(WriteSession session, AlertCase found, RecordGone command)
    {
        var member = found.Members.First(m => m.Person == command.Person);
        if (member.Outcome == command.Outcome)
            return Done.Value;
        if (member.Outcome != MemberOutcome.Open)
            return AlertRefusals.AlreadyDecided;
        AlertWork.Decide(session, found, member, command.Outcome, command.Note.Trim());
        if (session.Actor.Kind != ActorKind.Staff || found.Alert.Round is not { } of)
            return Done.Value;
        // Who is dead or gone is excused from the round, under the name of whoever recorded it.
        var round = new DutyKey(RosterOwner.Of(session, of, member.Person, member.PersonOwner), DutyKind.TestInRound, new Ref("round", of).Id, member.Person);
        if (Ledger.Waive(session, round, "alert_member_" + Words.Snake(command.Outcome.ToString())) is { Ok: false } refused
            && refused.Refusal!.Kind is not (RefusalKind.Conflict or RefusalKind.NotFound))
            return refused.Refusal;
        return Done.Value;
    }
}
