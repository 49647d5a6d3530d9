using System.Text;
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
    byte[] text = new byte[1024];

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
                Check(Bind(statement, i + 1, columns[i].Type, columns[i].Value(row)));
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

    int Bind(sqlite3_stmt statement, int at, ColumnType type, object? value)
    {
        var plain = Stored.Plain(type, value);
        switch (plain)
        {
            case null:
                return raw.sqlite3_bind_null(statement, at);
            case string { Length: 0 }:
                return raw.sqlite3_bind_text(statement, at, "");
            case string words:
                if (text.Length < words.Length * 3)
                    text = new byte[words.Length * 4];
                return raw.sqlite3_bind_text(statement, at, text.AsSpan(0, Encoding.UTF8.GetBytes(words, text)));
            case Guid id:
                Span<byte> bytes = stackalloc byte[16];
                id.TryWriteBytes(bytes, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(statement, at, bytes);
            case byte[] { Length: 0 }:
                return raw.sqlite3_bind_zeroblob(statement, at, 0);
            case byte[] blob:
                return raw.sqlite3_bind_blob(statement, at, blob);
            case double real:
                return raw.sqlite3_bind_double(statement, at, real);
            case float real:
                return raw.sqlite3_bind_double(statement, at, real);
            case long number:
                return raw.sqlite3_bind_int64(statement, at, number);
            case short or int or byte or Enum:
                return raw.sqlite3_bind_int64(statement, at, Convert.ToInt64(plain, System.Globalization.CultureInfo.InvariantCulture));
            default:
                throw new NotSupportedException($"A column does not keep a {plain.GetType().Name}.");
        }
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }
}
