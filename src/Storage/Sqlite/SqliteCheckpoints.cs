using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// Moves what was committed from the write-ahead log into the database on a thread of its own, so that no commit waits for it. The
/// writer only moves the little that came in meanwhile, after which the log begins anew (https://sqlite.org/wal.html#ckpt).
/// </summary>
sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>Pages written to the log since it began anew, after which they are moved.</summary>
    const int Enough = 8_000;

    const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE

    readonly Func<SqliteConnection> connect;
    readonly AutoResetEvent wanted = new(false);
    readonly Thread thread;
    int counted;
    volatile State state;
    volatile bool ended;

    public SqliteCheckpoints(Func<SqliteConnection> connect)
    {
        this.connect = connect;
        thread = new Thread(Loop) { IsBackground = true, Name = "sqlite checkpoints" };
        thread.Start();
    }

    enum State
    {
        Idle,
        Moving,
        Moved,
    }

    /// <summary>Called by the writer after each commit, on its own connection and outside a transaction.</summary>
    public void Committed(sqlite3 writer)
    {
        switch (state)
        {
            case State.Idle when Written(writer) - counted is >= Enough or < 0:
                state = State.Moving;
                wanted.Set();
                break;
            case State.Moved:
                raw.sqlite3_wal_checkpoint_v2(writer, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
                counted = Written(writer);
                state = State.Idle;
                break;
        }
    }

    public void Dispose()
    {
        ended = true;
        wanted.Set();
        thread.Join();
        wanted.Dispose();
    }

    static int Written(sqlite3 writer)
    {
        raw.sqlite3_db_status(writer, PagesWritten, out var written, out _, 0);
        return written;
    }

    void Loop()
    {
        SqliteConnection? connection = null;
        while (wanted.WaitOne() && !ended)
        {
            connection ??= connect();
            // What a reader still needs stays in the log; the next time takes it along.
            raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
            state = State.Moved;
        }
        connection?.Dispose();
    }
}
