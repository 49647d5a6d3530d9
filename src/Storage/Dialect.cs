using System.Data.Common;
using Dapper;

namespace Qipan.Storage;

/// <summary>
/// How a store is spoken to on one connection: how key sets travel, how values are bound, how rows are made. What a store does no better
/// is done by Dapper. Not safe for several threads.
/// </summary>
abstract class Dialect(DbConnection connection)
{
    public DbConnection Connection => connection;

    public abstract string In(string parameter);

    public abstract string InIds(string parameter);

    public abstract object Keys(IEnumerable<string> keys);

    public abstract object Keys(IEnumerable<Guid> ids);

    public abstract void Bind(DbCommand command, string name, ColumnType type, object? value);

    public virtual List<T> Query<T>(string sql, object? args) => connection.Query<T>(sql, args).AsList();

    public virtual IEnumerable<T> Stream<T>(string sql, object? args) => connection.Query<T>(sql, args, buffered: false);

    public virtual T? One<T>(string sql, object? args) => connection.QuerySingleOrDefault<T>(sql, args);

    public virtual T? Scalar<T>(string sql, object? args) => connection.ExecuteScalar<T>(sql, args);

    /// <summary>Returns how many rows it changed.</summary>
    public virtual int Execute(string sql, object? args) => connection.Execute(sql, args);

    /// <summary>A statement without parameters, such as BEGIN; Dapper would take a single word for the name of a procedure.</summary>
    public virtual void Raw(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is the program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public virtual List<T> Each<T, TKey>(string sql, IEnumerable<TKey> keys, object? args) =>
        keys.ToArray() is { Length: > 0 } all ? connection.Query<T>(OfAny(sql), WithKeys(args, all)).AsList() : [];

    public virtual int ExecuteEach(string sql, IEnumerable<Guid> keys, object? args) =>
        keys.ToArray() is { Length: > 0 } all ? connection.Execute(OfAny(sql), WithKeys(args, all)) : 0;

    static string OfAny(string sql) => sql.Replace("= @key", "= ANY(@key)", StringComparison.Ordinal);

    static DynamicParameters WithKeys<TKey>(object? args, TKey[] keys)
    {
        var parameters = new DynamicParameters(args);
        parameters.Add("key", keys);
        return parameters;
    }

    /// <summary>Ends what is kept prepared, before the connection is closed.</summary>
    public virtual void Forget()
    {
    }
}
