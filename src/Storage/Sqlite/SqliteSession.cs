using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Qipan.Storage.Sqlite;

/// <summary>SQLite's dialect: key sets travel as JSON, ids as 16 bytes, statements stay prepared (<see cref="SqliteQueries"/>).</summary>
sealed class SqliteDialect(SqliteConnection connection) : Dialect(connection)
{
    readonly SqliteQueries queries = new(connection);

    public override string In(string parameter) => $"IN (SELECT value FROM json_each(@{parameter}))";

    public override string InIds(string parameter) => $"IN (SELECT unhex(value) FROM json_each(@{parameter}))";

    public override object Keys(IEnumerable<string> keys) => System.Text.Json.JsonSerializer.Serialize(keys);

    public override object Keys(IEnumerable<Guid> ids)
    {
        var json = new StringBuilder("[");
        foreach (var id in ids)
            json.Append(json.Length > 1 ? ",\"" : "\"").Append(id.ToString("N")).Append('"');
        return json.Append(']').ToString();
    }

    public override void Bind(DbCommand command, string name, ColumnType type, object? value)
    {
        var parameters = ((SqliteCommand)command).Parameters;
        var at = parameters.IndexOf("@" + name);
        var parameter = at >= 0 ? parameters[at] : parameters.Add("@" + name, TypeOf(type));
        parameter.Value = Value(type, value);
    }

    public override List<T> Query<T>(string sql, object? args) => queries.TryQuery<T>(sql, args, out var rows) ? rows : base.Query<T>(sql, args);

    public override IEnumerable<T> Stream<T>(string sql, object? args) =>
        queries.CanStream<T>(sql, args) ? queries.Stream<T>(sql, args) : base.Stream<T>(sql, args);

    public override T? One<T>(string sql, object? args)
        where T : default => !queries.TryFirst<T>(sql, args, out var one, out var many) ? base.One<T>(sql, args)
            : many ? throw new InvalidOperationException("There are several rows where one was asked for.") : one;

    public override T? Scalar<T>(string sql, object? args)
        where T : default => queries.TryFirst<T>(sql, args, out var one, out _) ? one : base.Scalar<T>(sql, args);

    public override List<T> Each<T, TKey>(string sql, IEnumerable<TKey> keys, object? args) => queries.Each<T, TKey>(sql, keys, args);

    public override int ExecuteEach(string sql, IEnumerable<Guid> keys, object? args) => queries.ExecuteEach(sql, keys, args);

    public override int Execute(string sql, object? args) => queries.TryExecute(sql, args, out var changed) ? changed : base.Execute(sql, args);

    public override void Raw(string sql) => queries.TryExecute(sql, null, out _);

    public override void Forget() => queries.Forget();

    static SqliteType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text => SqliteType.Text,
        ColumnType.Big or ColumnType.Small => SqliteType.Integer,
        ColumnType.Real => SqliteType.Real,
        ColumnType.Uuid or ColumnType.Bytes => SqliteType.Blob,
    };

    static object Value(ColumnType type, object? value) => Stored.Plain(type, value) switch
    {
        null => DBNull.Value,
        Guid id => Stored.Bytes(id),
        { } plain => plain,
    };
}

sealed class SqliteWriteSession(SqliteConnection connection, TimeProvider clock) : WriteSession(StoreKind.Sqlite, new SqliteDialect(connection), clock)
{
    readonly SqliteRows bulk = new(connection);

    public override int Insert<T>(Table<T> table, IReadOnlyCollection<T> rows, IfThere ifThere = IfThere.Fail) =>
        Run(table, rows, ifThere == IfThere.Skip ? table.InsertSql + " ON CONFLICT DO NOTHING" : table.InsertSql);

    public override int Update<T>(Table<T> table, IReadOnlyCollection<T> rows) => Run(table, rows, table.UpdateSql);

    internal override long? Changes => SQLitePCL.raw.sqlite3_total_changes(connection.Handle);

    internal override void Forget()
    {
        bulk.Forget();
        base.Forget();
    }

    int Run<T>(Table<T> table, IReadOnlyCollection<T> rows, string sql) => bulk.Run(sql, table.Columns, rows);
}
