namespace Qipan.Cases;

/// <summary>
/// The transmission graph of some cases 传播链: components, heads, generations, offspring, circles. Pure: made of indices once, then every
/// question walks arrays. Immutable and safe for all threads.
/// </summary>
public sealed class Chains
{
    readonly int[] firstNext;
    readonly int[] next;
    readonly int[] degreeIn;

    /// <param name="cases">How many cases there are; they are named 0 to this.</param>
    /// <param name="links">From whom to whom. A link to itself is left out and counted; the same link twice counts once.</param>
    public Chains(int cases, IEnumerable<(int From, int To)> links)
    {
        var all = links.ToHashSet();
        SelfLinks = all.RemoveWhere(l => l.From == l.To);
        Count = cases;
        Links = all.Count;
        firstNext = new int[cases + 1];
        degreeIn = new int[cases];
        foreach (var (from, to) in all)
        {
            firstNext[from + 1]++;
            degreeIn[to]++;
        }
        for (var i = 0; i < cases; i++)
            firstNext[i + 1] += firstNext[i];
        next = new int[all.Count];
        var filled = firstNext.ToArray();
        foreach (var (from, to) in all.Order())
            next[filled[from]++] = to;
        Component = Components(out var components);
        ComponentCount = components;
        (Generation, Circles) = Generations();
    }

    public int Count { get; }

    /// <summary>Different links, without those of a case to itself.</summary>
    public int Links { get; }

    public int SelfLinks { get; }

    /// <summary>The chain that each case belongs to, 0 to <see cref="ComponentCount"/>; a case without links is a chain of one.</summary>
    public IReadOnlyList<int> Component { get; }

    public int ComponentCount { get; }

    /// <summary>Steps from the head by the longest way; -1 for a case in or behind a circle, which has no generation.</summary>
    public IReadOnlyList<int> Generation { get; }

    /// <summary>The circles, each as its cases in the order of the links; empty when all is well.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Circles { get; }

    /// <summary>The cases that this one passed it on to.</summary>
    public ReadOnlySpan<int> Next(int one) => next.AsSpan(firstNext[one], firstNext[one + 1] - firstNext[one]);

    /// <summary>How many it passed it on to 续发数.</summary>
    public int Offspring(int one) => firstNext[one + 1] - firstNext[one];

    /// <summary>How many links lead to it; 0 is a head 源头.</summary>
    public int Sources(int one) => degreeIn[one];

    /// <summary>Cases that no link leads to.</summary>
    public IEnumerable<int> Heads => Enumerable.Range(0, Count).Where(i => degreeIn[i] == 0);

    /// <summary>The sizes of the chains, the largest first.</summary>
    public IReadOnlyList<int> Sizes() => [.. Component.GroupBy(c => c).Select(c => c.Count()).OrderDescending()];

    int[] Components(out int count)
    {
        var above = Enumerable.Range(0, Count).ToArray();
        int Root(int i)
        {
            while (above[i] != i)
                i = above[i] = above[above[i]];
            return i;
        }
        for (var from = 0; from < Count; from++)
            foreach (var to in Next(from))
            {
                var (a, b) = (Root(from), Root(to));
                above[Math.Max(a, b)] = Math.Min(a, b);
            }
        var names = new Dictionary<int, int>();
        var component = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            var root = Root(i);
            if (!names.TryGetValue(root, out var name))
                names[root] = name = names.Count;
            component[i] = name;
        }
        count = names.Count;
        return component;
    }

    /// <summary>Takes heads away until none is left; what stays is in circles or behind them.</summary>
    (int[] Generation, List<IReadOnlyList<int>> Circles) Generations()
    {
        var waiting = degreeIn.ToArray();
        var generation = new int[Count];
        var open = new Queue<int>(Heads);
        var taken = 0;
        while (open.TryDequeue(out var at))
        {
            taken++;
            foreach (var to in Next(at))
            {
                generation[to] = Math.Max(generation[to], generation[at] + 1);
                if (--waiting[to] == 0)
                    open.Enqueue(to);
            }
        }
        if (taken == Count)
            return (generation, []);
        for (var i = 0; i < Count; i++)
            if (waiting[i] > 0)
                generation[i] = -1;
        return (generation, CirclesAmong(waiting));
    }

    /// <summary>One circle for each group of cases that lead to each other.</summary>
    List<IReadOnlyList<int>> CirclesAmong(int[] waiting)
    {
        var circles = new List<IReadOnlyList<int>>();
        var state = new byte[Count];
        for (var start = 0; start < Count; start++)
        {
            if (waiting[start] == 0 || state[start] != 0)
                continue;
            var path = new List<(int At, int Turn)> { (start, 0) };
            state[start] = 1;
            while (path.Count > 0)
            {
                var (at, turn) = path[^1];
                var ways = Next(at);
                if (turn == ways.Length)
                {
                    state[at] = 2;
                    path.RemoveAt(path.Count - 1);
                    continue;
                }
                path[^1] = (at, turn + 1);
                var to = ways[turn];
                if (state[to] == 1)
                    circles.Add([.. path.Skip(path.FindIndex(p => p.At == to)).Select(p => p.At)]);
                else if (state[to] == 0 && waiting[to] > 0)
                {
                    state[to] = 1;
                    path.Add((to, 0));
                }
            }
        }
        return circles;
    }
}
