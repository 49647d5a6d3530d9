using Qipan.Contracts;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A person releases reviewed runs 发布: their results go out to everybody in their tubes.</summary>
/// <param name="Runs">Any number, of laboratories that the caller belongs to.</param>
public sealed record ReleaseRuns(IReadOnlyList<Guid> Runs);

/// <param name="AlreadyHad">It was released before; nothing changed.</param>
/// <param name="Held">Results against which an integrity alarm stands: kept, not released (INV-06).</param>
/// <param name="Alerts">Alerts that the release raised.</param>
public sealed record ReleasedRun(Guid Run, bool AlreadyHad, int Tubes, int Held, IReadOnlyList<Guid> Alerts, Refusal? Refusal = null);

/// <param name="Covered">Duties to be tested that are done now.</param>
public sealed record ReleaseReceipt(IReadOnlyList<ReleasedRun> Items, int Covered);

/// <summary>
/// Releases set-wise, in units of so many tubes: each unit is whole or not at all, and sending the same again goes on where it
/// stopped. Other writers of the county get their turn between the units.
/// </summary>
public sealed class ReleaseRunsHandler(Store store, LaboratorySettings settings, RaiseAlerts raiser, Resamples resamples)
{
    public async Task<Outcome<ReleaseReceipt>> Handle(Caller caller, ReleaseRuns command)
    {
        var items = new Dictionary<Guid, ReleasedRun>();
        var ready = new List<RunRow>();
        store.Read(session =>
        {
            foreach (var id in command.Runs.Distinct())
            {
                var found = Runs.For(session, caller, id, Permission.ReleaseResults);
                if (!found.Ok)
                    items[id] = Refused(id, found.Refusal);
                else if (found.Value.Run.State == RunState.Released)
                    items[id] = new ReleasedRun(id, AlreadyHad: true, 0, 0, []);
                else if (ReviewRules.MayRelease(found.Value.Run, caller.Actor) is { Ok: false } refused)
                    items[id] = Refused(id, refused.Refusal);
                else
                    ready.Add(found.Value.Run);
            }
            return 0;
        });
        // A single tube that re-samples a member of an alert speaks in that alert, so it must be known as one before.
        await resamples.Look();
        var covered = 0;
        var units = Units(ready).ToList();
        var scope = Scope(units.FirstOrDefault());
        for (var i = 0; i < units.Count; i++)
        {
            // The counties of the next unit are looked for beside the writing of this one.
            var owners = await scope;
            scope = Scope(units.ElementAtOrDefault(i + 1));
            var outcome = await Unit(caller, units[i], owners);
            if (!outcome.Ok)
                return outcome.Refusal;
            covered += outcome.Value.Covered;
            foreach (var item in outcome.Value.Items)
                items[item.Run] = item;
        }
        await resamples.Look();
        return command.Runs is [var only] && items[only].Refusal is { } single
            ? single : new ReleaseReceipt([.. command.Runs.Distinct().Select(r => items[r])], covered);
    }

    static ReleasedRun Refused(Guid run, Refusal refusal) => new(run, AlreadyHad: false, 0, 0, [], refusal);

    IEnumerable<List<RunRow>> Units(List<RunRow> runs)
    {
        var unit = new List<RunRow>();
        foreach (var run in runs)
        {
            if (unit.Count > 0 && (unit[0].Owner != run.Owner || unit.Sum(r => r.Tubes) + run.Tubes > settings.TubesPerRelease))
            {
                yield return unit;
                unit = [];
            }
            unit.Add(run);
        }
        if (unit.Count > 0)
            yield return unit;
    }

    /// <summary>The counties that the release of these runs writes, as of now.</summary>
    Task<List<string>> Scope(List<RunRow>? runs) => runs is null ? Task.FromResult<List<string>>([])
        : Task.Run(() => store.Read(s => ReleaseScope.Owners(s, runs.ConvertAll(r => r.Id))).Append(runs[0].Owner).Distinct().ToList());

    async Task<Outcome<ReleaseReceipt>> Unit(Caller caller, List<RunRow> runs, List<string> owners)
    {
        var ids = runs.ConvertAll(r => r.Id);
        for (var tries = 0; ; tries++, owners = await Scope(runs))
        {
            var outcome = await store.Write(new WriteScope(caller.Actor, owners) { IsLarge = true }, session =>
                ReleaseScope.Owners(session, ids).Except(owners).Any()
                    ? new StoreBusy { RetryAfterSeconds = 1 }
                    : Release(session, runs[0].Owner, ids));
            if (outcome.Ok || outcome.Refusal is not StoreBusy || tries == 3)
                return outcome;
        }
    }

