using Qipan.Engine.Segments;
using Qipan.Engine.Store;

namespace Qipan.Engine;

public sealed partial class VisitStore
{
    /// <summary>
    /// Begins a load of many visits past the log: they last when <see cref="VisitLoad.Finish"/> returned, and until then none of
    /// them is seen unless there are more than fit into memory.
    /// </summary>
    public VisitLoad BeginLoad() => new(this, settings.LoadRows);

    internal LoadReceipt SealLoad(Dictionary<int, DayRows> days)
    {
        lock (gate)
            return SealLocked(days);
    }
}

/// <summary>Takes the visits of a load. For one thread.</summary>
public sealed class VisitLoad : IDisposable
{
    const int Window = 4096;

    readonly VisitStore store;
    readonly long mostRows;
    readonly long floor;
    readonly DayRows?[] near = new DayRows?[Window];
    Dictionary<int, DayRows> days = [];
    long rows;
    LoadReceipt total = new(0, 0, 0, 0);

    internal VisitLoad(VisitStore store, long mostRows)
    {
        this.store = store;
        this.mostRows = mostRows;
        floor = store.Floor;
    }

    /// <summary>Takes a visit, or says why not.</summary>
    public Kernel.Refusal? Add(in Visit visit)
    {
        if (Judgement.Of(visit, floor) is { } why)
        {
            total = total with { Refused = total.Refused + 1 };
            return why;
        }
        var day = visit.Day;
        var here = near[day & (Window - 1)];
        if (here is null || here.Day != day)
            here = near[day & (Window - 1)] = Rows(day);
        here.Add(visit);
        if (++rows >= mostRows)
            Flush();
        return null;
    }

    /// <summary>Sorts, writes and flushes what was taken; it lasts and is seen when this returns.</summary>
    public LoadReceipt Finish()
    {
        Flush();
        return total;
    }

    public void Dispose()
    {
        foreach (var day in days.Values)
            day.Dispose();
        days = [];
    }

    DayRows Rows(int day)
    {
        if (!days.TryGetValue(day, out var here))
            days.Add(day, here = new DayRows(day));
        return here;
    }

    void Flush()
    {
        var full = days;
        days = [];
        rows = 0;
        Array.Clear(near);
        var receipt = store.SealLoad(full);
        total = new LoadReceipt(
            total.Accepted + receipt.Accepted, total.Had + receipt.Had, total.Refused, total.Replaced + receipt.Replaced);
    }
}
