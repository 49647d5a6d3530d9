using System.Globalization;
using System.Text;

namespace Qipan.Engine.Ids;

/// <summary>
/// Numbers outside ids densely from 0 on, in the order in which they are first seen. A number is never given twice, also not
/// after its id was erased. Its files are read at the first use. Safe for all threads; a lookup of a small number takes no lock.
/// </summary>
public sealed partial class IdBook
{
    const int LargestDirect = 1 << 24;

    readonly Lock gate = new();
    readonly Dictionary<long, uint> byNumber = [];
    readonly TextTable byText = new();
    readonly List<Entry> entries = [];
    Action? load;
    uint[] direct = [];

    internal IdBook(IdKind kind) => Kind = kind;

    public IdKind Kind { get; }

    /// <summary>Ids numbered so far, erased ones too.</summary>
    public uint Count
    {
        get
        {
            lock (gate)
                return (uint)Loaded().Count;
        }
    }

    /// <summary>The dense id, or null for one that was never seen or was erased.</summary>
    public uint? Find(string outside) => Find(new OutsideId(Encoding.UTF8.GetBytes(outside)));

    public uint? Find(long outside) => Find(new OutsideId(outside));

    /// <summary>The dense id; a new one where there was none. It lasts with the first visit that uses it.</summary>
    public uint Number(string outside) => Number(new OutsideId(Encoding.UTF8.GetBytes(outside)));

    public uint Number(long outside)
    {
        var small = direct;
        if ((ulong)outside < (ulong)small.Length && small[outside] is var found and not 0)
            return found - 1;
        return Number(new OutsideId(outside));
    }

    /// <summary>The id as the outside knows it; null where it was erased or never given.</summary>
    public string? Outside(uint dense)
    {
        lock (gate)
        {
            var all = Loaded();
            if (dense >= all.Count)
                return null;
            var entry = all[(int)dense];
            return entry.State switch
            {
                EntryState.Number => entry.Number.ToString(CultureInfo.InvariantCulture),
                EntryState.Text => Encoding.UTF8.GetString(byText.TextOf(entry.Number)),
                _ => null,
            };
        }
    }

    internal uint? Find(OutsideId id)
    {
        lock (gate)
        {
            Loaded();
            return FindLocked(id, out var dense) ? dense : null;
        }
    }

    internal uint Number(OutsideId id)
    {
        lock (gate)
        {
            Loaded();
            return FindLocked(id, out var dense) ? dense : Add(id);
        }
    }

    /// <summary>What the files hold is read by <paramref name="from"/> when it is first needed.</summary>
    internal void LoadLater(Action from) => load = from;

    bool FindLocked(OutsideId id, out uint dense)
    {
        if (id.IsText)
            return byText.Find(id.Text, out dense);
        if ((ulong)id.Number < LargestDirect)
        {
            var small = direct;
            dense = id.Number < small.Length ? small[id.Number] - 1 : uint.MaxValue;
            return dense != uint.MaxValue;
        }
        return byNumber.TryGetValue(id.Number, out dense);
    }

    uint Add(OutsideId id)
    {
        var dense = (uint)entries.Count;
        if (dense >= Visit.IdLimit)
            throw new InvalidOperationException("The store numbers at most 2,147,483,648 ids of a kind.");
        if (id.IsText)
            entries.Add(new Entry(EntryState.Text, byText.Add(id.Text, dense)));
        else
            AddNumber(id.Number, dense);
        return dense;
    }

    void AddNumber(long number, uint dense)
    {
        entries.Add(default);
        SetNumber(number, dense);
    }

    void SetNumber(long number, uint dense)
    {
        entries[(int)dense] = new Entry(EntryState.Number, number);
        if ((ulong)number >= LargestDirect)
        {
            byNumber.Add(number, dense);
            return;
        }
        if (number >= direct.Length)
        {
            var larger = new uint[Math.Min(LargestDirect, Math.Max(1024, 2 * (int)(number + 1)))];
            direct.CopyTo(larger, 0);
            direct = larger;
        }
        direct[number] = dense + 1;
    }

    List<Entry> Loaded()
    {
        if (load is { } now)
        {
            load = null;
            try
            {
                now();
            }
            catch
            {
                // Half a book would number known ids anew: the next use reads it again, and skips what it has.
                load = now;
                throw;
            }
        }
        return entries;
    }

    enum EntryState : byte
    {
        Erased = 0,
        Number = 1,
        Text = 2,
    }

    /// <param name="Number">The number, or where the text stands.</param>
    readonly record struct Entry(EntryState State, long Number);
}
