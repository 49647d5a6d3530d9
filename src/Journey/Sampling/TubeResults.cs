using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Results and their fall: tubes one by one, their people tube by tube, in place, whatever the number.</summary>
static class TubeResults
{
    public static int Set(WriteSession session, string select, object args, DateTimeOffset at)
    {
        var tubes = InPlay(session, select, ", x.negative", args);
        session.Insert(TubeTables.Events, [.. tubes.Where(t => t.State == TubeState.InRun || t.Had != t.Result).Select(t => t.Event(session, at, TubeState.Resulted))],
            IfThere.Skip);
        foreach (var part in tubes.GroupBy(t => (t.Owner, t.Negative)))
            session.ExecuteEach("UPDATE registration SET result_state = @to WHERE owner = @Owner AND tube = @key AND state <> 3",
                part.Select(t => t.Tube), new { part.Key.Owner, to = part.Key.Negative ? 1 : 2 });
        return session.Update(TubeTables.Results, [.. tubes.Select(t => new TubeTables.Result(t.Owner, t.Tube, TubeState.Resulted, t.Result, at))]);
    }

    public static int Requeue(WriteSession session, string select, object args, DateTimeOffset at)
    {
        var tubes = InPlay(session, select, "", args);
        session.Insert(TubeTables.Events, [.. tubes.Select(t => t.Event(session, at, TubeState.Queued))], IfThere.Skip);
        foreach (var part in tubes.GroupBy(t => t.Owner, StringComparer.Ordinal))
            session.ExecuteEach("UPDATE registration SET result_state = 0 WHERE owner = @owner AND tube = @key AND result_state <> 0",
                part.Select(t => t.Tube), new { owner = part.Key });
        return session.Update(TubeTables.Results, [.. tubes.Select(t => new TubeTables.Result(t.Owner, t.Tube, TubeState.Queued, null, at))]);
    }

    /// <summary>The chosen tubes that a result may move: those in a run, and those that have one.</summary>
    static List<Chosen> InPlay(Session session, string select, string more, object args) => session.Query<Chosen>($"""
        SELECT t.owner, t.id AS tube, t.state, t.result AS had, x.result{more}
        FROM ({select}) x JOIN tube t ON t.owner = x.owner AND t.id = x.tube WHERE t.state IN (8, 9)
        """, args);

    sealed class Chosen
    {
        public string Owner { get; init; } = "";

        public Guid Tube { get; init; }

        public TubeState State { get; init; }

        public Guid? Had { get; init; }

        public Guid Result { get; init; }

        public bool Negative { get; init; }

        public TubeEvent Event(WriteSession session, DateTimeOffset at, TubeState to) => new(Owner, Tube, at, Result, State, to, null, session.Actor.ToString(), null);
    }
}
