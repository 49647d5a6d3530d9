using System.Globalization;
using Npgsql;
using Qipan.Kernel;

namespace Qipan.Storage.Postgres;

/// <summary>
/// A PostgreSQL database that several nodes may share. Writers of one county wait for each other (a transaction-level advisory
/// lock per county), so a use case sees the same single-writer world as on SQLite; different counties write side by side.
/// </summary>
sealed class PostgresStore : Store
{
    readonly NpgsqlDataSource source;
    readonly GroupWriter[] writers;

    public PostgresStore(string connectionString, int writerCount, int capacity, TimeProvider clock)
        : base(clock)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2 };
        source = NpgsqlDataSource.Create(settings);
        writers = [.. Enumerable.Range(0, writerCount)
            .Select(i => new GroupWriter($"postgres writer {i}", capacity, new Writer(source, clock), Changes))];
    }

    public override StoreKind Kind => StoreKind.Postgres;

    public override T Read<T>(Func<Session, T> work)
    {
        using var connection = source.OpenConnection();
        var session = new ReadSession(StoreKind.Postgres, new PostgresDialect(connection));
        session.Raw("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        try
        {
            return work(session);
        }
        finally
        {
            session.Raw("COMMIT");
            session.Forget();
        }
    }

    public override Task<Outcome<T>> Write<T>(WriteScope scope, Func<WriteSession, Outcome<T>> work)
    {
        var county = int.Parse(scope.Owners[0], NumberStyles.None, CultureInfo.InvariantCulture);
        return writers[county % writers.Length].Add(scope, work);
    }

    public override long SizeInBytes() => Read(session => session.Scalar<long>("SELECT pg_database_size(current_database())"));

    public override async ValueTask DisposeAsync()
    {
        foreach (var writer in writers)
            writer.Dispose();
        await source.DisposeAsync();
    }

    sealed class Writer(NpgsqlDataSource source, TimeProvider clock) : IWriterConnection
    {
        /// <summary>Keeps the counties' locks apart from other uses of advisory locks in the same database.</summary>
        const int LockSpace = 0x5150;

        PostgresWriteSession? session;

        public string BeginSql => "BEGIN";

        public WriteSession Open() => session ??= new PostgresWriteSession(source.OpenConnection(), clock);

        public void Committed()
        {
            // PostgreSQL looks after itself.
        }

        public void Reset()
        {
            session?.Forget();
            session?.Connection.Dispose();
            session = null;
        }

        public void Lock(IReadOnlyList<string> owners)
        {
            foreach (var owner in owners.Order(StringComparer.Ordinal))
            {
                session!.Execute("SELECT pg_advisory_xact_lock(@LockSpace, @county)",
                    new { LockSpace, county = int.Parse(owner, NumberStyles.None, CultureInfo.InvariantCulture) });
            }
        }

        public bool IsLostLock(Exception broken) => broken is PostgresException
        {
            SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        };

        public void Dispose() => Reset();
    }
}
