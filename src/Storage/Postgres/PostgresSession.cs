using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Qipan.Storage.Postgres;

/// <summary>PostgreSQL's dialect: key sets travel as arrays, ids as uuid.</summary>
sealed class PostgresDialect(NpgsqlConnection connection) : Dialect(connection)
{
    public override string In(string parameter) => $"= ANY(@{parameter})";

    public override string InIds(string parameter) => $"= ANY(@{parameter})";

    public override object Keys(IEnumerable<string> keys) => keys.ToArray();

    public override object Keys(IEnumerable<Guid> ids) => ids.ToArray();

    public override void Bind(DbCommand command, string name, ColumnType type, object? value)
    {
        var parameters = ((NpgsqlCommand)command).Parameters;
        var at = parameters.IndexOf(name);
        var parameter = at >= 0 ? parameters[at] : parameters.Add(new NpgsqlParameter(name, TypeOf(type)));
        parameter.Value = Stored.Plain(type, value) ?? DBNull.Value;
    }

    public static NpgsqlDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text => NpgsqlDbType.Text,
        ColumnType.Big => NpgsqlDbType.Bigint,
        ColumnType.Small => NpgsqlDbType.Smallint,
        ColumnType.Real => NpgsqlDbType.Double,
        ColumnType.Uuid => NpgsqlDbType.Uuid,
        ColumnType.Bytes => NpgsqlDbType.Bytea,
    };

    public static string SqlType(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Big => "bigint",
        ColumnType.Small => "smallint",
        ColumnType.Real => "double precision",
        ColumnType.Uuid => "uuid",
        ColumnType.Bytes => "bytea",
    };
}

sealed class PostgresWriteSession(NpgsqlConnection connection, TimeProvider clock)
    : WriteSession(StoreKind.Postgres, new PostgresDialect(connection), clock)
{
    /// <summary>From this many rows on, COPY is worth its round trips.</summary>
    const int CopyFrom = 500;

    const int Chunk = 20_000;

    public override int Insert<T>(Table<T> table, IReadOnlyCollection<T> rows, IfThere ifThere = IfThere.Fail)
    {
        if (rows.Count >= CopyFrom && ifThere == IfThere.Fail)
            return Copy(table, rows);
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        return Chunks(table, rows, $"INSERT INTO {table.Name} ({names}) SELECT * FROM {Unnest(table)}"
            + (ifThere == IfThere.Skip ? " ON CONFLICT DO NOTHING" : ""));
    }

    public override int Update<T>(Table<T> table, IReadOnlyCollection<T> rows)
    {
        var sets = string.Join(", ", table.Columns.Where(c => !c.Key).Select(c => $"{c.Name} = v.{c.Name}"));
        var keys = string.Join(" AND ", table.Columns.Where(c => c.Key).Select(c => $"t.{c.Name} = v.{c.Name}"));
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        return Chunks(table, rows, $"UPDATE {table.Name} t SET {sets} FROM {Unnest(table)} AS v({names}) WHERE {keys}");
    }

    static string Unnest<T>(Table<T> table) =>
        $"unnest({string.Join(", ", table.Columns.Select((c, i) => $"@p{i}::{PostgresDialect.SqlType(c.Type)}[]"))})";

    int Chunks<T>(Table<T> table, IReadOnlyCollection<T> rows, string sql)
    {
        var changed = 0;
        foreach (var chunk in rows.Chunk(Chunk))
        {
            var command = (NpgsqlCommand)Prepared(sql);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var column = table.Columns[i];
                if (command.Parameters.Count <= i)
                    command.Parameters.Add(new NpgsqlParameter($"p{i}", NpgsqlDbType.Array | PostgresDialect.TypeOf(column.Type)));
                command.Parameters[i].Value = Array.ConvertAll(chunk, row => Stored.Plain(column.Type, column.Value(row)));
            }
            changed += command.ExecuteNonQuery();
        }
        return changed;
    }

    int Copy<T>(Table<T> table, IReadOnlyCollection<T> rows)
    {
        using var import = connection.BeginBinaryImport(
            $"COPY {table.Name} ({string.Join(", ", table.Columns.Select(c => c.Name))}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            import.StartRow();
            foreach (var column in table.Columns)
            {
                var value = Stored.Plain(column.Type, column.Value(row));
                if (value is null)
                    import.WriteNull();
                else
                    import.Write(value, PostgresDialect.TypeOf(column.Type));
            }
        }
        return (int)import.Complete();
    }
}
