using System.Data.Common;
using Dapper;

namespace Qipan.Storage;

/// <summary>
/// One connection inside one transaction, as a use case sees it. Not safe for several threads, and not to be kept after the work
/// that received it. Row types have settable or init properties named after the columns (snake_case maps to PascalCase).
/// </summary>
public abstract class Session(DbConnection connection, StoreKind kind)
{
    readonly Dictionary<string, DbCommand> prepared = [];

    public StoreKind Kind => kind;

    internal DbConnection Connection => connection;

    /// <summary>All rows, in memory.</summary>
    public virtual List<T> Query<T>(string sql, object? args = null) => connection.Query<T>(sql, args).AsList();

    /// <summary>Rows one by one, never all in memory; the enumeration must end before the session does.</summary>
    public virtual IEnumerable<T> Stream<T>(string sql, object? args = null) => connection.Query<T>(sql, args, buffered: false);

    /// <summary>The only row, or the default when there is none. Two rows throw.</summary>
    public virtual T? One<T>(string sql, object? args = null) => connection.QuerySingleOrDefault<T>(sql, args);

    /// <summary>The first column of the only row, such as a count.</summary>
    public virtual T? Scalar<T>(string sql, object? args = null) => connection.ExecuteScalar<T>(sql, args);

    /// <summary>
    /// The SQL for "is one of" a key set: <c>$"code {session.In("codes")}"</c> with the argument
    /// <c>codes = session.Keys(list)</c>. One statement text for any number of keys, so it stays prepared.
    /// </summary>
    public abstract string In(string parameter);

    /// <summary>As <see cref="In"/> for ids.</summary>
    public abstract string InIds(string parameter);

    /// <summary>The argument for <see cref="In"/>.</summary>
    public abstract object Keys(IEnumerable<string> keys);

    /// <summary>The argument for <see cref="InIds"/>.</summary>
    public abstract object Keys(IEnumerable<Guid> ids);

    /// <summary>
    /// The rows of each key: <paramref name="sql"/> asks for one with <c>= @key</c>. For the hot paths, where a set of keys costs more to hand
    /// over than to look up one by one; a statement that counts, sorts or limits does so for each key alone, on some stores.
    /// </summary>
    public virtual List<T> Each<T>(string sql, IEnumerable<Guid> keys, object? args = null) =>
        EachOf<T>(sql, keys.ToArray(), args);

    /// <summary>As the other for texts.</summary>
    public virtual List<T> Each<T>(string sql, IEnumerable<string> keys, object? args = null) =>
        EachOf<T>(sql, keys.ToArray(), args);

    List<T> EachOf<T>(string sql, Array keys, object? args)
    {
        if (keys.Length == 0)
            return [];
        var all = new DynamicParameters(args);
        all.Add("key", keys);
        return connection.Query<T>(sql.Replace("= @key", "= ANY(@key)", StringComparison.Ordinal), all).AsList();
    }

    /// <summary>
    /// A statement that stays prepared on this connection, for loops. Its parameters are set with <see cref="Bind"/> before each run.
    /// </summary>
    public DbCommand Prepared(string sql)
    {
        if (prepared.TryGetValue(sql, out var command))
            return command;
        command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the program's own; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        prepared.Add(sql, command);
        return command;
    }

    /// <summary>Sets a parameter of a prepared statement; null is NULL, ids and instants are stored as the schema says.</summary>
    public abstract void Bind(DbCommand command, string name, ColumnType type, object? value);

    /// <summary>A statement without parameters, such as BEGIN; kept prepared.</summary>
    internal virtual void Raw(string sql) => Prepared(sql).ExecuteNonQuery();

    internal virtual void Forget()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        prepared.Clear();
    }
}
