using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Places with many hundred stays a day, where chunks are skipped and vectors are used; compared pair by pair.</summary>
public class CrowdTests
{
    const int PeopleThere = 400;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_crowded_place_answers_like_the_model(int seed, bool areas)
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        var model = new NaiveModel();
        var visits = Crowd(seed).Select(v => areas ? v : v with { Area = 0 }).ToArray();
        model.Append(visits);
        using (var load = store.BeginLoad())
        {
            foreach (var visit in visits)
                load.Add(visit);
            Assert.Equal(model.Stays.Count, load.Finish().Accepted);
        }
        using var view = store.Read();
        var tracer = new Tracer(view);
        foreach (var minutes in new[] { 1, 15, 240 })
            for (var visitor = 0u; visitor < 12; visitor++)
            {
                var index = new TraceIndex(visitor, Histories.Start + 5000 * visitor, Histories.Start + 2 * 86400);
                Answers.TraceIsEqual(model, tracer, index, new TraceRule { MinOverlap = 60 * minutes, Lag = visitor % 3 * 600 });
            }
        var seen = visits.First(v => v.Leave - v.Enter is > 1000 and < 9000);
        var one = new TraceIndex(seen.Visitor, seen.Enter, seen.Leave + 9000);
        Answers.TraceIsEqual(model, tracer, one, new TraceRule { MinOverlap = 1200, Rings = 2 });
        Answers.TraceIsEqual(model, tracer, one, new TraceRule { MinOverlap = 1500, Rings = 2, WholeWindow = true });
        Assert.True(tracer.Ring1.Length > 10 && tracer.Ring2.Length > 10, $"rings of {tracer.Ring1.Length} and {tracer.Ring2.Length}");
        for (var at = Histories.Start; at < Histories.Start + 3 * 86400; at += 3301)
            Assert.Equal(model.Occupancy(at).OrderBy(p => p.Key).Select(p => new PlaceCount(p.Key, p.Value)), view.Occupancy(at, 2));
        store.Verify();
    }

    [Fact]
    public void A_stay_into_the_next_afternoon_is_counted_until_its_last_second()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        store.Append(new[] { new Visit(0, 0, Histories.Start + 86399, Histories.Start + 86399 + 65535), new Visit(1, 0, Histories.Start + 9, Histories.Start + 86400) });
        store.Seal();
        using var view = store.Read();
        Assert.Equal([new PlaceCount(0, 2)], view.Occupancy(Histories.Start + 86399));
        Assert.Equal([new PlaceCount(0, 1)], view.Occupancy(Histories.Start + 86400));
        Assert.Equal([new PlaceCount(0, 1)], view.Occupancy(Histories.Start + 86399 + 65534));
        Assert.Empty(view.Occupancy(Histories.Start + 86399 + 65535));
        Assert.Empty(view.Occupancy(Histories.Start + 86399 + 66000));
    }

    [Fact]
    public void A_stay_that_left_in_the_small_hours_of_a_day_long_past_is_not_counted_in_the_evening()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        store.Append(new[] { new Visit(0, 0, Histories.Start + 80_000, Histories.Start + 135_000), new Visit(1, 1, Histories.Start + 86_000, Histories.Start + 151_000) });
        store.Seal();
        using var view = store.Read();
        Assert.Equal([new PlaceCount(1, 1)], view.Occupancy(Histories.Start + 140_000));
    }

    [Fact]
    public void A_warm_tracer_allocates_nothing()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        store.Append(Crowd(4).ToArray());
        store.Seal();
        store.Append(Crowd(5).Take(100).ToArray());
        using var view = store.Read();
        var tracer = new Tracer(view);
        var rule = new TraceRule { MinOverlap = 60, Rings = 2 };
        var index = new TraceIndex(1, Histories.Start, Histories.Start + 2 * 86400);
        for (var i = 0; i < 3; i++)
            tracer.Trace(index, rule, withEpisodes: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3; i++)
            tracer.Trace(index with { Visitor = (uint)(1 + i % 2) }, rule, withEpisodes: i != 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Three places, two days, several stays for everyone; some overlap with themselves.</summary>
    static IEnumerable<Visit> Crowd(int seed)
    {
        var random = new Random(seed);
        for (var visitor = 0u; visitor < PeopleThere; visitor++)
            for (var stay = 0; stay < 8; stay++)
            {
                var enter = Histories.Start + random.Next(2 * 86400);
                var length = random.Next(20) == 0 ? random.Next(60000, 70000) : random.Next(30, 9000);
                yield return new Visit(visitor, (uint)random.Next(random.Next(1, 4)), enter, enter + length, (ushort)random.Next(3));
            }
    }
}
