using System.Data.Common;

namespace Qipan.Storage;

/// <summary>
/// One connection inside one transaction, as a use case sees it. Not safe for several threads, and not to be kept after the work
/// that received it. Row types have settable or init properties named after the columns (snake_case maps to PascalCase).
/// </summary>
public abstract class Session
{
    readonly Dictionary<string, DbCommand> prepared = [];
    readonly Dialect dialect;

    private protected Session(StoreKind kind, Dialect dialect) => (Kind, this.dialect) = (kind, dialect);

    public StoreKind Kind { get; }

    internal DbConnection Connection => dialect.Connection;

    private protected Dialect Dialect => dialect;

    /// <summary>All rows, in memory.</summary>
    public List<T> Query<T>(string sql, object? args = null) => dialect.Query<T>(sql, args);

    /// <summary>Rows one by one, never all in memory; the enumeration must end before the session does.</summary>
    public IEnumerable<T> Stream<T>(string sql, object? args = null) => dialect.Stream<T>(sql, args);

    /// <summary>The only row, or the default when there is none. Two rows throw.</summary>
    public T? One<T>(string sql, object? args = null) => dialect.One<T>(sql, args);

    /// <summary>The first column of the only row, such as a count.</summary>
    public T? Scalar<T>(string sql, object? args = null) => dialect.Scalar<T>(sql, args);

    /// <summary>
    /// The SQL for "is one of" a key set: <c>$"code {session.In("codes")}"</c> with the argument
    /// <c>codes = session.Keys(list)</c>. One statement text for any number of keys, so it stays prepared.
    /// </summary>
    public string In(string parameter) => dialect.In(parameter);

    /// <summary>As <see cref="In"/> for ids.</summary>
    public string InIds(string parameter) => dialect.InIds(parameter);

    /// <summary>The argument for <see cref="In"/>.</summary>
    public object Keys(IEnumerable<string> keys) => dialect.Keys(keys);

    /// <summary>The argument for <see cref="InIds"/>.</summary>
    public object Keys(IEnumerable<Guid> ids) => dialect.Keys(ids);

    /// <summary>
    /// The rows of each key: <paramref name="sql"/> asks for one with <c>= @key</c>. For the hot paths, where a set of keys costs more to hand
    /// over than to look up one by one; a statement that counts, sorts or limits does so for each key alone, on some stores.
    /// </summary>
    public List<T> Each<T>(string sql, IEnumerable<Guid> keys, object? args = null) => dialect.Each<T, Guid>(sql, keys, args);

    /// <summary>As the other for texts.</summary>
    public List<T> Each<T>(string sql, IEnumerable<string> keys, object? args = null) => dialect.Each<T, string>(sql, keys, args);

    /// <summary>
    /// A statement that stays prepared on this connection, for loops. Its parameters are set with <see cref="Bind"/> before each run.
    /// </summary>
    public DbCommand Prepared(string sql)
    {
        if (prepared.TryGetValue(sql, out var command))
            return command;
        command = Connection.CreateCommand();
#pragma warning disable CA2100 // The text is the program's own; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        prepared.Add(sql, command);
        return command;
    }

    /// <summary>Sets a parameter of a prepared statement; null is NULL, ids and instants are stored as the schema says.</summary>
    public void Bind(DbCommand command, string name, ColumnType type, object? value) => dialect.Bind(command, name, type, value);

    /// <summary>A statement without parameters, such as BEGIN.</summary>
    internal void Raw(string sql) => dialect.Raw(sql);

    internal virtual void Forget()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        prepared.Clear();
        dialect.Forget();
    }
}

/// <summary>A session that reads.</summary>
sealed class ReadSession(StoreKind kind, Dialect dialect) : Session(kind, dialect);
