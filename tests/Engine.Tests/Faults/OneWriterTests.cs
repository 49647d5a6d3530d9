using Xunit;

namespace Qipan.Engine.Tests;

public class OneWriterTests
{
    [Fact]
    public void A_second_writer_is_refused_and_a_reader_is_not()
    {
        using var folder = new TempFolder();
        using var first = folder.Open();
        first.Append(new[] { new Visit(1, 1, 100, 200) });
        Assert.Equal("presence_store_in_use", VisitStore.OpenForWriting(folder.Path).Refusal!.Code);
        using var reader = VisitStore.OpenForReading(folder.Path).Value;
        using var view = reader.Read();
        Assert.Equal(new Visit(1, 1, 100, 200), Assert.Single(view.Itinerary(1)));
    }

    [Fact]
    public void A_folder_without_a_store_is_refused_to_readers()
    {
        using var folder = new TempFolder();
        Assert.Equal("presence_store_not_there", VisitStore.OpenForReading(folder.Path).Refusal!.Code);
    }

    [Fact]
    public void Many_threads_append_at_once_and_nothing_is_lost_or_twice()
    {
        using var folder = new TempFolder();
        var settings = new VisitStoreSettings { SealRows = 3000, SegmentsPerDay = 2 };
        var batches = Enumerable.Range(0, 8).Select(t => Enumerable.Range(0, 40).Select(b =>
            Enumerable.Range(0, 50).Select(i => new Visit((uint)(t * 100 + i), (uint)(i % 7), 86400 * (b % 3) + b * 1000, 86400 * (b % 3) + b * 1000 + 60))
                .ToArray()).ToArray()).ToArray();
        using (var store = folder.Open(settings))
        {
            var threads = batches.Select(mine => new Thread(() =>
            {
                foreach (var batch in mine)
                    Assert.Equal(50, store.Append(batch).Value.Accepted);
            })).ToList();
            threads.ForEach(t => t.Start());
            for (var i = 0; i < 50; i++)
                using (var view = store.Read())
                    Assert.Equal(view.Count, view.All().Distinct().Count());
            threads.ForEach(t => t.Join());
            using var last = store.Read();
            Assert.Equal(8 * 40 * 50, last.All().Distinct().Count());
        }
        using var again = folder.Open(settings);
        using var reread = again.Read();
        Assert.Equal(8 * 40 * 50, reread.All().Distinct().Count());
    }
}
