using System.Reflection;
using Qipan.Kernel;
using Xunit;

namespace Qipan.Architecture;

/// <summary>Every pair of states of every table: what stands in it is allowed, everything else is refused by name.</summary>
public sealed class StateTableTests
{
    /// <summary>Every static table of the program, however it is kept.</summary>
    public static IReadOnlyList<IStateTable> All { get; } = [.. Tree.Assemblies.SelectMany(a => a.GetTypes())
        .Where(t => !t.ContainsGenericParameters)
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(f => typeof(IStateTable).IsAssignableFrom(f.FieldType))
        .Select(f => (IStateTable)f.GetValue(null)!)
        .OrderBy(t => t.Thing, StringComparer.Ordinal)];

    public static TheoryData<string> Things => [.. All.Select(t => t.Thing)];

    [Fact]
    public void The_tables_are_found_and_each_thing_has_one()
    {
        Assert.Contains("duty", All.Select(t => t.Thing));
        Assert.Equal(All.Count, All.Select(t => t.Thing).Distinct().Count());
    }

    [Theory, MemberData(nameof(Things))]
    public void Every_pair_of_states_is_allowed_by_the_table_or_refused_with_both_names(string thing)
    {
        var table = All.Single(t => t.Thing == thing);
        var pairs = (int)typeof(StateTableTests).GetMethod(nameof(Walk), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(table.State).Invoke(null, [table])!;
        Assert.Equal(Enum.GetValues(table.State).Length * Enum.GetValues(table.State).Length, pairs);
    }

    [Theory, MemberData(nameof(Things))]
    public void Every_state_is_reached_or_is_where_a_thing_begins(string thing)
    {
        var table = All.Single(t => t.Thing == thing);
        var named = table.Transitions.SelectMany(t => new[] { t.From, t.To }).ToHashSet();
        Assert.Empty(Enum.GetNames(table.State).Except(named));
    }

    static int Walk<TState>(StateTable<TState> table)
        where TState : struct, Enum
    {
        var allowed = table.Transitions.ToHashSet();
        var pairs = 0;
        foreach (var from in Enum.GetValues<TState>())
        {
            foreach (var to in Enum.GetValues<TState>())
            {
                pairs++;
                var stands = allowed.Contains((from.ToString(), to.ToString()));
                Assert.Equal(stands, table.Allows(from, to));
                var moved = table.Move(from, to);
                Assert.Equal(stands, moved.Ok);
                if (stands)
                {
                    Assert.Equal(to, moved.Value);
                    continue;
                }
                var refusal = Assert.IsType<StateForbids>(moved.Refusal);
                Assert.Equal(("state_forbids", RefusalKind.Conflict, from.ToString(), to.ToString()), (refusal.Code, refusal.Kind, refusal.From, refusal.To));
                Assert.Contains(table.Thing, refusal.Sentence);
                Assert.Contains(from.ToString(), refusal.Chinese);
            }
        }
        return pairs;
    }
}
