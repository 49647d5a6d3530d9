using System.Collections.Concurrent;

namespace Qipan.Engine.Store;

/// <summary>
/// Visits that are in the log and not yet in a segment, chained by place and by visitor. One thread adds; readers hold a
/// <see cref="RecentView"/>, which never changes: they skip what came after it.
/// </summary>
sealed class RecentVisits
{
    readonly ConcurrentDictionary<Visit, int> hiddenBy = new();
    Visit[] rows = new Visit[1024];

    // A reader takes the last position first and the links after it: a link is there before a position that leads to it.
    volatile int[] nextOfPlace = new int[1024];
    volatile int[] nextOfVisitor = new int[1024];
    volatile int[] lastOfPlace = [];
    volatile int[] lastOfVisitor = [];

    /// <summary>Rows added, published or not.</summary>
    public int Count { get; private set; }

    /// <summary>Stored rows that one of these rows outranks, where they are.</summary>
    public IEnumerable<Visit> Hidden => hiddenBy.Keys;

    public Visit this[int i] => rows[i];

    public void Add(in Visit visit)
    {
        if (Count == rows.Length)
        {
            Array.Resize(ref rows, 2 * rows.Length);
            nextOfPlace = Longer(nextOfPlace, rows.Length);
            nextOfVisitor = Longer(nextOfVisitor, rows.Length);
        }
        if (visit.Place >= lastOfPlace.Length)
            lastOfPlace = Longer(lastOfPlace, RoomFor(visit.Place));
        if (visit.Visitor >= lastOfVisitor.Length)
            lastOfVisitor = Longer(lastOfVisitor, RoomFor(visit.Visitor));
        rows[Count] = visit;
        nextOfPlace[Count] = lastOfPlace[visit.Place];
        nextOfVisitor[Count] = lastOfVisitor[visit.Visitor];
        Count++;
        Volatile.Write(ref lastOfPlace[visit.Place], Count);
        Volatile.Write(ref lastOfVisitor[visit.Visitor], Count);
    }

    /// <summary>The stored row is outranked by the row that is added next.</summary>
    public void Hide(in Visit outranked) => hiddenBy.TryAdd(outranked, Count);

    /// <summary>What was added stays.</summary>
    public RecentView Publish() => new(this, rows, Count, (uint)lastOfVisitor.Length, (uint)lastOfPlace.Length);

    /// <summary>
    /// The first rows anew, without those that were added since. Readers keep the old chains, which do not change any more.
    /// </summary>
    public RecentVisits Without(int count)
    {
        var copy = new RecentVisits();
        for (var i = 0; i < count; i++)
            copy.Add(rows[i]);
        foreach (var (row, by) in hiddenBy)
            if (by < count)
                copy.hiddenBy.TryAdd(row, by);
        return copy;
    }

    /// <summary>Rows of the same stay, also those not yet published.</summary>
    public SameStays SameStaysAs(in Visit visit) => new(this, visit);

    static int[] Longer(int[] links, int length)
    {
        Array.Resize(ref links, length);
        return links;
    }

    static int RoomFor(uint id) => (int)Math.Min(Array.MaxLength, Math.Max(1024L, 2L * (id + 1)));

    internal int Before(bool ofPlace, int position) => (ofPlace ? nextOfPlace : nextOfVisitor)[position - 1];

    internal bool Hides(in Visit row, int count) => !hiddenBy.IsEmpty && hiddenBy.TryGetValue(row, out var by) && by < count;

    internal int Last(bool ofPlace, uint id, int count)
    {
        var heads = ofPlace ? lastOfPlace : lastOfVisitor;
        var position = id < heads.Length ? Volatile.Read(ref heads[id]) : 0;
        var next = ofPlace ? nextOfPlace : nextOfVisitor;
        while (position > count)
            position = next[position - 1];
        return position;
    }

    /// <summary>Walks a visitor's chain without allocating.</summary>
    public struct SameStays(RecentVisits recent, Visit visit)
    {
        int next = visit.Visitor < recent.lastOfVisitor.Length ? recent.lastOfVisitor[visit.Visitor] : 0;

        public bool Next(out Visit same)
        {
            while (next != 0)
            {
                same = recent.rows[next - 1];
                next = recent.nextOfVisitor[next - 1];
                if (same.SameStay(visit))
                    return true;
            }
            same = default;
            return false;
        }
    }
}

/// <summary>The recent visits as they were when published. Safe for all threads.</summary>
sealed class RecentView(RecentVisits owner, Visit[] rows, int count, uint visitorLimit, uint placeLimit)
{
    public uint VisitorLimit => visitorLimit;

    public uint PlaceLimit => placeLimit;

    public static RecentView Empty { get; } = new RecentVisits().Publish();

    public int Count => count;

    public ReadOnlySpan<Visit> Rows => rows.AsSpan(0, count);

    /// <summary>The row at a position that the chains give: 1 is the first row.</summary>
    public ref readonly Visit At(int position) => ref rows[position - 1];

    /// <summary>Rows that a later one tells better; some of them may be hidden only later than this view.</summary>
    public IEnumerable<Visit> HiddenRows => owner.Hidden;

    /// <summary>True where a later row tells the same stay better. Only rows without an explicit leave need to ask.</summary>
    public bool Hides(in Visit row) => owner.Hides(row, count);

    /// <summary>Position of the newest row of a place; 0 where there is none.</summary>
    public int LastOfPlace(uint place) => count == 0 ? 0 : owner.Last(true, place, count);

    /// <summary>Position of the row of the same place before this one; 0 at the end.</summary>
    public int BeforeInPlace(int position) => owner.Before(true, position);

    public int LastOfVisitor(uint visitor) => count == 0 ? 0 : owner.Last(false, visitor, count);

    public int BeforeOfVisitor(int position) => owner.Before(false, position);
}
