using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// A person who answers for it verifies results against which an integrity alarm stood (INV-06), with a reason; then they may be
/// released. Tubes whose reception was never recorded cannot be verified.
/// </summary>
public sealed record VerifyResults(Guid Run, string Reason);

public sealed class VerifyResultsHandler(Store store)
{
    /// <summary>How many results are verified now.</summary>
    public async Task<Outcome<int>> Handle(Caller caller, VerifyResults command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 500)
            return AlertRefusals.ReasonMissing;
        if (caller.Actor.Kind != ActorKind.Staff)
            return RunRefusals.NeedsPerson;
        var found = store.Read(s => Runs.For(s, caller, command.Run, Permission.ReleaseResults));
        if (!found.Ok)
            return found.Refusal;
        var owners = store.Read(s => ReleaseScope.Owners(s, [command.Run])).Append(found.Value.Run.Owner).Distinct().ToList();
        return await store.Write(new WriteScope(caller.Actor, owners), session => Verify(session, found.Value.Run, command.Reason.Trim()));
    }

    static Outcome<int> Verify(WriteSession session, RunRow run, string reason)
    {
        var waiting = session.Query<ResultRow>("SELECT * FROM result WHERE run = @Id AND state = 1 AND verified = 0", new { run.Id });
        if (waiting.Count == 0)
            return RunRefusals.NothingUnverified;
        var tubes = waiting.GroupBy(r => r.Owner).SelectMany(c => Tubes.ByIds(session, c.Key, [.. c.Select(r => r.Tube)])).ToList();
        if (tubes.Count(t => t.ReceivedAt is null) is > 0 and var missing)
            return RunRefusals.NotReceived(missing);
        var note = JsonSerializer.Serialize(new { run = run.Id.ToString("N") });
        foreach (var county in tubes.GroupBy(t => t.Owner))
        {
            var received = county.Where(t => t.State == TubeState.Received).Select(t => t.Id.Value).ToList();
            Tubes.Move(session, county.Key, received, TubeState.Queued, session.Now, note);
            var queued = county.Where(t => t.State is TubeState.Received or TubeState.Queued).Select(t => t.Id.Value).ToList();
            Tubes.Move(session, county.Key, queued, TubeState.InRun, session.Now, note);
        }
        session.Execute("UPDATE result SET verified = 1 WHERE run = @Id AND state = 1 AND verified = 0", new { run.Id });
        session.Trail(run.Owner, "verify_results", new Ref("run", run.Id), detail: new { results = waiting.Count, alarms = waiting.Select(r => r.Alarm).Distinct(), reason });
        return waiting.Count;
    }
}
