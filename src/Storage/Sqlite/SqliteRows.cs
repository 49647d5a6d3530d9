using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// Writes many rows through one prepared statement, bound by position straight into SQLite: a command object costs more per row
/// than the row itself. One per connection; its statements end with <see cref="Forget"/>.
/// </summary>
sealed class SqliteRows(SqliteConnection connection)
{
    readonly Dictionary<string, sqlite3_stmt> statements = [];
    readonly SqliteBinding binding = new();

    /// <summary>Runs the statement once for each row; its parameters stand in the order of the columns. Returns how many rows it changed.</summary>
    public int Run<T>(string sql, IReadOnlyList<Column<T>> columns, IReadOnlyCollection<T> rows)
    {
        if (rows.Count == 0)
            return 0;
        var statement = Statement(sql);
        var changed = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
                Check(binding.Bind(statement, i + 1, Stored.Plain(columns[i].Type, columns[i].Value(row))));
            var done = raw.sqlite3_step(statement);
            if (done == raw.SQLITE_DONE)
                changed += raw.sqlite3_changes(connection.Handle);
            // The reset gives the error of the step once more, with its details.
            var reset = raw.sqlite3_reset(statement);
            Check(done == raw.SQLITE_DONE ? raw.SQLITE_OK : reset != raw.SQLITE_OK ? reset : done);
        }
        raw.sqlite3_clear_bindings(statement);
        return changed;
    }

    /// <summary>Ends the statements, before the connection is closed.</summary>
    public void Forget()
    {
        foreach (var statement in statements.Values)
            statement.Dispose();
        statements.Clear();
    }

    sqlite3_stmt Statement(string sql)
    {
        if (statements.TryGetValue(sql, out var statement))
            return statement;
        Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        return statements[sql] = statement;
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }
}
