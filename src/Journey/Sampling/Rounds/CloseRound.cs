using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Makes a round final 定稿: its figures are frozen with this instant as their cut-off. What is sampled or resulted later is supplement and
/// never changes them; the list of who is missing stays, each with a reason.
/// </summary>
public sealed record CloseRound(string Owner);

public sealed class CloseRoundHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, CloseRound command) =>
        RoundAccess.Write(store, caller, command.Owner, round, Close);

    static Outcome<Done> Close(WriteSession session, Round round)
    {
        // The last results may all have come while samples were still being taken, so testing needs no order of its own.
        var testing = round.State == RoundState.SamplingClosed ? RoundStates.Table.Move(round.State, RoundState.Testing) : round.State;
        if (!testing.Ok)
            return testing.Refusal;
        if (RoundStates.Table.Move(testing.Value, RoundState.Final) is { Ok: false } no)
            return no.Refusal;
        if (RosterWork.IsWaiting(session, round.Owner, round.Id.Value))
            return new RosterNotReady { RetryAfterSeconds = 5 };
        var args = new { round.Owner, round.Id, basis = round.Id.Value.ToString("N"), session.Now, final = (short)RoundState.Final };
        session.Execute("UPDATE round SET state = @final, closed_at = @Now WHERE owner = @Owner AND id = @Id", args);
        session.Execute("""
            INSERT INTO round_final (owner, round, area, age_band, should, done, done_late, open, waived, withdrawn)
            SELECT owner, @Id, area, age_band, sum(open + done), sum(done), sum(done_late), sum(open), sum(waived), sum(withdrawn)
            FROM duty_count WHERE owner = @Owner AND kind = 1 AND basis_id = @basis GROUP BY owner, area, age_band
            """, args);
        session.Trail(round.Owner, "close_round", round.Ref(), protocol: round.Protocol, detail: new { cutoff = session.Now });
        return Kernel.Done.Value;
    }
}
