using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Any history of a store answers every question as the naive model does, at every step.</summary>
public class HistoryTests
{
    static readonly VisitStoreSettings Small = new() { SealRows = 30, SegmentsPerDay = 2, Threads = 1 };

    [Fact]
    public void Any_history_answers_like_the_model() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(120), Prop.ForAll(Histories.Any, steps => Run(steps)));

    static void Run(Step[] steps)
    {
        using var folder = new TempFolder();
        var model = new NaiveModel();
        var store = folder.Open(Small);
        try
        {
            foreach (var step in steps)
            {
                Do(step, model, ref store, folder);
                using var view = store.Read();
                Answers.AreEqual(model, view);
            }
            store.Verify();
        }
        finally
        {
            store.Dispose();
        }
    }

    static void Do(Step step, NaiveModel model, ref VisitStore store, TempFolder folder)
    {
        switch (step.Kind)
        {
            case StepKind.Append:
                var receipt = store.Append(step.Visits).Value;
                Assert.Equal(step.Visits.Length, receipt.Accepted + receipt.Had + receipt.Refused.Count);
                Assert.Equal(
                    step.Visits.Count(v => !NaiveModel.CanBeStored(v) || v.Enter < model.Floor), receipt.Refused.Count);
                model.Append(step.Visits);
                break;
            case StepKind.Load:
                using (var load = store.BeginLoad())
                {
                    foreach (var visit in step.Visits)
                        load.Add(visit);
                    var loaded = load.Finish();
                    Assert.Equal(step.Visits.Length, loaded.Accepted + loaded.Had + loaded.Refused);
                }
                model.Append(step.Visits);
                break;
            case StepKind.Seal:
                store.Seal();
                break;
            case StepKind.Compact:
                store.Compact();
                break;
            case StepKind.Reopen:
                store.Dispose();
                store = folder.Open(Small);
                break;
            case StepKind.ForgetBefore:
                store.ForgetBefore(step.Number);
                model.ForgetBefore(step.Number);
                break;
            case StepKind.ForgetVisitor:
                store.ForgetVisitors([step.Number]);
                model.ForgetVisitor(step.Number);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }
}
