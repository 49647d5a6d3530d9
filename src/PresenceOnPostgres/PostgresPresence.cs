using Qipan.Engine;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.PresenceOnPostgres;

/// <summary>
/// Presence 到访 in the database that several nodes share: what one node appends, every node finds. Writers of one owner wait for each
/// other, on all nodes (see <see cref="Store"/>), so the rules of <see cref="VisitStore.Append"/> hold here too.
/// </summary>
public sealed partial class PostgresPresence : IPresence
{
    readonly Store store;
    readonly string owner;
    readonly WriteScope scope;

    /// <param name="store">PostgreSQL, opened with <see cref="Schema"/>; any other throws.</param>
    /// <param name="owner">6-digit code of the county that is responsible, or of the deployment; a question sees this owner's rows alone.</param>
    /// <param name="actor">Who writes.</param>
    public PostgresPresence(Store store, string owner, Actor actor)
    {
        if (store.Kind != StoreKind.Postgres)
            throw new ArgumentException("Presence of a single node is kept in its folder, not in its embedded store.", nameof(store));
        this.store = store;
        this.owner = owner;
        scope = new WriteScope(actor, owner);
    }

    /// <summary>The tables; to be named when the store is opened.</summary>
    public static ModuleSchema Schema { get; } = new("presence", typeof(PostgresPresence).Assembly);

    public async Task<uint> Number(IdKind kind, string outside)
    {
        if (Find(kind, outside) is { } known)
            return known;
        var given = await store.Write(scope, session => Outcome.Of(
            session.Scalar<long?>(FindSql, new { owner, kind = (short)kind, outside }) ?? session.Scalar<long>("""
                INSERT INTO presence_id (owner, kind, id, outside)
                SELECT @owner, @kind, coalesce(max(id) + 1, 0), @outside FROM presence_id WHERE owner = @owner AND kind = @kind
                RETURNING id
                """, new { owner, kind = (short)kind, outside })));
        return (uint)given.Value;
    }

    public uint? Find(IdKind kind, string outside) =>
        (uint?)store.Read(session => session.Scalar<long?>(FindSql, new { owner, kind = (short)kind, outside }));

    public string? Outside(IdKind kind, uint dense) => store.Read(session => session.Scalar<string?>(
        "SELECT outside FROM presence_id WHERE owner = @owner AND kind = @kind AND id = @id", new { owner, kind = (short)kind, id = (long)dense }));

    public async Task<uint[]> Number(IdKind kind, IReadOnlyList<string> outside)
    {
        if (outside.Count == 0)
            return [];
        var asked = outside.Distinct(StringComparer.Ordinal).ToArray();
        var known = store.Read(session => Known(session, kind, asked));
        var missing = asked.Where(o => !known.ContainsKey(o)).ToArray();
        if (missing.Length > 0)
        {
            var given = await store.Write(scope, session =>
            {
                session.Execute("""
                    INSERT INTO presence_id (owner, kind, id, outside)
                    SELECT @owner, @kind, (SELECT coalesce(max(id) + 1, 0) FROM presence_id WHERE owner = @owner AND kind = @kind) + n.place - 1, n.outside
                    FROM unnest(@missing) WITH ORDINALITY AS n(outside, place)
                    WHERE NOT EXISTS (SELECT 1 FROM presence_id p WHERE p.owner = @owner AND p.kind = @kind AND p.outside = n.outside)
                    """, new { owner, kind = (short)kind, missing });
                return Outcome.Of(Known(session, kind, asked));
            });
            known = given.Value;
        }
        return [.. outside.Select(o => known[o])];
    }

    public string?[] Outside(IdKind kind, IReadOnlyList<uint> dense)
    {
        if (dense.Count == 0)
            return [];
        var ids = dense.Select(d => (long)d).Distinct().ToArray();
        var names = store.Read(session => session.Query<IdRow>(
            "SELECT id, outside FROM presence_id WHERE owner = @owner AND kind = @kind AND id = ANY(@ids) AND outside IS NOT NULL",
            new { owner, kind = (short)kind, ids })).ToDictionary(r => (uint)r.Id, r => r.Outside);
        return [.. dense.Select(d => names.GetValueOrDefault(d))];
    }

    Dictionary<string, uint> Known(Session session, IdKind kind, string[] asked) => session.Query<IdRow>(
        "SELECT id, outside FROM presence_id WHERE owner = @owner AND kind = @kind AND outside = ANY(@asked)",
        new { owner, kind = (short)kind, asked }).ToDictionary(r => r.Outside, r => (uint)r.Id, StringComparer.Ordinal);

    public IReadOnlyList<Visit> Itinerary(uint visitor, long from = 0, long to = Visit.NotLeft) => Stays(
        "visitor = @id AND enter_at < @to AND leave_at > @from", new { owner, id = (long)visitor, from, to });

    public IReadOnlyList<Visit> Present(uint place, long from, long to) => Stays(
        $"place = @id AND ((leave_at - enter_at <= {Short} AND enter_at > @from - {Short}) OR leave_at - enter_at > {Short}) "
        + "AND enter_at < @to AND leave_at > @from", new { owner, id = (long)place, from, to });

    public IReadOnlyList<PlaceCount> Occupancy(long at) => store.Read(session => session.Query<CountRow>("""
        SELECT place, count(DISTINCT visitor) AS people FROM presence_visit
        WHERE owner = @owner AND enter_at <= @at AND leave_at > @at GROUP BY place ORDER BY place
        """, new { owner, at }).ConvertAll(row => new PlaceCount((uint)row.Place, (int)row.People)));

    public IReadOnlyList<int> OccupancySeries(uint place, long from, long to, long step) =>
        OccupancySteps.Of(Present(place, from, to), from, to, step);

    public IReadOnlyList<SharedPlace> Shared(IReadOnlyList<TraceIndex> cases) => SharedRanking.Of(
        cases, one => Itinerary(one.Visitor, one.From, one.To),
        (place, from, to) => Present(place, from, to).Select(stay => stay.Visitor).Distinct().LongCount(),
        (from, to) => store.Read(session => session.Scalar<long>(
            "SELECT count(DISTINCT visitor) FROM presence_visit WHERE owner = @owner AND enter_at < @to AND leave_at > @from",
            new { owner, from, to })));

    /// <summary>Longest stay of the short ones, in seconds; the index of the tables is made for it.</summary>
    const int Short = 65535;

    const string FindSql = "SELECT id FROM presence_id WHERE owner = @owner AND kind = @kind AND outside = @outside";

    List<Visit> Stays(string which, object args) => store.Read(session => session.Query<VisitRow>(
        $"SELECT visitor, place, enter_at, leave_at, area, kind FROM presence_visit WHERE owner = @owner AND {which} ORDER BY enter_at, visitor, place",
        args).ConvertAll(row => row.ToVisit()));

    sealed class IdRow
    {
        public long Id { get; init; }

        public string Outside { get; init; } = "";
    }

    sealed class CountRow
    {
        public long Place { get; init; }

        public long People { get; init; }
    }
}

/// <summary>A row of <c>presence_visit</c>.</summary>
sealed class VisitRow
{
    public long Visitor { get; init; }

    public long Place { get; init; }

    public long EnterAt { get; init; }

    public long LeaveAt { get; init; }

    public int Area { get; init; }

    public short Kind { get; init; }

    public Visit ToVisit() => new((uint)Visitor, (uint)Place, EnterAt, LeaveAt, (ushort)Area, (LeaveKind)Kind);
}
