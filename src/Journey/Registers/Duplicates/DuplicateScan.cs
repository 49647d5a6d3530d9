using System.Collections.Concurrent;

namespace Qipan.Registers;

/// <summary>
/// Compares within blocks: the same day of birth, the same phone, the same household, the same name where the day is not known, the same document. On
/// all cores. Pure but for its own lists.
/// </summary>
sealed class DuplicateScan(PersonTable table, double least)
{
    /// <summary>Up to so many of one day are compared each with each; above, only those whose names agree but for one syllable.</summary>
    const int EachWithEach = 400;

    /// <summary>A block of names that are alike; above, only equal ones are compared.</summary>
    const int MostAlike = 300;

    const int MostInHousehold = 40;

    readonly ConcurrentQueue<List<(long Pair, PairEvidence Evidence)>> parts = new();

    /// <summary>The pairs, with all evidence that any block found.</summary>
    public Dictionary<long, PairEvidence> Run(Action<string, double> progress)
    {
        progress("births", 0);
        var byBirth = Sorted(i => table.Births[i] % 10_000 == 0 ? 0 : table.Births[i]);
        Blocks(byBirth, i => table.Births[i], OfDay);
        progress("households", 0.5);
        Blocks(Sorted(i => table.Households[i]), i => table.Households[i], (members, found) => Each(members, found, PairEvidence.None, MostInHousehold));
        progress("names", 0.7);
        Blocks(Sorted(i => table.Births[i] % 10_000 == 0 ? table.Names[i] + 1 : 0), i => table.Names[i] + 1,
            (members, found) => Each(members, found, PairEvidence.None, MostAlike));
        progress("phones", 0.8);
        Parallel.ForEach(Partitioner.Create(0, Math.Max(1, table.Phones.Count)), range => Collect(found =>
        {
            for (var at = range.Item1; at < Math.Min(range.Item2, table.Phones.Count); at++)
                Each(table.Phones[at], found, PairEvidence.Phone, int.MaxValue);
        }));
        Collect(found =>
        {
            foreach (var (a, b, what) in table.Documents)
                Consider(a, b, what, found);
        });
        var all = new Dictionary<long, PairEvidence>();
        foreach (var (pair, evidence) in parts.SelectMany(p => p))
            all[pair] = all.GetValueOrDefault(pair) | evidence;
        progress("done", 1);
        return all;
    }

    public static long Key(int a, int b) => a < b ? ((long)a << 32) | (uint)b : ((long)b << 32) | (uint)a;

    /// <summary>Those whose key is not 0, in its order.</summary>
    int[] Sorted(Func<int, int> key)
    {
        var (keys, places) = (new List<int>(), new List<int>());
        for (var i = 0; i < table.Ids.Count; i++)
            if (key(i) is not 0 and var k)
            {
                keys.Add(k);
                places.Add(i);
            }
        var (sortedKeys, sorted) = (keys.ToArray(), places.ToArray());
        Array.Sort(sortedKeys, sorted);
        return sorted;
    }

    void Blocks(int[] sorted, Func<int, int> key, Action<int[], List<(long, PairEvidence)>> compare)
    {
        var starts = new List<int>();
        for (var i = 0; i < sorted.Length; i++)
            if (i == 0 || key(sorted[i]) != key(sorted[i - 1]))
                starts.Add(i);
        if (starts.Count == 0)
            return;
        Parallel.ForEach(Partitioner.Create(0, starts.Count), range => Collect(found =>
        {
            for (var at = range.Item1; at < range.Item2; at++)
            {
                var end = at + 1 < starts.Count ? starts[at + 1] : sorted.Length;
                if (end - starts[at] > 1)
                    compare(sorted[starts[at]..end], found);
            }
        }));
    }

    void Collect(Action<List<(long, PairEvidence)>> work)
    {
        var found = new List<(long, PairEvidence)>();
        work(found);
        if (found.Count > 0)
            parts.Enqueue(found);
    }

    void OfDay(int[] members, List<(long, PairEvidence)> found)
    {
        if (members.Length <= EachWithEach)
        {
            Each(members, found, PairEvidence.None, EachWithEach);
            return;
        }
        // A day that many lists write when they know none: by name first, then by names with one syllable blank.
        Alike(members, i => (ulong)(uint)table.Names[i] + 1, int.MaxValue, found);
        Alike(members, i => table.Forms[Math.Max(0, table.Names[i])].Lanes, MostAlike, found);
        for (var lane = 0; lane < 4; lane++)
        {
            var blank = lane;
            Alike(members, i => table.Forms[Math.Max(0, table.Names[i])].Blank(blank), MostAlike, found);
        }
    }

    void Alike(int[] members, Func<int, ulong> form, int most, List<(long, PairEvidence)> found)
    {
        var keys = Array.ConvertAll(members, i => form(i));
        var sorted = (int[])members.Clone();
        Array.Sort(keys, sorted);
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && keys[to] == keys[from])
                to++;
            if (keys[from] != 0 && to - from > 1 && to - from <= most)
                Each(sorted[from..to], found, PairEvidence.None, most);
            from = to;
        }
    }

    void Each(int[] members, List<(long, PairEvidence)> found, PairEvidence known, int most)
    {
        if (members.Length > most)
            return;
        for (var i = 0; i < members.Length; i++)
            for (var j = i + 1; j < members.Length; j++)
                Consider(members[i], members[j], known, found);
    }

    void Consider(int a, int b, PairEvidence known, List<(long, PairEvidence)> found)
    {
        var (nameA, nameB) = (table.Names[a], table.Names[b]);
        var name = nameA < 0 || nameB < 0 ? PairEvidence.None : nameA == nameB ? PairEvidence.SameName : table.Forms[nameA].Likeness(table.Forms[nameB]);
        if (name == PairEvidence.None && (known & PairScore.Identity) == PairEvidence.None)
            return;
        var evidence = known | name | Birth(table.Births[a], table.Births[b]);
        if (table.Households[a] != 0 && table.Households[a] == table.Households[b])
            evidence |= PairEvidence.Household;
        if (table.Residences[a] == table.Residences[b])
            evidence |= PairEvidence.Residence;
        if (table.Sexes[a] is 1 or 2 && table.Sexes[b] is 1 or 2 && table.Sexes[a] != table.Sexes[b])
            evidence |= PairEvidence.OtherSex;
        if (PairScore.Of(evidence) >= least)
            found.Add((Key(a, b), evidence));
    }

    public static PairEvidence Birth(int a, int b)
    {
        if (a == 0 || b == 0)
            return PairEvidence.None;
        if (a % 10_000 == 0 || b % 10_000 == 0)
            return a / 10_000 == b / 10_000 ? PairEvidence.SameYear : PairEvidence.None;
        if (a == b)
            return PairEvidence.SameBirth;
        if (a / 10_000 == b / 10_000 && a / 100 % 100 == b % 100 && b / 100 % 100 == a % 100)
            return PairEvidence.NearBirth;
        var differing = 0;
        for (var (x, y) = (a, b); x > 0 || y > 0; (x, y) = (x / 10, y / 10))
            differing += x % 10 == y % 10 ? 0 : 1;
        return differing == 1 ? PairEvidence.NearBirth : PairEvidence.None;
    }
}
