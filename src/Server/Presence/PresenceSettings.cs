namespace Qipan.Server.Presence;

/// <summary>Where visits are kept.</summary>
public enum PresenceStore
{
    /// <summary>In the folder with the embedded store, in the database with PostgreSQL.</summary>
    Auto = 0,

    /// <summary>In the folder presence of the data folder: fast, for one node.</summary>
    Folder = 1,

    /// <summary>In the PostgreSQL database: for several nodes.</summary>
    Database = 2,
}

/// <summary>Where visits are kept and who finds them.</summary>
public sealed record PresenceSettings
{
    /// <summary>Where visits are kept: Folder (in the data folder, one node), Database (PostgreSQL, several nodes) or Auto: as the store is.</summary>
    public PresenceStore Store { get; init; } = PresenceStore.Auto;
}
