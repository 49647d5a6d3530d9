using System.Text.Json;

namespace Qipan.Sampling;

/// <summary>How positives are found (S3). The numbers reach disk: append only.</summary>
public enum Strategy
{
    /// <summary>Pooled PCR, antigen on the members of a suspect pool, single PCR.</summary>
    PoolThenAntigen = 1,

    /// <summary>Antigen for all, single PCR for its positives.</summary>
    AntigenThenSingle = 2,
}

/// <summary>A row of <c>round</c>: one sampling round 轮次.</summary>
public sealed class Round
{
    public string Owner { get; init; } = "";

    public RoundId Id { get; init; }

    public int No { get; init; }

    public string Name { get; init; } = "";

    public string Disease { get; init; } = "";

    /// <summary>id@version of the protocol it was planned under.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>JSON array of place prefixes.</summary>
    public string Scope { get; init; } = "[]";

    public int ScopeVersion { get; init; }

    public DateTimeOffset WindowStart { get; init; }

    /// <summary>The first instant that is no longer in the window.</summary>
    public DateTimeOffset WindowEnd { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public Strategy Strategy { get; init; }

    /// <summary>JSON object: risk class to 1, 5, 10, 20 or HOUSEHOLD.</summary>
    public string PoolPolicy { get; init; } = "{}";

    /// <summary>A sealed tube of several persons has its result within so many hours.</summary>
    public int PooledDueHours { get; init; }

    /// <summary>A sealed tube of one person has its result within so many hours.</summary>
    public int SingleDueHours { get; init; }

    /// <summary>A member who must be sampled again is sampled within so many hours.</summary>
    public int ResampleDueHours { get; init; }

    public RoundState State { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The place prefixes that it covers, latest version.</summary>
    public IReadOnlyList<string> Places() => JsonSerializer.Deserialize<string[]>(Scope) ?? [];

    public bool Covers(string place) => Places().Any(prefix => place.StartsWith(prefix, StringComparison.Ordinal));
}
