using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A run as its laboratory sees it.</summary>
public sealed record RunView(
    Guid Id, string Plate, RunState State, string Assay, int AssayVersion, DateTimeOffset LoadedAt, DateTimeOffset AmplifiedAt, string? ControlNote,
    int Reviews, DateTimeOffset? ReleasedAt, int Tubes, int Refused, int Unverified, IReadOnlyDictionary<string, int> Calls);

/// <param name="Wells">Every well that became no result, with its reason.</param>
public sealed record RunDetail(RunView Run, string? Integrity, IReadOnlyList<ResultView> Results, IReadOnlyList<RefusedWell> Wells);

public sealed record ResultView(
    Guid Id, Guid Tube, string Code, Guid Run, int Version, string Call, string Ct, ResultState State, bool Verified, string? Alarm, DateTimeOffset ReportedAt,
    DateTimeOffset? ReleasedAt, string? Reason, IReadOnlyList<ListedAction> Actions);

/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one.</param>
public sealed record LaboratoryPage<T>(IReadOnlyList<T> Items, Guid? Next);

/// <summary>What the laboratory's desk reads. Everything is judged by territory and membership; no person's data.</summary>
public static class LabViews
{
    public static List<LaboratoryRow> Laboratories(Session session, Caller caller) =>
        session.Query<LaboratoryRow>("SELECT * FROM laboratory ORDER BY owner, id").FindAll(l => caller.May(Permission.WorkInLaboratory, l.Owner));

    /// <summary>The laboratory of this id or name; null when there is none, or more than one.</summary>
    public static Guid? Named(Session session, string idOrName)
    {
        var found = session.Query<Guid>("SELECT id FROM laboratory WHERE name = @name OR id = @id LIMIT 2",
            new { name = idOrName.Trim(), id = Guid.TryParse(idOrName, out var id) ? id : Guid.Empty });
        return found is [var one] ? one : null;
    }

    public static Outcome<LaboratoryPage<WaitingTube>> Queue(Session session, Caller caller, Guid lab, int take)
    {
        var found = Laboratory.Laboratories.For(session, caller, lab, Permission.WorkInLaboratory);
        return found.Ok ? new LaboratoryPage<WaitingTube>(TubeQueue.Of(session, found.Value, take), null) : found.Refusal;
    }

    public static Outcome<LaboratoryPage<RunView>> Runs(Session session, Caller caller, Guid lab, Guid? after, int take)
    {
        var found = Laboratory.Laboratories.For(session, caller, lab, Permission.WorkInLaboratory);
        if (!found.Ok)
            return found.Refusal;
        var runs = session.Query<RunRow>(
            $"SELECT * FROM run WHERE owner = @Owner AND lab = @Id{(after is null ? "" : " AND id < @after")} ORDER BY id DESC LIMIT @take",
            new { found.Value.Owner, found.Value.Id, after, take });
        return new LaboratoryPage<RunView>(Views(session, runs), runs.Count == take ? runs[^1].Id : null);
    }

    public static Outcome<RunDetail> Run(Session session, Caller caller, Guid id)
    {
        var found = Laboratory.Runs.For(session, caller, id, Permission.WorkInLaboratory);
        if (!found.Ok)
            return found.Refusal;
        var run = found.Value.Run;
        var refused = session.Query<RunRefusalRow>("SELECT * FROM run_refusal WHERE owner = @Owner AND run = @Id ORDER BY seq", new { run.Owner, run.Id });
        var results = session.Query<ResultRow>("SELECT * FROM result WHERE run = @Id ORDER BY tube, version", new { run.Id });
        return new RunDetail(Views(session, [run])[0], run.Integrity, Views(session, results),
            [.. refused.Select(r => new RefusedWell(r.Place, r.Well, r.Code, r.Sentence, r.Chinese))]);
    }

    /// <summary>All results of a tube, of every run and version, for whoever may see tubes in its county.</summary>
    public static Outcome<IReadOnlyList<ResultView>> Results(Session session, Caller caller, Guid tube)
    {
        var owner = session.One<string>("SELECT owner FROM tube WHERE id = @tube", new { tube });
        if (owner is null)
            return new TubeUnknown();
        if (caller.Must(Permission.SeeTubes, owner).Refusal is { } refusal)
            return refusal;
        return Views(session, session.Query<ResultRow>("SELECT * FROM result WHERE owner = @owner AND tube = @tube ORDER BY run, version", new { owner, tube }));
    }

    static List<RunView> Views(Session session, List<RunRow> runs)
    {
        var counts = session.Query<Count>($"""
            SELECT run, call, count(*) AS tubes, sum(CASE WHEN verified = 0 AND state = 1 THEN 1 ELSE 0 END) AS unverified
            FROM result WHERE run {session.InIds("runs")} AND version = 1 GROUP BY run, call ORDER BY call
            """, new { runs = session.Keys(runs.Select(r => r.Id)) }).ToLookup(c => c.Run);
        return runs.ConvertAll(r => new RunView(
            r.Id, r.Plate, r.State, r.Assay, r.AssayVersion, r.LoadedAt, r.AmplifiedAt, r.ControlNote,
            r.Reviewed2By is not null ? 2 : r.Reviewed1By is not null ? 1 : 0, r.ReleasedAt, r.Tubes, r.Refused,
            counts[r.Id].Sum(c => c.Unverified), counts[r.Id].ToDictionary(c => c.Call.Name(), c => c.Tubes)));
    }

    static List<ResultView> Views(Session session, List<ResultRow> results)
    {
        var codes = results.GroupBy(r => r.Owner).SelectMany(c => Tubes.ByIds(session, c.Key, [.. c.Select(r => r.Tube).Distinct()]))
            .ToDictionary(t => t.Id.Value, t => t.Code);
        return results.ConvertAll(r => new ResultView(
            r.Id, r.Tube, codes.GetValueOrDefault(r.Tube, ""), r.Run, r.Version, r.Call.Name(), r.Ct, r.State, r.Verified, r.Alarm, r.ReportedAt, r.ReleasedAt, r.Reason,
            r.State is ResultState.Amended or ResultState.Withdrawn ? ResultActions.Of(session, r.Id) : []));
    }

    sealed class Count
    {
        public Guid Run { get; init; }

        public Call Call { get; init; }

        public int Tubes { get; init; }

        public int Unverified { get; init; }
    }
}
