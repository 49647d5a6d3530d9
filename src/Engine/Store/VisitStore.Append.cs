using Qipan.Engine.Store;
using Qipan.Kernel;

namespace Qipan.Engine;

public sealed partial class VisitStore
{
    readonly Lock queueGate = new();
    List<PendingBatch> queue = [];
    List<PendingBatch> spareQueue = [];
    bool led;

    /// <summary>
    /// Stores the visits; they last when this returns. Batches that arrive together share one flush. A refused visit does not
    /// hold up the others. <see cref="StoreCannotWrite"/> when the disk takes no more: then nothing of the batch is kept.
    /// </summary>
    public Outcome<AppendReceipt> Append(ReadOnlyMemory<Visit> visits)
    {
        var mine = new PendingBatch(visits);
        bool leads;
        lock (queueGate)
        {
            queue.Add(mine);
            leads = !led;
            led = true;
        }
        if (!leads && !mine.WaitUntilDone())
            leads = true;
        if (leads)
            Lead();
        return mine.Failure is { } failure ? failure : mine.Receipt!;
    }

    void Lead()
    {
        List<PendingBatch> group;
        lock (queueGate)
        {
            group = queue;
            queue = spareQueue;
            spareQueue = group;
        }
        try
        {
            lock (gate)
                CommitLocked(group);
        }
        finally
        {
            PendingBatch? leader;
            lock (queueGate)
            {
                leader = queue.Count > 0 ? queue[0] : null;
                led = leader is not null;
                foreach (var batch in group)
                    batch.Done();
                group.Clear();
            }
            leader?.TakeLead();
        }
    }

    void CommitLocked(List<PendingBatch> group)
    {
        var before = recent.Count;
        try
        {
            if (before >= 4L * settings.SealRows)
                SealLocked(null);
            var floor = state.Manifest.Floor;
            foreach (var batch in group)
                batch.Judge(this, floor);
            CommitLog(before);
            state = state with { Recent = recent.Publish() };
        }
        catch (Exception broken)
        {
            if (recent.Count > before)
                recent = recent.Without(before);
            log?.Discard();
            foreach (var batch in group)
                batch.Fail(new StoreCannotWrite(broken is IOException ? broken.Message : "the writer is broken"));
            if (broken is not IOException)
                throw;
            return;
        }
        if (recent.Count >= settings.SealRows)
            TrySeal();
    }

    void TrySeal()
    {
        try
        {
            SealLocked(null);
        }
        catch (IOException)
        {
            // What was acknowledged is in the log; the next batches try again, and wait for room in memory at four times the size.
        }
    }

    void CommitLog(int before)
    {
        var visitors = Visitors.Count;
        var places = Places.Count;
        var rows = recent.Count - before;
        if (rows == 0 && visitors == loggedVisitors && places == loggedPlaces)
            return;
        if (log is null || log.Broken)
            RollLog();
        if (visitors > loggedVisitors)
            log!.AddIds(IdKind.Visitor, loggedVisitors, visitors - loggedVisitors, Visitors.Encode(loggedVisitors, visitors));
        if (places > loggedPlaces)
            log!.AddIds(IdKind.Place, loggedPlaces, places - loggedPlaces, Places.Encode(loggedPlaces, places));
        if (rows > 0)
        {
            var target = log!.AddVisits(rows);
            for (var i = 0; i < rows; i++)
                LogWriter.WriteVisit(target, i, recent[before + i]);
        }
        log!.Commit();
        loggedVisitors = visitors;
        loggedPlaces = places;
    }

    void RollLog()
    {
        log?.Dispose();
        log = null;
        log = new LogWriter(files, Folder, next++);
    }

    /// <summary>True where the visit is new; then it is added to the recent ones, and what it outranks is hidden.</summary>
    internal bool Take(in Visit visit, long floor)
    {
        if (Judgement.Of(visit, floor) is not null)
            return false;
        for (var same = recent.SameStaysAs(visit); same.Next(out var stored);)
            if (stored == visit || stored.Outranks(visit))
                return false;
        foreach (var segment in state.Set.Segments)
            if (segment.Day == visit.Day && HasInSegment(segment, visit, hides: false))
                return false;
        for (var same = recent.SameStaysAs(visit); same.Next(out var stored);)
            if (visit.Outranks(stored))
                recent.Hide(stored);
        foreach (var segment in state.Set.Segments)
            if (segment.Day == visit.Day)
                HasInSegment(segment, visit, hides: true);
        recent.Add(visit);
        return true;
    }

    /// <summary>Whether the segment has the visit or a better row of it; or, the second time, hides what the visit outranks.</summary>
    bool HasInSegment(Segments.Segment segment, in Visit visit, bool hides)
    {
        if (segment.FindVisitor(visit.Visitor, out var from, out var to))
            for (var row = from; row < to; row++)
                if (Matches(segment.VisitorRow(visit.Visitor, row).ToVisit(segment.Day), visit, hides))
                    return true;
        if (segment.Header.LongRows > 0)
            foreach (var stay in state.Set.Long.OfVisitor(visit.Visitor))
                if (Matches(stay, visit, hides))
                    return true;
        return false;
    }

    bool Matches(in Visit stored, in Visit visit, bool hides)
    {
        if (!stored.SameStay(visit))
            return false;
        if (hides && visit.Outranks(stored))
            recent.Hide(stored);
        return !hides && (stored == visit || stored.Outranks(visit));
    }
}
