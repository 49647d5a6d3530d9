using System.Text.Json;

namespace Qipan.Sampling;

/// <summary>What the desk must know of a round: its window, its versions of scope, its pools, its deadlines.</summary>
sealed class RoundRules(Round round, IReadOnlyList<(int Version, long At)> versions, IReadOnlyList<(string Area, string Risk)> risks)
{
    readonly Dictionary<string, string> policy = PoolPolicy.Read(round.PoolPolicy);

    public Guid Id { get; } = round.Id.Value;

    public RoundState State => round.State;

    public Strategy Strategy => round.Strategy;

    public string Protocol => round.Protocol;

    public int PooledDueHours => round.PooledDueHours;

    public int SingleDueHours => round.SingleDueHours;

    public int ResampleDueHours => round.ResampleDueHours;

    /// <summary>Takes samples now: published, or under way; after its window what comes is supplement.</summary>
    public bool IsOpen => State is RoundState.Published or RoundState.Sampling or RoundState.SamplingClosed or RoundState.Testing;

    /// <summary>The window is [start, end): a sample at 08:00:00 belongs to the round that begins then (INV-14).</summary>
    public bool InWindow(long at) => at >= round.WindowStart.ToUnixTimeMilliseconds() && at < round.WindowEnd.ToUnixTimeMilliseconds();

    /// <summary>The version of the scope that was in force when the sample was taken (INV-16); the first for a sample before it.</summary>
    public int ScopeVersionAt(long at)
    {
        var version = versions.Count > 0 ? versions[0].Version : 0;
        foreach (var v in versions)
            if (v.At <= at)
                version = v.Version;
        return version;
    }

    /// <summary>The largest pool that the policy allows at the place: the most narrow area's risk decides, without one the default.</summary>
    public TubeKind PoolAt(string place)
    {
        var risk = risks.Where(r => place.StartsWith(r.Area, StringComparison.Ordinal)).OrderByDescending(r => r.Area.Length).Select(r => r.Risk).FirstOrDefault();
        return PoolPolicy.KindOf(risk is not null && policy.TryGetValue(risk, out var own) ? own : policy.GetValueOrDefault("default", "1"));
    }

    /// <summary>True when so many may share a tube where <paramref name="most"/> may: a household counts as five.</summary>
    public static bool Allows(TubeKind most, TubeKind kind) => kind is TubeKind.Unknown || Size(kind) <= Size(most);

    static int Size(TubeKind kind) => kind == TubeKind.Household ? 5 : (int)kind;
}

/// <summary>The pool policy as it stands in a round: risk class in snake_case to 1, 5, 10, 20 or HOUSEHOLD, and "default".</summary>
static class PoolPolicy
{
    public static Dictionary<string, string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal);
    }

    public static TubeKind KindOf(string text) => text switch
    {
        "HOUSEHOLD" => TubeKind.Household,
        "5" => TubeKind.Five,
        "10" => TubeKind.Ten,
        "20" => TubeKind.Twenty,
        _ => TubeKind.Single,
    };
}
