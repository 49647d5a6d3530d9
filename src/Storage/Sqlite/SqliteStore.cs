using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Qipan.Kernel;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// One file in the data folder, in WAL mode with every commit flushed (`synchronous=FULL`): what was acknowledged survives a
/// kill and a power cut. One writer, any number of readers.
/// </summary>
sealed class SqliteStore : Store
{
    /// <summary>SQLite's setting for "keep count of the memory used": a lock around every allocation.</summary>
    const int MemoryStatus = 9;

    readonly string path;
    readonly ConcurrentBag<ReadSession> readers = [];
    readonly GroupWriter writer;

    /// <summary>No connection is used by two threads at once, so SQLite need not guard them. Settings of the library, so before its first use.</summary>
    static SqliteStore()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        SQLitePCL.raw.sqlite3_config(MemoryStatus, 0);
    }

    public SqliteStore(string path, int capacity, TimeProvider clock)
        : base(clock)
    {
        this.path = path;
        writer = new GroupWriter("sqlite writer", capacity, new Writer(path, clock), Changes);
    }

    public override StoreKind Kind => StoreKind.Sqlite;

    public override T Read<T>(Func<Session, T> work)
    {
        if (!readers.TryTake(out var session))
            session = new ReadSession(StoreKind.Sqlite, new SqliteDialect(Connect(path, readOnly: true)));
        try
        {
            session.Raw("BEGIN");
            try
            {
                return work(session);
            }
            finally
            {
                session.Raw("COMMIT");
            }
        }
        finally
        {
            readers.Add(session);
        }
    }

    public override Task<Outcome<T>> Write<T>(WriteScope scope, Func<WriteSession, Outcome<T>> work) => writer.Add(scope, work);

    public override long SizeInBytes() =>
        new[] { path, path + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

    public override ValueTask DisposeAsync()
    {
        writer.Dispose();
        while (readers.TryTake(out var session))
        {
            session.Forget();
            session.Connection.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    static SqliteConnection Connect(string path, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = readOnly
            ? "PRAGMA query_only=ON; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;"
            : """
              PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-196000;
              PRAGMA wal_autocheckpoint=64000; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;
              """;
        command.ExecuteNonQuery();
        return connection;
    }

    sealed class Writer(string path, TimeProvider clock) : IWriterConnection
    {
        SqliteWriteSession? session;
        SqliteCheckpoints? checkpoints;

        public string BeginSql => "BEGIN IMMEDIATE";

        public WriteSession Open()
        {
            checkpoints ??= new SqliteCheckpoints(() => Connect(path, readOnly: false));
            return session ??= new SqliteWriteSession(Connect(path, readOnly: false), clock);
        }

        public void Committed()
        {
            if (((SqliteConnection?)session?.Connection)?.Handle is { } handle)
                checkpoints?.Committed(handle);
        }

        public void Reset()
        {
            if (session is null)
                return;
            // The rollback itself can fail when the disk is gone; a fresh connection then starts from what is committed.
            session.Forget();
            session.Connection.Dispose();
            session = null;
        }

        public void Lock(IReadOnlyList<string> owners)
        {
            // BEGIN IMMEDIATE already holds every other writer off.
        }

        public bool IsLostLock(Exception broken) => false;

        public void Dispose()
        {
            checkpoints?.Dispose();
            Reset();
        }
    }
}
