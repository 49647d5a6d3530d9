using Dapper;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Results and their fall, set-wise: one statement per table, whatever the number of tubes.</summary>
static class TubeResults
{
    public static int Set(WriteSession session, string select, object args, DateTimeOffset at)
    {
        var all = With(args, session, at);
        session.Execute($"""
            INSERT INTO tube_event (owner, tube, at, id, from_state, to_state, fact, actor, note)
            SELECT t.owner, t.id, @qipan_at, x.result, t.state, 9, NULL, @qipan_actor, NULL
            FROM ({select}) x JOIN tube t ON t.owner = x.owner AND t.id = x.tube
            WHERE t.state = 8 OR t.state = 9 AND (t.result IS NULL OR t.result <> x.result)
            ON CONFLICT DO NOTHING
            """, all);
        // Two statements over the keys, one for each answer: on SQLite an UPDATE … FROM lays every row down before it writes it,
        // and takes three times as long.
        foreach (var (negative, state) in new[] { ("= 1", 1), ("<> 1", 2) })
            session.Execute($"""
                UPDATE registration SET result_state = {state}
                WHERE (owner, tube) IN (SELECT x.owner, x.tube FROM ({select}) x JOIN tube t ON t.owner = x.owner AND t.id = x.tube AND t.state IN (8, 9)
                                        WHERE x.negative {negative}) AND state <> 3
                """, all);
        return session.Execute($"""
            UPDATE tube SET state = 9, result = x.result, updated_at = @qipan_at
            FROM ({select}) x WHERE tube.owner = x.owner AND tube.id = x.tube AND tube.state IN (8, 9)
            """, all);
    }

    public static int Requeue(WriteSession session, string select, object args, DateTimeOffset at)
    {
        var all = With(args, session, at);
        session.Execute($"""
            INSERT INTO tube_event (owner, tube, at, id, from_state, to_state, fact, actor, note)
            SELECT t.owner, t.id, @qipan_at, x.result, t.state, 7, NULL, @qipan_actor, NULL
            FROM ({select}) x JOIN tube t ON t.owner = x.owner AND t.id = x.tube AND t.state IN (8, 9)
            WHERE true ON CONFLICT DO NOTHING
            """, all);
        session.Execute($"""
            UPDATE registration SET result_state = 0
            FROM ({select}) x JOIN tube t ON t.owner = x.owner AND t.id = x.tube AND t.state IN (8, 9)
            WHERE registration.tube = x.tube AND registration.owner = x.owner AND registration.result_state <> 0
            """, all);
        return session.Execute($"""
            UPDATE tube SET state = 7, result = NULL, updated_at = @qipan_at
            FROM ({select}) x WHERE tube.owner = x.owner AND tube.id = x.tube AND tube.state IN (8, 9)
            """, all);
    }

    static DynamicParameters With(object args, WriteSession session, DateTimeOffset at)
    {
        var all = new DynamicParameters(args);
        all.Add("qipan_at", at.ToUnixTimeMilliseconds());
        all.Add("qipan_actor", session.Actor.ToString());
        return all;
    }
}
