using System.Globalization;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>
/// Several threads of a child append at once while it seals, merges late arrivals and forgets; the parent kills it (SIGKILL) at any
/// moment, again and again on the same store. Every acknowledged visit is there once, and nothing that was never sent.
/// </summary>
public class BusyKillTests(ITestOutputHelper output)
{
    const string FolderVariable = "QIPAN_BUSY_FOLDER";
    const int Writers = 4;
    const int BatchRows = 20;
    const int Forgotten = 9999;

    static readonly VisitStoreSettings Small = new() { SealRows = 700, SegmentsPerDay = 2, Threads = 2 };

    /// <summary>As <see cref="KillTests.Kills"/>, on one store; a child lives some tenths of a second.</summary>
    [Fact]
    public void A_store_that_is_killed_while_many_threads_write_holds_every_acknowledged_visit_once()
    {
        using var folder = new TempFolder();
        var kills = Math.Max(4, KillTests.Kills / 2);
        var random = new Random(31);
        var acked = new long[Writers];
        for (var kill = 0; kill < kills; kill++)
        {
            using (var child = new ChildProcess("*.BusyKillTests.Child", FolderVariable, folder.Path))
            {
                WaitForWork(folder, acked, child);
                Assert.False(child.EndsWithin(random.Next(0, 250)), "the child ended by itself");
                child.Kill();
                Assert.Equal(137, child.ExitCode);
            }
            for (var writer = 0; writer < Writers; writer++)
                acked[writer] = Acked(folder, writer);
            Holds(folder, acked, $"after kill {kill + 1}");
        }
        output.WriteLine($"{kills} kills, {acked.Sum() * BatchRows} visits acknowledged");
    }

    /// <summary>The child's part: without a parent that names a folder there is nothing to do.</summary>
    [Fact]
    public void Child()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } path)
            return;
        using var store = VisitStore.OpenForWriting(Path.Combine(path, "store"), Small).Value;
        var writers = Enumerable.Range(0, Writers).Select(writer => new Thread(() => Write(store, path, writer))).ToList();
        writers.ForEach(w => w.Start());
        for (var round = 0; ; round++)
        {
            store.Append(new[] { new Visit(Forgotten, 1, 86400L * (round % 5), 86400L * (round % 5) + 500 + round) });
            store.Compact();
            store.ForgetVisitors([Forgotten]);
            store.Seal();
        }
    }

    /// <summary>Goes on where the last child's acknowledgements end; what was sent and not acknowledged is sent again.</summary>
    static void Write(VisitStore store, string path, int writer)
    {
        using var acks = new FileStream(Path.Combine(path, $"acks{writer}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        for (var batch = acks.Seek(0, SeekOrigin.End); ; batch++)
        {
            if (!store.Append(Batch(writer, batch)).Ok)
                throw new IOException("The batch was not taken.");
            acks.WriteByte((byte)'+');
        }
    }

    /// <summary>The same for the same number; the days go round, so that most arrive late.</summary>
    static Visit[] Batch(int writer, long batch) => [.. Enumerable.Range(0, BatchRows).Select(i =>
    {
        var enter = 86400 * (batch % 5) + batch / 5 * 7 % 80000;
        return new Visit((uint)(writer * BatchRows + i), (uint)(batch % 11), enter, enter + 60 + batch % 900);
    })];

    static void WaitForWork(TempFolder folder, long[] acked, ChildProcess child)
    {
        for (var i = 0; i < 6000 && !child.EndsWithin(10); i++)
            if (Enumerable.Range(0, Writers).All(w => Acked(folder, w) > acked[w]))
                return;
        Assert.Fail("the child did no work");
    }

    static long Acked(TempFolder folder, int writer) =>
        File.Exists(folder.File($"acks{writer}")) ? new FileInfo(folder.File($"acks{writer}")).Length : 0;

    static void Holds(TempFolder folder, long[] acked, string when)
    {
        using var store = VisitStore.OpenForReading(folder.File("store")).Value;
        store.Verify();
        using var view = store.Read();
        var there = view.All().Where(v => v.Visitor != Forgotten).ToList();
        var distinct = there.ToHashSet();
        Assert.True(distinct.Count == there.Count, $"{when}: {there.Count - distinct.Count} visits are there twice");
        for (var writer = 0; writer < Writers; writer++)
        {
            for (var batch = 0L; batch < acked[writer]; batch++)
                foreach (var visit in Batch(writer, batch))
                    Assert.True(distinct.Remove(visit), $"{when}: writer {writer}'s batch {batch} of {acked[writer]} lacks {visit}");
            // One batch of each writer may have been under way.
            foreach (var visit in Batch(writer, acked[writer]))
                distinct.Remove(visit);
        }
        Assert.True(distinct.Count == 0, $"{when}: {distinct.Count.ToString(CultureInfo.InvariantCulture)} visits are there that nobody sent");
    }
}
