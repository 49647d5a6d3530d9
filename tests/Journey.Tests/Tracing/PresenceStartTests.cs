using System.Collections;
using Microsoft.AspNetCore.Builder;
using Qipan.Engine;
using Qipan.Kernel;
using Qipan.Server;
using Qipan.Server.Presence;
using Qipan.Server.Settings;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Journey.Tests.Tracing;

/// <summary>The presence store opens with the program and closes with it, where the settings say; otherwise the program does not start.</summary>
public sealed class PresenceStartTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Visits_are_kept_where_the_store_is_and_outlive_the_program(StoreKind kind)
    {
        var place = TestStores.NewSettings(kind);
        uint number;
        await using (var app = (await Build(place)).Value)
        {
            var open = Door(app).Open!;
            Assert.Equal(kind == StoreKind.Sqlite ? typeof(EnginePresence) : typeof(PresenceOnPostgres.PostgresPresence), open.GetType());
            number = (await open.Number(IdKind.Visitor, ["somebody"]))[0];
            var venue = (await open.Number(IdKind.Place, ["somewhere"]))[0];
            Assert.Equal(1, (await open.Append([new Visit(number, venue, 1647734400, 1647738000)])).Value.Accepted);
        }
        await using (var again = (await Build(place)).Value)
        {
            Assert.Equal(number, Door(again).Open!.Find(IdKind.Visitor, "somebody"));
            Assert.Single(Door(again).Open!.Itinerary(number));
        }
        Assert.Equal(kind == StoreKind.Sqlite, Directory.Exists(Path.Combine(place.Folder, "presence")));
        await TestStores.Remove(place);
    }

    [Fact]
    public async Task A_folder_that_another_program_writes_to_is_refused_and_can_still_be_looked_into()
    {
        var place = TestStores.NewSettings(StoreKind.Sqlite);
        using (VisitStore.OpenForWriting(Path.Combine(place.Folder, "presence")).Value)
        {
            Assert.IsType<PresenceNotOpened>((await Build(place)).Refusal);
            await using var looking = (await Build(place, serves: false)).Value;
            Assert.NotNull(Door(looking).Open);
        }
        await using (var free = (await Build(place)).Value)
            Assert.NotNull(Door(free).Open);
        await TestStores.Remove(place);
    }

    [Fact]
    public async Task A_database_of_visits_needs_a_database()
    {
        var place = TestStores.NewSettings(StoreKind.Sqlite);
        var refusal = Assert.IsType<PresenceNotOpened>((await Build(place, store: "Database")).Refusal);
        Assert.Contains("presence.store", refusal.Sentence, StringComparison.Ordinal);
        await TestStores.Remove(place);
    }

    static async Task<Outcome<WebApplication>> Build(StorageSettings place, bool serves = true, string store = "Auto")
    {
        var settings = LoadedSettings.Load(place.Folder, new Hashtable(), new Dictionary<string, string>
        {
            ["storage.connection"] = place.Connection,
            ["server.urls"] = "http://127.0.0.1:0",
            ["presence.store"] = store,
        });
        return await QipanHost.Build(new StartOptions(settings.Value) { Serves = serves });
    }

    static PresenceDoor Door(WebApplication app) => (PresenceDoor)app.Services.GetService(typeof(PresenceDoor))!;
}
