using Xunit;

namespace Qipan.Engine.Tests;

public class OneWriterTests
{
    const string FolderVariable = "QIPAN_ONE_WRITER_FOLDER";

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
    public void A_second_process_that_writes_is_refused_until_the_first_has_gone()
    {
        using var folder = new TempFolder();
        using (var child = new ChildProcess("*.OneWriterTests.Child", FolderVariable, folder.Path))
        {
            for (var i = 0; i < 6000 && !File.Exists(folder.File("opened")); i++)
                Assert.False(child.EndsWithin(10), "the child ended by itself");
            Assert.Equal("presence_store_in_use", VisitStore.OpenForWriting(folder.File("store")).Refusal!.Code);
            using (var reader = VisitStore.OpenForReading(folder.File("store")).Value)
            using (var view = reader.Read())
                Assert.Single(view.Itinerary(1));
            child.Kill();
            Assert.Equal(137, child.ExitCode);
        }
        using var mine = VisitStore.OpenForWriting(folder.File("store")).Value;
        Assert.Equal(1, mine.Append(new[] { new Visit(2, 1, 100, 200) }).Value.Accepted);
    }

    /// <summary>The child's part: without a parent that names a folder there is nothing to do.</summary>
    [Fact]
    public void Child()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } path)
            return;
        using var store = VisitStore.OpenForWriting(Path.Combine(path, "store")).Value;
        store.Append(new[] { new Visit(1, 1, 100, 200) });
        File.WriteAllText(Path.Combine(path, "opened"), "");
        using var never = new ManualResetEventSlim();
        never.Wait();
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
