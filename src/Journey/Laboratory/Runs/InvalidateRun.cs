using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A control failed, or was found to have failed later: nothing of the run counts any more 批次作废 (INV-10).</summary>
public sealed record InvalidateRun(Guid Run, string Reason);

/// <param name="Requeued">Tubes that wait for another run.</param>
/// <param name="Reopened">Duties to be tested that are open again: coverage dropped back by so many.</param>
/// <param name="Actions">How many actions taken under its results are listed (INV-12).</param>
public sealed record InvalidatedRun(Guid Run, int Requeued, int Reopened, int Actions);

public sealed class InvalidateRunHandler(Store store, Resamples resamples)
{
    public async Task<Outcome<InvalidatedRun>> Handle(Caller caller, InvalidateRun command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 500)
            return AlertRefusals.ReasonMissing;
        if (caller.Actor.Kind != ActorKind.Staff)
            return RunRefusals.NeedsPerson;
        var found = store.Read(s => Runs.For(s, caller, command.Run, Permission.ReleaseResults));
        if (!found.Ok)
            return found.Refusal;
        await resamples.Look();
        var owners = store.Read(s => Owners(s, found.Value.Run));
        var outcome = await store.Write(new WriteScope(caller.Actor, owners), session =>
            Owners(session, found.Value.Run).Except(owners).Any()
                ? new StoreBusy { RetryAfterSeconds = 1 }
                : Invalidate(session, RunStore.ById(session, command.Run)!, command.Reason.Trim()));
        await resamples.Look();
        return outcome;
    }

    static List<string> Owners(Session session, RunRow run) =>
        [.. ReleaseScope.Owners(session, [run.Id]).Concat(OwnAlerts.Owners(session, TubesOf(session, run))).Append(run.Owner).Distinct()];

    static List<Guid> TubesOf(Session session, RunRow run) =>
        session.Query<Guid>("SELECT DISTINCT tube FROM result WHERE run = @Id", new { run.Id });

    static Outcome<InvalidatedRun> Invalidate(WriteSession session, RunRow run, string reason)
    {
        if (run.State == RunState.ControlFailed)
            return new InvalidatedRun(run.Id, 0, 0, 0);
        if (RunStates.Table.Move(run.State, RunState.ControlFailed) is { Ok: false } refused)
            return refused.Refusal;
        const string Fallen = "SELECT owner, id, tube FROM result WHERE run = @run AND state = 2";
        var args = new { run = run.Id, owner = run.Owner, reason };
        ResultActions.List(session, Fallen, args);
        OwnAlerts.TakeBack(session, TubesOf(session, run));
        session.Execute("UPDATE run SET state = 4, control_note = @reason WHERE owner = @owner AND id = @run", args);
        // What had stood is remembered until the fan-out has used it.
        var standing = session.Query<ResultRow>("SELECT * FROM result WHERE run = @run AND state IN (1, 2)", args);
        session.Execute("UPDATE result SET state = 4, reason = @reason WHERE run = @run AND state IN (1, 2)", args);
        var counts = standing.Count == 0 ? new FanOutCounts(0, 0, 0) : FanOut.Settle(session,
            $"SELECT owner, tube, id AS fallen FROM result WHERE id {session.InIds("ids")}", new { ids = session.Keys(standing.Select(r => r.Id)) }, first: false);
        Ledger.Withdraw(session, run.Owner, new Ref("run", run.Id), reason);
        var actions = session.Scalar<int>("SELECT count(*) FROM result_action x JOIN result r ON r.owner = x.owner AND r.id = x.result WHERE r.run = @run", args);
        session.Trail(run.Owner, "invalidate_run", new Ref("run", run.Id), detail: new { tubes = counts.Tubes, counts.Reopened, actions, reason });
        return new InvalidatedRun(run.Id, counts.Tubes, counts.Reopened, actions);
    }
}
