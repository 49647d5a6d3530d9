using Qipan.Engine;
using Qipan.Engine.Store;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.PresenceOnPostgres;

public sealed partial class PostgresPresence
{
    /// <summary>The columns of many rows as arrays: one statement text for any number of rows.</summary>
    const string Rows = "unnest(@visitors, @places, @enters, @leaves, @areas, @kinds) AS r(visitor, place, enter_at, leave_at, area, kind)";

    public Task<Outcome<AppendReceipt>> Append(IReadOnlyList<Visit> visits) => store.Write(scope, session =>
    {
        var floor = Floor(session);
        var refused = new List<RefusedVisit>();
        var good = new List<Visit>();
        for (var i = 0; i < visits.Count; i++)
            if (Judgement.Of(visits[i], floor) is { } why)
                refused.Add(new RefusedVisit(i, why));
            else
                good.Add(visits[i]);
        var stays = new KnownStays(session.Query<VisitRow>($"""
            SELECT v.visitor, v.place, v.enter_at, v.leave_at, v.area, v.kind
            FROM (SELECT DISTINCT visitor, place, enter_at, area FROM {Rows}) k
            JOIN presence_visit v ON v.owner = @owner AND (v.visitor, v.place, v.enter_at, v.area) = (k.visitor, k.place, k.enter_at, k.area)
            """, Arguments(good)));
        var accepted = good.Count(stays.Take);
        if (stays.Gone.Count > 0)
            session.Execute($"""
                DELETE FROM presence_visit v USING {Rows} WHERE v.owner = @owner AND
                (v.visitor, v.place, v.enter_at, v.leave_at, v.area, v.kind) = (r.visitor, r.place, r.enter_at, r.leave_at, r.area, r.kind)
                """, Arguments(stays.Gone));
        if (stays.Fresh.Count > 0)
            session.Execute($"""
                INSERT INTO presence_visit (owner, visitor, place, enter_at, leave_at, area, kind)
                SELECT @owner, visitor, place, enter_at, leave_at, area, kind FROM {Rows}
                """, Arguments(stays.Fresh));
        return Outcome.Of(new AppendReceipt(accepted, good.Count - accepted, refused));
    });

    public async Task<long> ForgetBefore(long instant)
    {
        var gone = await store.Write(scope, session =>
        {
            var floor = Math.Max(Floor(session), Math.Clamp(instant, 0, Visit.LatestTime) / 86_400 * 86_400);
            session.Execute("""
                INSERT INTO presence_floor (owner, floor) VALUES (@owner, @floor) ON CONFLICT (owner) DO UPDATE SET floor = @floor
                """, new { owner, floor });
            return Outcome.Of((long)session.Execute(
                "DELETE FROM presence_visit WHERE owner = @owner AND enter_at < @floor", new { owner, floor }));
        });
        return gone.Value;
    }

    public async Task<long> ForgetVisitors(IReadOnlyCollection<uint> visitors)
    {
        var args = new { owner, visitors = visitors.Select(v => (long)v).ToArray(), kind = (short)IdKind.Visitor };
        var gone = await store.Write(scope, session =>
        {
            session.Execute("UPDATE presence_id SET outside = NULL WHERE owner = @owner AND kind = @kind AND id = ANY(@visitors)", args);
            return Outcome.Of((long)session.Execute("DELETE FROM presence_visit WHERE owner = @owner AND visitor = ANY(@visitors)", args));
        });
        return gone.Value;
    }

    long Floor(Session session) => session.Scalar<long?>("SELECT floor FROM presence_floor WHERE owner = @owner", new { owner }) ?? 0;

    object Arguments(IReadOnlyCollection<Visit> visits) => new
    {
        owner,
        visitors = visits.Select(v => (long)v.Visitor).ToArray(),
        places = visits.Select(v => (long)v.Place).ToArray(),
        enters = visits.Select(v => v.Enter).ToArray(),
        leaves = visits.Select(v => v.Leave).ToArray(),
        areas = visits.Select(v => (int)v.Area).ToArray(),
        kinds = visits.Select(v => (short)v.Kind).ToArray(),
    };

    /// <summary>What is stored of a batch's stays, and what the batch makes of it: visit by visit, as the embedded store does it.</summary>
    sealed class KnownStays
    {
        readonly Dictionary<(uint Visitor, uint Place, long Enter, ushort Area), List<Visit>> stays = [];
        readonly HashSet<Visit> stored = [];

        public KnownStays(IEnumerable<VisitRow> rows)
        {
            foreach (var row in rows)
            {
                stored.Add(row.ToVisit());
                Of(row.ToVisit()).Add(row.ToVisit());
            }
        }

        /// <summary>Rows to add: none of them gave way again.</summary>
        public HashSet<Visit> Fresh { get; } = [];

        /// <summary>Stored rows that gave way.</summary>
        public HashSet<Visit> Gone { get; } = [];

        /// <summary>True where the visit is new; what it outranks gives way.</summary>
        public bool Take(Visit visit)
        {
            var same = Of(visit);
            if (same.Exists(known => known == visit || known.Outranks(visit)))
                return false;
            foreach (var known in same.Where(known => visit.Outranks(known)).ToList())
            {
                same.Remove(known);
                if (!Fresh.Remove(known) && stored.Contains(known))
                    Gone.Add(known);
            }
            same.Add(visit);
            Fresh.Add(visit);
            return true;
        }

        List<Visit> Of(in Visit visit)
        {
            var key = (visit.Visitor, visit.Place, visit.Enter, visit.Area);
            if (!stays.TryGetValue(key, out var same))
                stays.Add(key, same = []);
            return same;
        }
    }
}
