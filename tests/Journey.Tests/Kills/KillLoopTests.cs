using Qipan.KillLoop;
using Qipan.Server;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Kills;

/// <summary>A few kills of a real server on every run; `tests/kill-loop 60` makes many.</summary>
public sealed class KillLoopTests(ITestOutputHelper output)
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_killed_server_holds_every_acknowledged_fact_once(StoreKind kind)
    {
        var place = TestStores.NewSettings(kind);
        try
        {
            var loop = new Loop(Options(place) with { Kills = 5 }, output.WriteLine);
            Assert.Empty(await loop.Run());
            await using var store = await Open(place);
            // The detector is proved: what is lost, doubled or invented in a store is seen.
            await Break(store, "DELETE FROM registration WHERE id = (SELECT id FROM registration ORDER BY id DESC LIMIT 1)");
            Assert.Contains(loop.Recheck(store), f => f.EndsWith("was acknowledged and is lost", StringComparison.Ordinal));
            await Break(store, "UPDATE fact SET verdict = 3 WHERE id = (SELECT id FROM fact ORDER BY id LIMIT 1)");
            Assert.Contains(loop.Recheck(store), f => f.EndsWith("with verdict 3", StringComparison.Ordinal));
            await Break(store, "UPDATE trail SET subject_id = 'elsewhere' WHERE id = (SELECT id FROM trail WHERE action = 'accept_batch' ORDER BY id DESC LIMIT 1)");
            Assert.Contains(loop.Recheck(store), f => f.EndsWith("stands 0 times in the trail", StringComparison.Ordinal));
        }
        finally
        {
            await TestStores.Remove(place);
        }
    }

    static LoopOptions Options(StorageSettings place) => new()
    {
        Folder = place.Folder,
        Connection = place.Connection,
        Kills = 5,
        Persons = 300,
        LongestLife = TimeSpan.FromSeconds(1.5),
    };

    static Task<Store> Open(StorageSettings place) => Storage.Stores.Open(place, TimeProvider.System, Modules.Schemas);

    static async Task Break(Store store, string sql) =>
        _ = (await store.Write(new WriteScope(Kernel.Actor.System, WriteScope.Deployment), s =>
        {
            Assert.Equal(1, s.Execute(sql));
            return Kernel.Outcome.Done;
        })).Value;
}
