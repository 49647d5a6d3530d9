using Microsoft.Extensions.Logging.Abstractions;
using Qipan.Bench.Intake;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Bench.Rounds;

/// <summary>A county of a million with a published round, and nearly everybody sampled in tubes of ten.</summary>
static class RosterTown
{
    public const string County = IntakeTown.County;

    const int Unit = 20_000;

    public static readonly Caller Officer =
        new(new Actor(ActorKind.Staff, new Guid(1, 2, 3, new byte[8])), new UnitId(Guid.Empty), County, [new Grant(Role.RoundOfficer, County)]);

    /// <summary>A day on which the protocols plan rounds.</summary>
    public static readonly DateTimeOffset Day = new(2022, 3, 21, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Plans and publishes a round and waits for its roster. Infants are exempt by rule.</summary>
    public static async Task<Guid> Publish(Store store)
    {
        var start = Day;
        var round = (await new PlanRoundHandler(store, ProtocolBook.Load().Value).Handle(Officer,
            new PlanRound("bench", "COVID-19", [County], start, start.AddDays(1)))).Value.Id.Value;
        _ = (await new ExemptByRuleHandler(store).Handle(Officer, round, new ExemptByRule(County, "infant", UnderAge: 3))).Value;
        _ = (await new PublishRoundHandler(store).Handle(Officer, round, new PublishRound(County))).Value;
        await new OpenRosters(store, NullLogger<OpenRosters>.Instance).Once();
        if (store.Kind == StoreKind.Postgres)
            await store.Write(new WriteScope(Officer.Actor, County), s => Outcome.Of(s.Execute("ANALYZE;")));
        return round;
    }

    /// <summary>All but the last of each hundred persons sampled, ten in a tube, the tubes in all states on the way. Not timed.</summary>
    public static async Task Sample(Store store, Guid round, int persons)
    {
        var now = store.Clock.GetUtcNow();
        var tubes = new Table<int>("tube",
            new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, n => IntakeTown.Person(n), Key: true), new("code", ColumnType.Text, n => $"R{n:00000000}"),
            new("round", ColumnType.Uuid, _ => round), new("kind", ColumnType.Small, _ => 10), new("capacity", ColumnType.Small, _ => 10),
            new("state", ColumnType.Small, n => 3 + n % 6), new("sealed_at", ColumnType.Big, n => now.AddSeconds(-n)), new("count", ColumnType.Big, _ => 10),
            new("conflict", ColumnType.Small, _ => 0), new("priority", ColumnType.Small, _ => 0), new("reject_reason", ColumnType.Small, _ => 0),
            new("holder", ColumnType.Text, _ => "unit:1"), new("updated_at", ColumnType.Big, n => now.AddSeconds(-n)));
        var swabs = new Table<int>("registration",
            new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, n => IntakeTown.Person(n), Key: true), new("round", ColumnType.Uuid, _ => round),
            new("person", ColumnType.Uuid, n => IntakeTown.Person(n)), new("person_owner", ColumnType.Text, _ => County), new("tube", ColumnType.Uuid, n => IntakeTown.Person(n / 10)),
            new("position", ColumnType.Small, n => n % 10), new("occurred_at", ColumnType.Big, _ => now), new("corrected_at", ColumnType.Big, _ => now),
            new("specimen", ColumnType.Small, _ => 1), new("device", ColumnType.Uuid, _ => Guid.Empty), new("id_method", ColumnType.Small, _ => 1),
            new("scope_version", ColumnType.Small, _ => 1), new("supplement", ColumnType.Small, _ => 0), new("duplicate", ColumnType.Small, _ => 0),
            new("state", ColumnType.Small, _ => 2), new("result_state", ColumnType.Small, _ => 0), new("area", ColumnType.Text, n => IntakeTown.Residence(n)[..12]));
        foreach (var chunk in Enumerable.Range(0, persons / 10).Chunk(Unit))
            await store.Write(new WriteScope(Officer.Actor, County), s => Outcome.Of(s.Insert(tubes, chunk)));
        foreach (var chunk in Enumerable.Range(0, persons).Where(n => n % 100 != 99).Chunk(Unit))
            await store.Write(new WriteScope(Officer.Actor, County), s => Outcome.Of(s.Insert(swabs, chunk)));
        if (store.Kind == StoreKind.Postgres)
            await store.Write(new WriteScope(Officer.Actor, County), s => Outcome.Of(s.Execute("ANALYZE;")));
    }

    /// <summary>Ends the duties of these of each hundred persons, as negative results would. Not timed.</summary>
    public static async Task Cover(Store store, Guid round, int persons, int from, int to)
    {
        foreach (var chunk in Enumerable.Range(0, persons).Where(n => n % 100 >= from && n % 100 < to).Chunk(Unit))
            _ = (await store.Write(new WriteScope(Officer.Actor, County), s =>
            {
                Ledger.Done(s, [.. chunk.Select(n => new DutyKey(County, DutyKind.TestInRound, round.ToString("N"), IntakeTown.Person(n)))], new Ref("result", Uuid7.New(store.Clock)));
                s.Execute($"UPDATE registration SET result_state = 1 WHERE owner = @County AND tube {s.InIds("tubes")}",
                    new { County, tubes = s.Keys(chunk.Select(n => IntakeTown.Person(n / 10)).Distinct()) });
                return Outcome.Done;
            })).Value;
    }
}
