using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>
/// A child process does a history and kills itself at the n-th act of the file layer, half-way through a write. Every
/// acknowledged step is there once afterwards, and of the step under way either all or nothing. `tests/Engine.Tests/kill-loop` runs
/// the long version.
/// </summary>
public class KillTests(ITestOutputHelper output)
{
    const string FolderVariable = "QIPAN_KILL_FOLDER";

    /// <summary>Six in an everyday run; QIPAN_KILLS=200 for the loop that a release is held to.</summary>
    internal static int Kills => int.Parse(Environment.GetEnvironmentVariable("QIPAN_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public void A_killed_store_holds_every_acknowledged_step_once()
    {
        var moments = Moments();
        var lost = new List<string>();
        for (var i = 0; i < Kills; i++)
        {
            var (step, act, at) = moments[i % moments.Count];
            var (seed, number) = at[i / moments.Count * 7 % at.Count];
            if (KillOnce(seed, number, forgetful: false) is { } what)
                lost.Add($"in {act} of {step}: {what}");
        }
        output.WriteLine($"{Kills} kills in {Math.Min(Kills, moments.Count)} of {moments.Count} kinds of moments: "
            + string.Join(", ", moments.Take(Kills).Select(m => $"{m.Act} of {m.Step}")));
        Assert.Empty(lost);
    }

    [Fact]
    public void A_log_that_forgets_what_it_acknowledged_is_caught()
    {
        var lost = Enumerable.Range(0, 4).Select(i => KillOnce(1000 + i, 10 + 7 * i, forgetful: true)).Where(l => l is not null).ToList();
        Assert.NotEmpty(lost);
    }

    /// <summary>The child's part of the two tests above: without a parent that names a folder there is nothing to do.</summary>
    [Fact]
    public void Child()
    {
        var words = Environment.GetEnvironmentVariable(FolderVariable)?.Split('|') ?? ["", "0", "0", "False"];
        if (words[0].Length == 0)
            return;
        var last = int.Parse(words[2], CultureInfo.InvariantCulture);
        var files = words[3] == "True" ? new ForgetfulFiles() : new WatchedFiles();
        files.MayGoOn = (n, _) => n != last;
        files.Fail = () => Process.GetCurrentProcess().Kill();
        var script = new Script(int.Parse(words[1], CultureInfo.InvariantCulture));
        using var acks = new FileStream(Path.Combine(words[0], "acks"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 0);
        var store = Script.Open(Path.Combine(words[0], "store"), files);
        foreach (var step in script.Steps)
        {
            Script.Do(step, store);
            acks.WriteByte((byte)'+');
        }
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>
    /// Every kind of act in every kind of step, with all the places in the scripts where it happens: the kills go round them, so that a
    /// long loop leaves none out.
    /// </summary>
    static List<(string Step, FileAct Act, List<(int Seed, int Number)> At)> Moments()
    {
        var all = new List<(string Step, FileAct Act, int Seed, int Number)>();
        for (var seed = 1000; seed < 1005; seed++)
        {
            using var folder = new TempFolder();
            var doing = "Open";
            var files = new WatchedFiles();
            files.MayGoOn = (n, act) =>
            {
                all.Add((doing, act, seed, n));
                return true;
            };
            using var store = Script.Open(folder.Path, files);
            foreach (var step in new Script(seed).Steps)
            {
                doing = step.Kind.ToString();
                Script.Do(step, store);
            }
        }
        return [.. all.GroupBy(m => (m.Step, m.Act)).OrderByDescending(g => g.Count())
            .Select(g => (g.Key.Step, g.Key.Act, g.Select(m => (m.Seed, m.Number)).ToList()))];
    }

    /// <summary>Null, or what was lost.</summary>
    static string? KillOnce(int seed, int at, bool forgetful)
    {
        var script = new Script(seed);
        using var folder = new TempFolder();
        using (var child = new ChildProcess("*.KillTests.Child", FolderVariable, $"{folder.Path}|{seed}|{at}|{forgetful}"))
            Assert.Equal(137, child.ExitCode);
        var acked = File.Exists(folder.File("acks")) ? (int)new FileInfo(folder.File("acks")).Length : 0;
        using var store = VisitStore.OpenForWriting(folder.File("store"), Script.Settings).Value;
        using var view = store.Read();
        store.Verify();
        var there = view.All().OrderBy(v => v.ToString(), StringComparer.Ordinal).ToList();
        foreach (var steps in new[] { acked, Math.Min(acked + 1, script.Steps.Length) })
            if (script.After(steps).Stays.OrderBy(v => v.ToString(), StringComparer.Ordinal).SequenceEqual(there))
            {
                Assert.True(there.Count == 0 || store.Visitors.Find("v1") == 1);
                return null;
            }
        return $"seed {seed}, killed at act {at}: {acked} steps were acknowledged, and the store holds neither them nor one more";
    }

    /// <summary>A broken log on purpose: it writes nothing of a group. The tests must see it.</summary>
    sealed class ForgetfulFiles : WatchedFiles
    {
        protected override ReadOnlySpan<byte> Written(ReadOnlySpan<byte> bytes) =>
            bytes.Length is > 16 and < 4096 && bytes[12] == 1 ? default : bytes;
    }
}
