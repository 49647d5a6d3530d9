using Qipan.Kernel;

namespace Qipan.Engine.Store;

/// <summary>A batch that waits for its group's flush. Whoever appended it waits here, or is told to lead the next group.</summary>
sealed class PendingBatch(ReadOnlyMemory<Visit> visits)
{
    readonly object gate = new();
    bool done;
    bool leads;

    public AppendReceipt? Receipt { get; private set; }

    public Refusal? Failure { get; private set; }

    public void Judge(VisitStore store, long floor)
    {
        var accepted = 0;
        var had = 0;
        List<RefusedVisit>? refused = null;
        var rows = visits.Span;
        for (var i = 0; i < rows.Length; i++)
            if (Judgement.Of(rows[i], floor) is { } why)
                (refused ??= []).Add(new RefusedVisit(i, why));
            else if (store.Take(rows[i], floor))
                accepted++;
            else
                had++;
        Receipt = new AppendReceipt(accepted, had, refused ?? []);
    }

    public void Fail(Refusal refusal) => Failure = refusal;

    public void Done()
    {
        lock (gate)
        {
            done = true;
            Monitor.Pulse(gate);
        }
    }

    public void TakeLead()
    {
        lock (gate)
        {
            leads = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>False when this thread is to lead the next group, in which its own batch is.</summary>
    public bool WaitUntilDone()
    {
        lock (gate)
        {
            while (!done && !leads)
                Monitor.Wait(gate);
            return done;
        }
    }
}
