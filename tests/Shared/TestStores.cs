using Npgsql;
using Qipan.Storage;
using Xunit;

namespace Qipan.Testing;

/// <summary>
/// A fresh store per test, on SQLite and on PostgreSQL. PostgreSQL is the server that QIPAN_TEST_POSTGRES names (see
/// tests/start-postgres); without it those tests are skipped, and on CI they fail.
/// </summary>
public static class TestStores
{
    public static TheoryData<StoreKind> All => [StoreKind.Sqlite, StoreKind.Postgres];

    /// <summary>
    /// Skips the test, or fails it on CI, when this kind of store is not there: to be called before a property, inside which a skip would
    /// count as a failure.
    /// </summary>
    public static void Need(StoreKind kind)
    {
        if (kind == StoreKind.Postgres)
            _ = Server();
    }

    /// <summary>Opens a new, empty, migrated store; disposing it removes it.</summary>
    public static async Task<TestStore> Open(StoreKind kind, TimeProvider clock, params ModuleSchema[] modules)
    {
        var settings = NewSettings(kind);
        return new TestStore(await Stores.Open(settings, clock, modules), settings);
    }

    /// <summary>A new folder, and on PostgreSQL a new database; <see cref="Remove"/> takes both away.</summary>
    public static StorageSettings NewSettings(StoreKind kind) => new()
    {
        Folder = Directory.CreateTempSubdirectory("qipan-test-").FullName,
        Connection = kind == StoreKind.Postgres ? NewDatabase() : "",
    };

    /// <summary>Removes what <see cref="NewSettings"/> made; the store must be closed.</summary>
    public static async Task Remove(StorageSettings settings)
    {
        if (settings.Connection.Length > 0)
        {
            await using var connection = new NpgsqlConnection(Environment.GetEnvironmentVariable("QIPAN_TEST_POSTGRES")!);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"DROP DATABASE {new NpgsqlConnectionStringBuilder(settings.Connection).Database} WITH (FORCE)";
            await command.ExecuteNonQueryAsync();
        }
        Directory.Delete(settings.Folder, recursive: true);
    }

    static string Server()
    {
        var server = Environment.GetEnvironmentVariable("QIPAN_TEST_POSTGRES");
        if (string.IsNullOrEmpty(server))
        {
            const string Missing = "QIPAN_TEST_POSTGRES is not set: eval \"$(tests/start-postgres)\"";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(Missing);
            Assert.Skip(Missing);
        }
        return server!;
    }

    static string NewDatabase()
    {
        var server = Server();
        var name = "qipan_" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString();
    }
}

/// <summary>A store of one test, with the settings to open it a second time.</summary>
public sealed class TestStore(Store store, StorageSettings settings) : IAsyncDisposable
{
    public Store Store => store;

    public StorageSettings Settings => settings;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await TestStores.Remove(settings);
    }
}