    Outcome<ReleaseReceipt> Release(WriteSession session, string owner, List<Guid> ids)
    {
        // Another may have released one of them since it was read.
        var items = new List<ReleasedRun>();
        var runs = new List<Guid>();
        foreach (var run in session.Query<RunRow>($"SELECT * FROM run WHERE id {session.InIds("ids")}", new { ids = session.Keys(ids) }))
        {
            if (run.State == RunState.Released)
                items.Add(new ReleasedRun(run.Id, AlreadyHad: true, 0, 0, []));
            else if (ReviewRules.MayRelease(run, session.Actor) is { Ok: false } refused)
                items.Add(Refused(run.Id, refused.Refusal));
            else
                runs.Add(run.Id);
        }
        var counts = Counts(session, runs);
        foreach (var blocked in runs.FindAll(r => counts.GetValueOrDefault(r) is not { Verified: > 0 }))
        {
            items.Add(Refused(blocked, RunRefusals.AllUnverified));
            runs.Remove(blocked);
        }
        if (runs.Count == 0)
            return new ReleaseReceipt(items, 0);
        var args = new { runs = session.Keys(runs), session.Now, by = session.Actor.ToString(), owner };
        session.Execute($"UPDATE result SET state = 2, released_at = @Now WHERE run {session.InIds("runs")} AND version = 1 AND state = 1 AND verified = 1", args);
        session.Execute($"UPDATE run SET state = 6, released_at = @Now, released_by = @by WHERE owner = @owner AND id {session.InIds("runs")}", args);
        var released = $"SELECT r.owner, r.tube, NULL AS fallen FROM result r WHERE r.run {session.InIds("runs")} AND r.state = 2";
        var before = session.Scalar<long>($"""
            SELECT count(*) FROM (SELECT 1 FROM ({released}) x JOIN tube t ON t.owner = x.owner AND t.id = x.tube AND t.result IS NOT NULL LIMIT 1) y
            """, args);
        var settled = FanOut.Settle(session, Distinct(session, released), args, first: before == 0);
        var alerts = Raise(session, args);
        foreach (var run in runs)
        {
            var (verified, held) = (counts[run].Verified, counts[run].Held);
            items.Add(new ReleasedRun(run, AlreadyHad: false, verified, held, [.. alerts.Where(a => a.Run == run).Select(a => a.Alert)]));
            session.Trail(owner, "release_run", new Ref("run", run), detail: new { tubes = verified, held });
            session.Publish(owner, new ResultsReleased(run, verified));
        }
        return new ReleaseReceipt(items, settled.Covered);
    }

    /// <summary>A tube that stands in two of the runs is settled once.</summary>
    static string Distinct(Session session, string select) => session.Kind == StoreKind.Sqlite
        ? $"SELECT DISTINCT owner, tube, NULL AS fallen FROM ({select}) s"
        : $"SELECT DISTINCT owner, tube, NULL::uuid AS fallen FROM ({select}) s";

    List<(Guid Run, Guid Alert)> Raise(WriteSession session, object args)
    {
        var suspects = session.Query<ResultRow>($"SELECT * FROM result WHERE run {session.InIds("runs")} AND state = 2 AND call <> 1 ORDER BY tube", args);
        var raised = raiser.Raise(session, [.. suspects.Select(s => new SuspectTube(s.Owner, s.Tube, s.Id, Files.Calls.Name(s.Call)))]);
        var runOf = suspects.ToDictionary(s => s.Id, s => s.Run);
        return [.. raised.Select(a => (runOf[a.Result!.Value], a.Id))];
    }

    static Dictionary<Guid, RunCounts> Counts(Session session, List<Guid> runs) => session.Query<RunCounts>($"""
        SELECT run, sum(CASE WHEN verified = 1 AND state = 1 THEN 1 ELSE 0 END) AS verified, sum(CASE WHEN verified = 0 THEN 1 ELSE 0 END) AS held
        FROM result WHERE run {session.InIds("runs")} GROUP BY run
        """, new { runs = session.Keys(runs) }).ToDictionary(c => c.Run);

    sealed class RunCounts
    {
        public Guid Run { get; init; }

        public int Verified { get; init; }

        public int Held { get; init; }
    }
}

/// <summary>The counties that a release writes: of tubes, of members' duties, and of the places where suspects are.</summary>
static class ReleaseScope
{
    public static HashSet<string> Owners(Session session, IReadOnlyCollection<Guid> runs)
    {
        var args = new { runs = session.Keys(runs) };
        var owners = session.Query<string>($"""
            SELECT DISTINCT {RosterOwner.Of(session, "g")} FROM result r JOIN registration g ON g.tube = r.tube AND g.owner = r.owner
            WHERE r.run {session.InIds("runs")} UNION SELECT DISTINCT owner FROM result r WHERE r.run {session.InIds("runs")}
            """, args).ToHashSet(StringComparer.Ordinal);
        var suspects = session.Query<ResultRow>($"SELECT * FROM result r WHERE run {session.InIds("runs")} AND call <> 1", args);
        owners.UnionWith(OfTubes(session, suspects));
        return owners;
    }

    /// <summary>For an alert of these results' tubes.</summary>
    public static IEnumerable<string> OfTubes(Session session, IReadOnlyCollection<ResultRow> results)
    {
        return SuspectMembers.Owners(session,
            [.. results.GroupBy(r => r.Owner).SelectMany(c => Sampling.Tubes.ByIds(session, c.Key, [.. c.Select(r => r.Tube).Distinct()]))]);
    }
}
