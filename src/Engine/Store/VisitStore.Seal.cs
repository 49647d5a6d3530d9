using System.Collections.Concurrent;
using Qipan.Engine.Ids;
using Qipan.Engine.Segments;
using Qipan.Engine.Store;

namespace Qipan.Engine;

public sealed partial class VisitStore
{
    /// <summary>Puts what waits in the log into segments. Appending does it by itself when enough waits.</summary>
    public void Seal()
    {
        lock (gate)
            if (recent.Count > 0 || HasUnsavedIds())
                SealLocked(null);
    }

    /// <summary>Merges the segments of every day that has more than one.</summary>
    public void Compact()
    {
        lock (gate)
        {
            if (recent.Count > 0)
                SealLocked(null);
            var days = state.Manifest.Segments.GroupBy(s => s.Day).Where(d => d.Count() > 1).Select(d => d.Key).ToHashSet();
            if (days.Count > 0)
                Rewrite([], days, state.Manifest.Floor, null);
        }
    }

    bool HasUnsavedIds() =>
        Visitors.Count > Persisted(state.Manifest, IdKind.Visitor) || Places.Count > Persisted(state.Manifest, IdKind.Place);

    /// <summary>
    /// Seals the recent visits together with those of a load, if one is given. After a failure everything is as before, and in
    /// the log; what a load gave is gone.
    /// </summary>
    LoadReceipt SealLocked(Dictionary<int, DayRows>? load)
    {
        // Appends go to a new log first: should the swap of the manifest fail half-way, both states find all logs they need.
        RollLog();
        var days = load ?? [];
        var hidden = recent.Hidden.Select(row => row.Day).ToHashSet();
        foreach (var row in state.Recent.Rows)
            RowsOf(days, row.Day).Add(row);
        var inSegments = state.Manifest.Segments.GroupBy(s => s.Day).ToDictionary(d => d.Key, d => d.Count());
        var merged = days.Keys
            .Where(day => inSegments.TryGetValue(day, out var count)
                && (load is not null || hidden.Contains(day) || count >= settings.SegmentsPerDay))
            .ToHashSet();
        return Rewrite(days, merged, state.Manifest.Floor, null);
    }

    static DayRows RowsOf(Dictionary<int, DayRows> days, int day)
    {
        if (!days.TryGetValue(day, out var rows))
            days.Add(day, rows = new DayRows(day));
        return rows;
    }

    /// <summary>
    /// Writes a segment for each day of <paramref name="days"/>, into which the segments of the days in
    /// <paramref name="merged"/> go, saves new ids and swaps the manifest; then the recent visits are those in the new log.
    /// </summary>
    LoadReceipt Rewrite(Dictionary<int, DayRows> days, HashSet<int> merged, long floor, HashSet<uint>? forgotten)
    {
        foreach (var day in merged)
            RowsOf(days, day);
        var old = state.Set.Shared;
        var replaced = old.Where(s => merged.Contains(s.Entry.Day) || s.Entry.Day < floor / Seconds.PerDay).ToList();
        var before = replaced.Where(s => merged.Contains(s.Entry.Day)).Sum(s => s.Entry.Rows);
        var waited = state.Recent.Count;
        var built = new ConcurrentBag<(SegmentEntry? Entry, BuiltSegment Result)>();
        var made = new ConcurrentBag<string>();
        var work = days.Values.Select(rows => (Rows: rows, Name: $"seg-{next++:D6}.seg")).ToList();
        Manifest manifest;
        try
        {
            Parallel.ForEach(work, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, item =>
            {
                using var rows = item.Rows;
                foreach (var segment in replaced.Where(s => s.Entry.Day == rows.Day && merged.Contains(rows.Day)))
                    segment.Segment.CopyTo(rows, forgotten is null ? null : visitor => !forgotten.Contains(visitor));
                made.Add(item.Name);
                var result = SegmentBuilder.Build(files, Path.Combine(Folder, item.Name), rows);
                var entry = result.Rows == 0 ? null : new SegmentEntry(rows.Day, item.Name, result.Bytes, result.Rows);
                built.Add((entry, result));
            });
            var ids = SaveIds(made, anew: forgotten is not null);
            var kept = old.Except(replaced).Select(s => s.Entry);
            manifest = new Manifest(
                state.Manifest.Sequence + 1, next, log?.Number ?? next, floor, ids,
                [.. kept.Concat(built.Select(b => b.Entry).OfType<SegmentEntry>()).OrderBy(s => s.Day).ThenBy(s => s.Name, StringComparer.Ordinal)]);
        }
        catch (Exception broken)
        {
            foreach (var name in made)
                DeleteQuietly(name);
            if (broken is AggregateException { InnerException: { } inner })
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
        manifest.Save(files, Folder);
        Swap(manifest, replaced);
        var results = built.Select(b => b.Result).ToList();
        return new LoadReceipt(
            results.Sum(r => r.Rows + r.Outranked) - before - waited, results.Sum(r => r.Had), 0, results.Sum(r => r.Outranked));
    }

    void Swap(Manifest manifest, List<SharedSegment> replaced)
    {
        var old = state;
        var there = old.Set.Shared.Except(replaced).ToDictionary(s => s.Entry.Name, StringComparer.Ordinal);
        var set = new SegmentSet([.. manifest.Segments.Select(entry => there.GetValueOrDefault(entry.Name) ?? OpenSegment(entry))]);
        recent = new RecentVisits();
        Volatile.Write(ref state, new StoreState(set, recent.Publish(), manifest));
        old.Set.Release();
        foreach (var segment in replaced)
            DeleteQuietly(segment.Entry.Name);
        foreach (var ids in old.Manifest.Ids.Except(manifest.Ids))
            DeleteQuietly(ids.Name);
        foreach (var path in files.List(Folder).Where(path => LogFormat.NumberOf(path) < manifest.FirstLog).ToList())
            DeleteQuietly(Path.GetFileName(path));
    }

    /// <summary>The id files of the next manifest: those there are and one with what is new, or one with everything.</summary>
    List<IdsEntry> SaveIds(ConcurrentBag<string> made, bool anew)
    {
        const int mostFiles = 8;
        var entries = new List<IdsEntry>();
        foreach (var book in (IdBook[])[Visitors, Places])
        {
            var here = state.Manifest.Ids.Where(ids => ids.Kind == book.Kind).ToList();
            var saved = Persisted(state.Manifest, book.Kind);
            var all = anew || (here.Count >= mostFiles && book.Count > saved);
            if (!all)
                entries.AddRange(here);
            if (book.Count == (all ? 0 : saved))
                continue;
            var first = all ? 0 : saved;
            var name = $"ids-{next++:D6}.ids";
            made.Add(name);
            var (count, bytes) = book.Save(files, Path.Combine(Folder, name), first);
            entries.Add(new IdsEntry(book.Kind, first, count, name, bytes));
        }
        return entries;
    }

    void DeleteQuietly(string name)
    {
        try
        {
            files.Delete(Path.Combine(Folder, name));
        }
        catch (IOException)
        {
            // Nothing names the file any more; the next open for writing removes it.
        }
    }
}
