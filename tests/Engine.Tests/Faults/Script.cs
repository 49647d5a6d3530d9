using Qipan.Engine.Files;

namespace Qipan.Engine.Tests;

/// <summary>A history that appends, seals, merges late arrivals, compacts and forgets, the same for the same seed.</summary>
sealed class Script
{
    public static readonly VisitStoreSettings Settings = new() { SealRows = 60, SegmentsPerDay = 2, Threads = 1 };

    public Script(int seed) => Steps =
    [
        .. Batches(seed, 4), new Step(StepKind.Seal, [], 0), .. Batches(seed + 1, 3), new Step(StepKind.Seal, [], 0),
        .. Batches(seed + 2, 2), new Step(StepKind.Compact, [], 0), new Step(StepKind.Load, Batches(seed + 3, 1)[0].Visits, 0),
        .. Batches(seed + 4, 2), new Step(StepKind.ForgetVisitor, [], 3), .. Batches(seed + 5, 1),
        new Step(StepKind.ForgetBefore, [], (uint)(Histories.Start + 86400 + 7)), .. Batches(seed + 6, 2),
    ];

    public Step[] Steps { get; }

    /// <summary>What the store holds after the first steps.</summary>
    public NaiveModel After(int steps)
    {
        var model = new NaiveModel();
        foreach (var step in Steps.Take(steps))
            Apply(step, model);
        return model;
    }

    public static void Apply(Step step, NaiveModel model)
    {
        if (step.Kind is StepKind.Append or StepKind.Load)
            model.Append(step.Visits);
        else if (step.Kind == StepKind.ForgetBefore)
            model.ForgetBefore(step.Number);
        else if (step.Kind == StepKind.ForgetVisitor)
            model.ForgetVisitor(step.Number);
    }

    /// <summary>Opens, and gives the people of the history their names; they are "v0" to "v6".</summary>
    public static VisitStore Open(string folder, FileLayer files)
    {
        var store = VisitStore.OpenForWriting(folder, Settings, files).Value;
        try
        {
            for (var visitor = store.Visitors.Count; visitor < Histories.People; visitor++)
                store.Visitors.Number($"v{visitor}");
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Does a step; throws <see cref="IOException"/> where the disk fails.</summary>
    public static void Do(Step step, VisitStore store)
    {
        switch (step.Kind)
        {
            case StepKind.Append:
                var receipt = store.Append(step.Visits);
                if (!receipt.Ok)
                    throw new IOException(receipt.Refusal.Sentence);
                break;
            case StepKind.Load:
                using (var load = store.BeginLoad())
                {
                    foreach (var visit in step.Visits)
                        load.Add(visit);
                    load.Finish();
                }
                break;
            case StepKind.Seal:
                store.Seal();
                break;
            case StepKind.Compact:
                store.Compact();
                break;
            case StepKind.ForgetBefore:
                store.ForgetBefore(step.Number);
                break;
            case StepKind.ForgetVisitor:
                store.ForgetVisitors([step.Number]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    static Step[] Batches(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Step(StepKind.Append, Batch(random), 0))];
    }

    /// <summary>Ten to thirty stays over four days; some long, open or inferred, and some that end others.</summary>
    static Visit[] Batch(Random random)
    {
        var visits = new List<Visit>();
        for (var i = random.Next(10, 30); i > 0; i--)
        {
            var visit = new Visit(
                (uint)random.Next((int)Histories.People), (uint)random.Next((int)Histories.Rooms),
                Histories.Start + random.Next(Histories.Days * 86400), 0, (ushort)(random.Next(5) == 0 ? 1 : 0));
            var length = random.Next(10) == 0 ? random.Next(60_000, 200_000) : random.Next(1, 9000);
            var ended = visit with { Leave = visit.Enter + length };
            visits.Add(random.Next(6) switch
            {
                0 => Visit.Open(visit.Visitor, visit.Place, visit.Enter, visit.Area),
                1 => ended with { Kind = LeaveKind.Inferred },
                _ => ended,
            });
            if (random.Next(3) == 0)
                visits.Add(ended);
        }
        return [.. visits];
    }
}
