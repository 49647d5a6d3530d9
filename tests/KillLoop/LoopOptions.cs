namespace Qipan.KillLoop;

/// <summary>What a loop does.</summary>
sealed record LoopOptions
{
    /// <summary>An empty folder: data, keys and CSV files go there.</summary>
    public required string Folder { get; init; }

    public required int Kills { get; init; }

    /// <summary>The same seed makes the same plan; when a kill strikes within it is the machine's.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>An empty PostgreSQL database; empty for SQLite. The database server itself is never killed.</summary>
    public string Connection { get; init; } = "";

    /// <summary>How many are on the roster; after them, unknown persons come.</summary>
    public int Persons { get; init; } = 5_000;

    /// <summary>How long a life may last before it is ended.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromSeconds(5);
}
