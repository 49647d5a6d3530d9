using System.ComponentModel.DataAnnotations;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>Where and how everything is kept.</summary>
public sealed record StorageSettings
{
    /// <summary>The data folder: the embedded store, keys, settings and, later, visit segments. Created when it is not there.</summary>
    [Required]
    public string Folder { get; init; } = "data";

    /// <summary>A PostgreSQL connection string; empty for the embedded store in the data folder.</summary>
    [Secret]
    public string Connection { get; init; } = "";

    /// <summary>How many writes may wait for their commit before clients are told to come back later.</summary>
    [Range(1, 100_000)]
    public int WaitingWrites { get; init; } = 4096;

    /// <summary>How many connections write to PostgreSQL side by side; each serves some counties.</summary>
    [Range(1, 64)]
    public int PostgresWriters { get; init; } = 4;
}
