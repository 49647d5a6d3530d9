using System.Globalization;
using System.Runtime.CompilerServices;
using Qipan.Engine.Files;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>
/// A store that an early build of version 1 wrote, with segments, ids and a log, reads for ever. QIPAN_UPDATE=true writes it where there
/// is none; what is there is never written again.
/// </summary>
public class GoldenStoreTests
{
    const string StaysFile = "stays.txt";

    [Fact]
    public void A_store_of_version_1_reads_as_it_was_written()
    {
        var kept = System.IO.Path.Combine(SourceFolder(), "TestData", "v1");
        if (!Directory.Exists(kept) && Environment.GetEnvironmentVariable("QIPAN_UPDATE") == "true")
            Write(kept);
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(kept))
            File.Copy(file, folder.File(System.IO.Path.GetFileName(file)));
        using var store = VisitStore.OpenForReading(folder.Path).Value;
        store.Verify();
        using var view = store.Read();
        Assert.Equal(File.ReadAllLines(System.IO.Path.Combine(kept, StaysFile)), Lines(view));
        Assert.True(view.Recent.Count > 0);
        Assert.Equal(3u, store.Visitors.Find("v3"));
    }

    static void Write(string kept)
    {
        Directory.CreateDirectory(kept);
        using (var store = Script.Open(kept, DiskFiles.Instance))
        {
            foreach (var step in new Script(2022).Steps.TakeWhile(s => s.Kind != StepKind.ForgetVisitor))
                Script.Do(step, store);
            store.Append(new[] { Visit.Open(1, 2, Histories.Start + 777), new Visit(2, 3, Histories.Start + 5, Histories.Start + 900, 2) });
            using var view = store.Read();
            File.WriteAllLines(System.IO.Path.Combine(kept, StaysFile), Lines(view));
        }
        File.Delete(System.IO.Path.Combine(kept, "lock"));
    }

    static IEnumerable<string> Lines(PresenceView view) => view.All().Select(s => string.Create(
        CultureInfo.InvariantCulture, $"{s.Visitor} {s.Place} {s.Area} {s.Enter} {s.Leave} {(int)s.Kind}")).Order(StringComparer.Ordinal);

    static string SourceFolder([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}
