using Qipan.Contracts;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>How a released result changes: the new version, what was done under the old one, the people in the tube, the alert.</summary>
public sealed class ResultChange(Store store, RaiseAlerts raiser, Resamples resamples)
{
    internal async Task<Outcome<AmendedResult>> Run(
        Caller caller, Guid runId, Guid tube, int version, string reason,
        Func<WriteSession, RunRow, ResultRow, (Call Call, string Ct, ResultState State)> say)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return AlertRefusals.ReasonMissing;
        if (caller.Actor.Kind != ActorKind.Staff)
            return RunRefusals.NeedsPerson;
        var found = store.Read(s => Runs.For(s, caller, runId, Permission.ReleaseResults));
        if (!found.Ok)
            return found.Refusal;
        var run = found.Value.Run;
        await resamples.Look();
        for (var tries = 0; ; tries++)
        {
            var owners = store.Read(s => Owners(s, run, tube));
            var outcome = await store.Write(new WriteScope(caller.Actor, owners), session =>
                Owners(session, run, tube).Except(owners).Any()
                    ? new StoreBusy { RetryAfterSeconds = 1 }
                    : Put(session, RunStore.ById(session, runId)!, tube, version, reason.Trim(), say));
            if (outcome.Ok || outcome.Refusal is not StoreBusy || tries == 3)
            {
                await resamples.Look();
                return outcome;
            }
        }
    }

    static List<string> Owners(Session session, RunRow run, Guid tube) =>
        [.. ReleaseScope.OfTubes(session, Versions(session, run.Id, tube)).Concat(OwnAlerts.Owners(session, [tube])).Append(run.Owner).Distinct()];

    static List<ResultRow> Versions(Session session, Guid run, Guid tube) =>
        session.Query<ResultRow>("SELECT * FROM result WHERE run = @run AND tube = @tube ORDER BY version", new { run, tube });

    Outcome<AmendedResult> Put(
        WriteSession session, RunRow run, Guid tube, int version, string reason, Func<WriteSession, RunRow, ResultRow, (Call Call, string Ct, ResultState State)> say)
    {
        var there = Versions(session, run.Id, tube);
        if (there.Count == 0)
            return RunRefusals.ResultUnknown;
        if (run.State == RunState.ControlFailed)
            return RunRefusals.NotReleased;
        var latest = there[^1];
        var (call, ct, state) = say(session, run, latest);
        var place = ResultVersions.Place(there, version, r => state == ResultState.Withdrawn ? r.Reason == reason : r.Ct == ct && r.Reason == reason);
        if (!place.Ok)
            return place.Refusal;
        if (place.Value == VersionPlace.AlreadyHad)
            return new AmendedResult(there.Find(r => r.Version == version)!.Id, version, call.Name(), AlreadyHad: true, TookEffect: false, []);
        var row = new ResultRow
        {
            Owner = latest.Owner,
            Id = session.NewId(),
            Tube = tube,
            Run = run.Id,
            Version = version,
            Call = call,
            Ct = ct,
            State = place.Value == VersionPlace.Older ? ResultState.Amended : state,
            ReportedAt = session.Now,
            ReleasedAt = session.Now,
            Supersedes = there.FindLast(r => r.Version < version)?.Id,
            Reason = reason,
            Verified = true,
        };
        var effect = place.Value == VersionPlace.Latest;
        var actions = effect ? TakeEffect(session, latest, row) : [];
        if (!effect)
            session.Insert(ResultRow.Rows, [row]);
        session.Trail(row.Owner, state == ResultState.Withdrawn ? "withdraw_result" : "amend_result", new Ref("result", row.Id), new Ref("result", latest.Id),
            detail: new { from = latest.Call.Name(), to = state == ResultState.Withdrawn ? null : call.Name(), effect, reason });
        return new AmendedResult(row.Id, version, call.Name(), AlreadyHad: false, effect, actions);
    }

    List<ListedAction> TakeEffect(WriteSession session, ResultRow latest, ResultRow row)
    {
        var fallen = "SELECT owner, id, tube FROM result WHERE owner = @owner AND id = @old";
        var args = new { owner = row.Owner, old = latest.Id };
        ResultActions.List(session, fallen, args);
        if (latest.State == ResultState.Released)
            session.Execute("UPDATE result SET state = @to WHERE owner = @owner AND id = @old",
                new { args.owner, args.old, to = (short)ResultStates.Table.Move(ResultState.Released, ResultState.Amended).Value });
        session.Insert(ResultRow.Rows, [row]);
        OwnAlerts.TakeBack(session, [row.Tube]);
        FanOut.Settle(session, "SELECT owner, tube, id AS fallen FROM result WHERE owner = @owner AND id = @old", args, first: false);
        if (row.State == ResultState.Released && row.Call != Call.Neg)
            raiser.Raise(session, [new SuspectTube(row.Owner, row.Tube, row.Id, row.Call.Name())]);
        session.Publish(row.Owner, new ResultAmended(row.Id, latest.Id, row.Tube, latest.Call.Name(),
            row.State == ResultState.Withdrawn ? null : row.Call.Name(),
            session.One<DateTimeOffset?>("SELECT sealed_at FROM tube WHERE owner = @Owner AND id = @Tube", new { row.Owner, row.Tube })));
        return ResultActions.Of(session, latest.Id);
    }
}
