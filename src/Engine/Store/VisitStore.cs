using Qipan.Engine.Files;
using Qipan.Engine.Ids;
using Qipan.Engine.Segments;
using Qipan.Engine.Store;
using Qipan.Kernel;

namespace Qipan.Engine;

/// <summary>
/// Visits of many people in one folder: appended durably, sealed into day segments, asked through <see cref="Read"/>. One
/// process writes, any number read. Safe for all threads. The same visit given again is had already and changes nothing.
/// </summary>
public sealed partial class VisitStore : IDisposable
{
    const string LockName = "lock";

    readonly FileLayer files;
    readonly VisitStoreSettings settings;
    readonly FileStream? lockFile;
    readonly Lock gate = new();
    StoreState state;
    RecentVisits recent = new();
    LogWriter? log;
    long next;
    uint loggedVisitors;
    uint loggedPlaces;

    VisitStore(string folder, FileLayer files, VisitStoreSettings settings, FileStream? lockFile, Manifest manifest)
    {
        Folder = folder;
        this.files = files;
        this.settings = settings;
        this.lockFile = lockFile;
        next = manifest.Next;
        state = new StoreState(new SegmentSet([]), RecentView.Empty, manifest);
        LoadIdsLater(Visitors, manifest);
        LoadIdsLater(Places, manifest);
        try
        {
            var old = state.Set;
            state = state with { Set = new SegmentSet([.. manifest.Segments.Select(OpenSegment)]) };
            old.Release();
            Replay(manifest);
        }
        catch
        {
            state.Set.Release();
            throw;
        }
    }

    public string Folder { get; }

    /// <summary>Outside ids of visitors.</summary>
    public IdBook Visitors { get; } = new(IdKind.Visitor);

    /// <summary>Outside ids of places.</summary>
    public IdBook Places { get; } = new(IdKind.Place);

    /// <summary>Visits that began before this instant are not kept (Unix seconds).</summary>
    public long Floor => Volatile.Read(ref state).Manifest.Floor;

    /// <summary>The store of the folder, created where there is none. Refused while someone else writes to it.</summary>
    public static Outcome<VisitStore> OpenForWriting(string folder, VisitStoreSettings? settings = null) =>
        OpenForWriting(folder, settings ?? new VisitStoreSettings(), DiskFiles.Instance);

    /// <summary>
    /// The store as it is now, also while another process writes to it: it does not see what is appended there later.
    /// </summary>
    public static Outcome<VisitStore> OpenForReading(string folder) => OpenForReading(folder, DiskFiles.Instance);

    internal static Outcome<VisitStore> OpenForWriting(string folder, VisitStoreSettings settings, FileLayer files)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        FileStream ours;
        try
        {
            ours = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return new StoreInUse(folder);
        }
        try
        {
            if (!File.Exists(Path.Combine(folder, Manifest.FileName)))
                Manifest.Empty.Save(files, folder);
            var manifest = Manifest.Load(files, folder);
            var store = new VisitStore(folder, files, settings, ours, manifest);
            store.DeleteStrangers();
            return store;
        }
        catch
        {
            ours.Dispose();
            throw;
        }
    }

    internal static Outcome<VisitStore> OpenForReading(string folder, FileLayer files)
    {
        folder = Path.GetFullPath(folder);
        for (var attempt = 1; ; attempt++)
        {
            if (!File.Exists(Path.Combine(folder, Manifest.FileName)))
                return new StoreNotThere(folder);
            try
            {
                return new VisitStore(folder, files, new VisitStoreSettings(), null, Manifest.Load(files, folder));
            }
            catch (FileNotFoundException) when (attempt < 8)
            {
                // The writer has swapped the manifest and removed a file meanwhile: the new one names the new files.
            }
        }
    }

    /// <summary>What is stored now, to ask; it does not change. Dispose it soon: it keeps replaced files on the disk.</summary>
    public PresenceView Read()
    {
        while (true)
        {
            var seen = Volatile.Read(ref state);
            if (seen.Set.TryAcquire())
                return new PresenceView(this, seen);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            log?.Dispose();
            log = null;
            lockFile?.Dispose();
            state.Set.Release();
        }
    }

    SharedSegment OpenSegment(SegmentEntry entry)
    {
        var path = Path.Combine(Folder, entry.Name);
        var segment = new Segment(files.Map(path));
        if (segment.FileLength != entry.Bytes || segment.Day != entry.Day || segment.Rows != entry.Rows)
            SegmentCorrupt.Throw(path, 0, "the segment is not the one that the manifest names");
        return new SharedSegment(entry, segment);
    }

    void LoadIdsLater(IdBook book, Manifest manifest)
    {
        var entries = manifest.Ids.Where(ids => ids.Kind == book.Kind).OrderBy(ids => ids.First).ToList();
        if (entries.Count > 0)
            book.LoadLater(() => entries.ForEach(ids => book.Load(files, Path.Combine(Folder, ids.Name))));
    }

    void Replay(Manifest manifest)
    {
        loggedVisitors = Persisted(manifest, IdKind.Visitor);
        loggedPlaces = Persisted(manifest, IdKind.Place);
        var logs = files.List(Folder)
            .Select(path => (Path: path, Number: LogFormat.NumberOf(path)))
            .Where(file => file.Number >= manifest.FirstLog)
            .OrderBy(file => file.Number)
            .ToList();
        foreach (var (path, number) in logs)
        {
            LogReader.Read(files.ReadAll(path), path, visit => Take(visit, manifest.Floor), TakeIds);
            next = Math.Max(next, number!.Value + 1);
        }
        state = state with { Recent = recent.Publish() };
    }

    void TakeIds(IdKind kind, uint first, uint count, ReadOnlySpan<byte> entries, string path, long offset)
    {
        (kind == IdKind.Visitor ? Visitors : Places).Decode(entries, first, count, path, offset);
        if (kind == IdKind.Visitor)
            loggedVisitors = Math.Max(loggedVisitors, first + count);
        else
            loggedPlaces = Math.Max(loggedPlaces, first + count);
    }

    static uint Persisted(Manifest manifest, IdKind kind) => (uint)manifest.Ids.Where(ids => ids.Kind == kind).Sum(ids => ids.Count);

    /// <summary>Removes what a killed process left behind and no manifest names.</summary>
    void DeleteStrangers()
    {
        var named = state.Manifest.Segments.Select(s => s.Name).Concat(state.Manifest.Ids.Select(i => i.Name))
            .Append(Manifest.FileName).Append(LockName).ToHashSet(StringComparer.Ordinal);
        foreach (var path in files.List(Folder).ToList())
            if (!named.Contains(Path.GetFileName(path)) && LogFormat.NumberOf(path) is null)
                files.Delete(path);
            else if (LogFormat.NumberOf(path) < state.Manifest.FirstLog)
                files.Delete(path);
    }
}
