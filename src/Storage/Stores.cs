using Qipan.Storage.Postgres;
using Qipan.Storage.Sqlite;

namespace Qipan.Storage;

/// <summary>Opens the store that the settings name and brings its schema up to date.</summary>
public static class Stores
{
    /// <summary>The name of the embedded store's file in the data folder.</summary>
    public const string SqliteFile = "qipan.db";

    /// <summary>
    /// Opens and migrates. Throws when the store is newer than the program, or when a released schema file was changed.
    /// </summary>
    /// <param name="settings">Where it is.</param>
    /// <param name="clock">The only clock that rows are written with.</param>
    /// <param name="modules">In the order of references; the ground's own schema comes before them.</param>
    public static async Task<Store> Open(StorageSettings settings, TimeProvider clock, params IReadOnlyList<ModuleSchema> modules)
    {
        RowTypes.Ready();
        Directory.CreateDirectory(settings.Folder);
        Store store = settings.Connection.Length == 0
            ? new SqliteStore(Path.Combine(settings.Folder, SqliteFile), settings.WaitingWrites, clock)
            : new PostgresStore(settings.Connection, settings.PostgresWriters, settings.WaitingWrites, clock);
        try
        {
            await Migrations.Run(store, [new ModuleSchema("storage", typeof(Stores).Assembly), .. modules]);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
