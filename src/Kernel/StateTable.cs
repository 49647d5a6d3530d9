using System.Collections;

namespace Qipan.Kernel;

/// <summary>
/// The allowed transitions of one kind of thing, written once as data. What is not in the table is refused, staying in the same
/// state included. Filled by a collection initializer and not changed afterwards; then safe for all threads.
/// </summary>
public sealed class StateTable<TState>(string thing, string chineseThing) : IStateTable, IEnumerable<(TState From, TState To)>
    where TState : struct, Enum
{
    readonly HashSet<(TState From, TState To)> allowed = [];

    /// <summary>What moves, as the refusal names it: "tube".</summary>
    public string Thing => thing;

    public Type State => typeof(TState);

    public IEnumerable<(string From, string To)> Transitions => allowed.Select(t => (t.From.ToString(), t.To.ToString()));

    /// <summary>Allows the way from <paramref name="from"/> to each of <paramref name="to"/>.</summary>
    public void Add(TState from, params ReadOnlySpan<TState> to)
    {
        foreach (var state in to)
            if (!allowed.Add((from, state)))
                throw new ArgumentException($"{thing}: {from} to {state} stands in the table twice.", nameof(to));
    }

    public bool Allows(TState from, TState to) => allowed.Contains((from, to));

    /// <summary>The new state, or a refusal that names both states.</summary>
    public Outcome<TState> Move(TState from, TState to) =>
        Allows(from, to) ? to : new StateForbids(thing, chineseThing, from.ToString(), to.ToString());

    public IEnumerator<(TState From, TState To)> GetEnumerator() => allowed.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A state table of any state type; the tests walk all of them and the docs draw them.</summary>
public interface IStateTable
{
    string Thing { get; }

    Type State { get; }

    IEnumerable<(string From, string To)> Transitions { get; }
}

/// <summary>The transition is not in the table.</summary>
public sealed record StateForbids(string Thing, string ChineseThing, string From, string To)
    : Refusal("state_forbids", RefusalKind.Conflict,
        $"This {Thing} is {From} and cannot become {To}.", $"该{ChineseThing}处于{From}状态，不能变为{To}。");
