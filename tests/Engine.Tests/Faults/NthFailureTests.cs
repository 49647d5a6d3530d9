using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>The n-th act of the file layer fails, for every n: nothing acknowledged is lost, and the store goes on.</summary>
public class NthFailureTests
{
    /// <summary>Every act with QIPAN_ALL_FAULTS=true; otherwise each third.</summary>
    static int Stride => Environment.GetEnvironmentVariable("QIPAN_ALL_FAULTS") == "true" ? 1 : 3;

    [Fact]
    public void After_any_failed_act_the_store_goes_on_and_loses_nothing()
    {
        var script = new Script(100);
        var total = Run(script, 0);
        Assert.True(total > 100, $"the script makes only {total} acts");
        for (var n = 1; n <= total; n += Stride)
            Run(script, n);
    }

    [Fact]
    public void While_the_disk_is_full_appends_are_refused_and_readers_go_on_and_then_appends_resume()
    {
        using var folder = new TempFolder();
        var files = new WatchedFiles();
        using var store = Script.Open(folder.Path, files);
        var script = new Script(7);
        var batches = script.Steps.Where(s => s.Kind == StepKind.Append).ToList();
        var model = new NaiveModel();
        foreach (var step in batches.Take(4))
        {
            Script.Do(step, store);
            Script.Apply(step, model);
        }
        files.MayGoOn = (_, act) => act is not (FileAct.Append or FileAct.Create or FileAct.Flush);
        for (var i = 0; i < 5; i++)
        {
            var refused = store.Append(batches[4 + i % 2].Visits);
            Assert.Equal("presence_store_cannot_write", refused.Refusal!.Code);
            Assert.Contains("No space left", refused.Refusal.Sentence);
            using var view = store.Read();
            Answers.AreEqual(model, view);
        }
        Assert.Throws<IOException>(store.Seal);
        files.MayGoOn = (_, _) => true;
        foreach (var step in batches.Skip(4))
        {
            Script.Do(step, store);
            Script.Apply(step, model);
        }
        store.Seal();
        using var after = store.Read();
        Answers.AreEqual(model, after);
    }

    /// <summary>Runs the script with one failing act, doing what failed again; returns how many acts there were.</summary>
    static int Run(Script script, int failing)
    {
        using var folder = new TempFolder();
        var files = new WatchedFiles { MayGoOn = (n, _) => n != failing };
        var model = new NaiveModel();
        var store = Again(() => Script.Open(folder.Path, files));
        foreach (var step in script.Steps)
        {
            var before = files.Acts;
            try
            {
                Script.Do(step, store);
            }
            catch (IOException)
            {
                if (step.Kind is StepKind.Append)
                    using (var between = store.Read())
                        Answers.HoldSame(model, between, $"act {failing} failed in {step}");
                Script.Do(step, store);
            }
            Script.Apply(step, model);
            if (failing <= before || failing > files.Acts)
                continue;
            using var view = store.Read();
            Answers.HoldSame(model, view, $"act {failing} failed in {step}");
        }
        store.Dispose();
        using var reopened = Again(() => Script.Open(folder.Path, files));
        using var last = reopened.Read();
        Answers.HoldSame(model, last, $"act {failing} failed; opened again");
        var acts = files.Acts;
        files.MayGoOn = (_, _) => true;
        reopened.Verify();
        return acts;
    }

    static VisitStore Again(Func<VisitStore> open)
    {
        try
        {
            return open();
        }
        catch (IOException)
        {
            return open();
        }
    }
}
