using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Visits that arrive days late go into their day, and the day stays a few files.</summary>
public class LateArrivalTests
{
    static readonly VisitStoreSettings Small = new() { SealRows = 1_000_000, SegmentsPerDay = 3, Threads = 1 };

    [Fact]
    public void However_often_visits_arrive_late_a_day_has_few_segments_and_every_visit_once()
    {
        using var folder = new TempFolder();
        using var store = folder.Open(Small);
        var model = new NaiveModel();
        for (var round = 0; round < 25; round++)
        {
            var batch = Enumerable.Range(0, 40).Select(i =>
            {
                var enter = Histories.Start + 86400L * (i % 4) + 1000L * round + i;
                return new Visit((uint)(i % Histories.People), (uint)(i % Histories.Rooms), enter, enter + 900);
            }).ToArray();
            Assert.Equal(40, store.Append(batch).Value.Accepted);
            model.Append(batch);
            store.Seal();
            using var between = store.Read();
            Assert.All(between.Segments.CountBy(s => s.Day), day => Assert.InRange(day.Value, 1, Small.SegmentsPerDay));
        }
        using var view = store.Read();
        Answers.AreEqual(model, view);
        Assert.Equal(view.Segments.Length + 2, Directory.GetFiles(folder.Path).Count(f => !f.EndsWith(".wal", StringComparison.Ordinal)));
    }

    [Fact]
    public void Merging_leaves_one_segment_for_each_day_and_the_same_answers()
    {
        using var folder = new TempFolder();
        using var store = folder.Open(new VisitStoreSettings { SealRows = 20, SegmentsPerDay = 100, Threads = 2 });
        var model = new NaiveModel();
        foreach (var step in new Script(77).Steps.Where(s => s.Kind == StepKind.Append))
        {
            store.Append(step.Visits);
            model.Append(step.Visits);
        }
        store.Compact();
        using var view = store.Read();
        Assert.Equal(view.Segments.Length, view.Segments.Select(s => s.Day).Distinct().Count());
        Answers.AreEqual(model, view);
    }
}
