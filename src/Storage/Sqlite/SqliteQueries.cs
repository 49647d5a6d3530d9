using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// Runs the statements of one connection, each prepared once. What it cannot run (several statements in one text, rows that only Dapper
/// makes, arguments that are no plain object) it leaves to the caller: the methods then return false.
/// </summary>
sealed class SqliteQueries(SqliteConnection connection)
{
    /// <summary>More texts than the program has; a text with values written into it would fill this and be noticed.</summary>
    const int Most = 1000;

    readonly Dictionary<string, SqliteStatement?> statements = new(StringComparer.Ordinal);
    readonly SqliteBinding binding = new();

    public bool TryQuery<T>(string sql, object? args, out List<T> rows)
    {
        rows = [];
        if (!SqliteRow<T>.CanMake || Rent(sql, args) is not { } statement)
            return false;
        try
        {
            statement.Bind(args, binding);
            while (statement.Step())
                rows.Add(statement.Row<T>());
            return true;
        }
        finally
        {
            Return(statement);
        }
    }

    /// <summary>The first row, or the default; <paramref name="many"/> says whether there is a second one.</summary>
    public bool TryFirst<T>(string sql, object? args, out T? first, out bool many)
    {
        (first, many) = (default, false);
        if (!SqliteRow<T>.CanMake || Rent(sql, args) is not { } statement)
            return false;
        try
        {
            statement.Bind(args, binding);
            if (statement.Step())
            {
                first = statement.Row<T>();
                many = statement.Step();
            }
            return true;
        }
        finally
        {
            Return(statement);
        }
    }

    public bool CanStream<T>(string sql, object? args)
    {
        if (!SqliteRow<T>.CanMake || Rent(sql, args) is not { } statement)
            return false;
        Return(statement);
        return true;
    }

    public IEnumerable<T> Stream<T>(string sql, object? args)
    {
        var statement = Rent(sql, args)!;
        try
        {
            statement.Bind(args, binding);
            while (statement.Step())
                yield return statement.Row<T>();
        }
        finally
        {
            Return(statement);
        }
    }

    /// <summary>The rows of each key, which is the parameter @key; a key that comes twice counts once.</summary>
    public List<T> Each<T, TKey>(string sql, IEnumerable<TKey> keys, object? args)
    {
        var rows = new List<T>();
        ForEach(sql, keys, args, statement =>
        {
            while (statement.Step())
                rows.Add(statement.Row<T>());
        });
        return rows;
    }

    /// <summary>The statement for each key; returns how many rows it changed.</summary>
    public int ExecuteEach<TKey>(string sql, IEnumerable<TKey> keys, object? args)
    {
        var before = raw.sqlite3_total_changes(connection.Handle);
        ForEach(sql, keys, args, statement => statement.Step());
        return raw.sqlite3_total_changes(connection.Handle) - before;
    }

    void ForEach<TKey>(string sql, IEnumerable<TKey> keys, object? args, Action<SqliteStatement> step)
    {
        var statement = Rent(sql, args) ?? throw new NotSupportedException("One statement with plain arguments is run by key.");
        try
        {
            statement.Bind(args, binding, free: "@key");
            foreach (var key in keys as ISet<TKey> ?? keys.Distinct())
            {
                statement.BindFree(key, binding);
                step(statement);
                statement.Reset();
            }
        }
        finally
        {
            Return(statement);
        }
    }

    public bool TryExecute(string sql, object? args, out int changed)
    {
        changed = 0;
        if (Rent(sql, args) is not { } statement)
            return false;
        try
        {
            statement.Bind(args, binding);
            var before = raw.sqlite3_total_changes(connection.Handle);
            while (statement.Step())
            {
                // A statement that returns rows is run to its end all the same.
            }
            changed = raw.sqlite3_total_changes(connection.Handle) - before;
            return true;
        }
        finally
        {
            Return(statement);
        }
    }

    /// <summary>Ends the statements, before the connection is closed.</summary>
    public void Forget()
    {
        foreach (var statement in statements.Values)
            if (statement is { InUse: true })
                statement.Kept = false;
            else
                statement?.Dispose();
        statements.Clear();
    }

    SqliteStatement? Rent(string sql, object? args)
    {
        if (args is System.Collections.IEnumerable or Dapper.SqlMapper.IDynamicParameters)
            return null;
        if (!statements.TryGetValue(sql, out var statement))
        {
            if (statements.Count >= Most)
                Forget();
            statements[sql] = statement = Prepare(sql);
            statement?.Kept = true;
        }
        // The same text again while its rows are still being read.
        if (statement is { InUse: true })
            statement = Prepare(sql);
        statement?.InUse = true;
        return statement;
    }

    /// <summary>Null when the text holds more than one statement.</summary>
    SqliteStatement? Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared, out var tail);
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
        var statement = new SqliteStatement(connection.Handle!, prepared);
        if (string.IsNullOrWhiteSpace(tail) && statement.IsNamed)
            return statement;
        statement.Dispose();
        return null;
    }

    static void Return(SqliteStatement statement)
    {
        statement.Reset();
        statement.InUse = false;
        if (!statement.Kept)
            statement.Dispose();
    }
}
