using FsCheck;
using FsCheck.Fluent;
using Qipan.Engine;
using Qipan.Engine.Tests;
using Qipan.Kernel;
using Qipan.PresenceOnPostgres;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Presence;

/// <summary>The engine in a folder and the shared database answer every question alike: as the naive model does.</summary>
public class PresenceTests
{
    const string County = "220104";

    static readonly TraceRule[] Rules =
    [
        new() { MinOverlap = 900, Rings = 2 },
        new() { MinOverlap = 900, Rings = 2, WholeWindow = true },
        new() { MinOverlap = 1, Rings = 2, Lag = 600, SameArea = true },
    ];

    public enum Kept
    {
        InFolder,
        OnPostgres,
    }

    [Theory]
    [InlineData(Kept.InFolder)]
    [InlineData(Kept.OnPostgres)]
    public async Task Any_history_answers_like_the_model(Kept where)
    {
        await using var opened = await Opened(where);
        var round = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(Histories.Any, steps =>
        {
            var presence = opened.Fresh(round++);
            var model = new NaiveModel();
            foreach (var step in steps)
                Do(step, presence, model);
            AreEqual(model, presence);
        }));
    }

    [Theory]
    [InlineData(Kept.InFolder)]
    [InlineData(Kept.OnPostgres)]
    public async Task A_visit_that_cannot_be_is_refused_with_its_reason_and_the_others_are_taken(Kept where)
    {
        await using var opened = await Opened(where);
        var presence = opened.Fresh(0);
        var good = new Visit(1, 2, 1000, 2000);
        var receipt = (await presence.Append([good with { Leave = 1000 }, good, good with { Leave = 500 }, good])).Value;
        Assert.Equal((1, 1), (receipt.Accepted, receipt.Had));
        Assert.Equal([(0, "visit_zero_length"), (2, "visit_inverted")], receipt.Refused.Select(r => (r.Position, r.Why.Code)));
        Assert.Equal([good], presence.Itinerary(1));
    }

    [Theory]
    [InlineData(Kept.InFolder)]
    [InlineData(Kept.OnPostgres)]
    public async Task Outside_ids_are_numbered_once_and_an_erased_one_is_not_given_again(Kept where)
    {
        await using var opened = await Opened(where);
        var presence = opened.Fresh(0);
        var numbered = new List<uint>();
        foreach (var outside in new[] { "a", "42", "a", "007" })
            numbered.Add(await presence.Number(IdKind.Visitor, outside));
        Assert.Equal([0u, 1u, 0u, 2u], numbered);
        Assert.Equal(0u, await presence.Number(IdKind.Place, "a"));
        Assert.Equal(("42", 1u), (presence.Outside(IdKind.Visitor, 1), presence.Find(IdKind.Visitor, "42")));
        await presence.Append([new Visit(1, 0, 100, 200), new Visit(2, 0, 100, 200)]);
        Assert.Equal(1, await presence.ForgetVisitors([1]));
        Assert.Null(presence.Find(IdKind.Visitor, "42"));
        Assert.Null(presence.Outside(IdKind.Visitor, 1));
        Assert.Equal(3u, await presence.Number(IdKind.Visitor, "42"));
        Assert.Empty(presence.Itinerary(1));
    }

    [Theory]
    [InlineData(Kept.InFolder)]
    [InlineData(Kept.OnPostgres)]
    public async Task Shared_places_are_ranked_by_how_unlikely_they_are(Kept where)
    {
        await using var opened = await Opened(where);
        var presence = opened.Fresh(0);
        var visits = Enumerable.Range(0, 100).Select(p => new Visit((uint)p, 1, 1000 + p, 2000 + p)).ToList();
        visits.AddRange(new uint[] { 0, 1, 2, 3, 77 }.Select(p => new Visit(p, 2, 50_000, 53_000)));
        await presence.Append(visits);
        var shared = presence.Shared([.. Enumerable.Range(0, 5).Select(p => new TraceIndex((uint)p, 0, 86400))]);
        Assert.Equal([2u, 1u], shared.Select(s => s.Place));
        Assert.Equal((4, 5L), (shared[0].Cases, shared[0].Visitors));
        Assert.Equal(16, shared[0].Lift, 1e-9);
    }

    [Fact]
    public async Task Two_counties_in_one_database_do_not_see_each_other()
    {
        await using var opened = await Opened(Kept.OnPostgres);
        var (one, other) = (opened.Fresh(0), opened.Fresh(1));
        await one.Append([new Visit(1, 2, 1000, 2000)]);
        await other.Append([new Visit(7, 2, 1000, 2000)]);
        Assert.Equal([new Visit(7, 2, 1000, 2000)], other.Present(2, 0, 5000));
        Assert.Empty(other.Trace(new TraceIndex(7, 0, 5000), new TraceRule { MinOverlap = 1 }).Ring1);
    }

    static void Do(Step step, IPresence presence, NaiveModel model)
    {
        switch (step.Kind)
        {
            case StepKind.Append or StepKind.Load:
                var receipt = presence.Append(step.Visits).GetAwaiter().GetResult().Value;
                Assert.Equal(step.Visits.Length, receipt.Accepted + receipt.Had + receipt.Refused.Count);
                Assert.Equal(step.Visits.Count(v => !NaiveModel.CanBeStored(v) || v.Enter < model.Floor), receipt.Refused.Count);
                model.Append(step.Visits);
                break;
            case StepKind.ForgetBefore:
                Assert.Equal(model.Stays.Count(s => s.Enter < step.Number / 86400 * 86400), presence.ForgetBefore(step.Number).GetAwaiter().GetResult());
                model.ForgetBefore(step.Number);
                break;
            case StepKind.ForgetVisitor:
                Assert.Equal(model.Stays.Count(s => s.Visitor == step.Number), presence.ForgetVisitors([step.Number]).GetAwaiter().GetResult());
                model.ForgetVisitor(step.Number);
                break;
            default:
                // Sealing, merging and opening again are the folder's own affair.
                break;
        }
    }

    static void AreEqual(NaiveModel model, IPresence presence)
    {
        var (from, to) = (Histories.Start + 86400 + 300, Histories.Start + 3 * 86400 - 5000);
        for (var visitor = 0u; visitor < Histories.People; visitor++)
        {
            Assert.Equal(Sorted(model.Itinerary(visitor, from, to)), Sorted(presence.Itinerary(visitor, from, to)));
            foreach (var rule in Rules)
                TraceIsEqual(model.Trace(new TraceIndex(visitor, from, to), rule), presence.Trace(new TraceIndex(visitor, from, to), rule, withEpisodes: true));
        }
        for (var place = 0u; place < Histories.Rooms; place++)
        {
            Assert.Equal(Sorted(model.Present(place, from, to)), Sorted(presence.Present(place, from, to)));
            Assert.Equal(
                Enumerable.Range(0, 10).Select(i => model.Occupancy(from + 7000L * i).GetValueOrDefault(place)),
                presence.OccupancySeries(place, from, from + 70000, 7000));
        }
        foreach (var at in new[] { Histories.Start + 86400, Histories.Start + 36600, from })
            Assert.Equal(model.Occupancy(at).OrderBy(p => p.Key).Select(p => new PlaceCount(p.Key, p.Value)), presence.Occupancy(at));
    }

    static void TraceIsEqual(List<Episode> expected, TraceFound found)
    {
        Assert.Equal(expected.Select(e => e.ToString()).Order(StringComparer.Ordinal), found.Episodes.Select(e => e.ToString()).Order(StringComparer.Ordinal));
        foreach (var (ring, contacts) in new[] { (1, found.Ring1), (2, found.Ring2) })
            Assert.Equal(
                expected.Where(e => e.Ring == ring).GroupBy(e => e.Contact).OrderBy(g => g.Key).Select(g => (
                    g.Key, g.OrderBy(e => e.Start).ThenBy(e => e.Via).First().Via, (uint)g.Count(), g.Any(e => e.Inferred),
                    (uint)g.Sum(e => e.End - e.Start), g.Min(e => e.Start), g.Max(e => e.End))),
                contacts.Select(c => (c.Visitor, c.Via, c.Episodes, c.Inferred, c.OverlapSeconds, c.First, c.Last)));
    }

    static IEnumerable<Visit> Sorted(IEnumerable<Visit> visits) => visits
        .OrderBy(v => v.Enter).ThenBy(v => v.Visitor).ThenBy(v => v.Place).ThenBy(v => v.Area).ThenBy(v => v.Leave).ThenBy(v => v.Kind);

    static async Task<OpenedPresence> Opened(Kept where) =>
        where == Kept.InFolder ? new OpenedPresence(null) : new OpenedPresence(await TestStores.Open(StoreKind.Postgres, TimeProvider.System, PostgresPresence.Schema));

    /// <summary>Gives a test as many empty presences as it asks for: folders, or owners of one database.</summary>
    sealed class OpenedPresence(TestStore? database) : IAsyncDisposable
    {
        readonly List<TempFolder> folders = [];
        readonly List<VisitStore> stores = [];

        public IPresence Fresh(int round)
        {
            if (database is not null)
                return new PostgresPresence(database.Store, (int.Parse(County) + round).ToString(), Actor.System);
            folders.Add(new TempFolder());
            stores.Add(folders[^1].Open(new VisitStoreSettings { SealRows = 20, SegmentsPerDay = 2, Threads = 1 }));
            return new EnginePresence(stores[^1]);
        }

        public async ValueTask DisposeAsync()
        {
            stores.ForEach(s => s.Dispose());
            folders.ForEach(f => f.Dispose());
            if (database is not null)
                await database.DisposeAsync();
        }
    }
}
