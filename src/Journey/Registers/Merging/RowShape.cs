using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The columns of a table as the store has them, and its values as text: what a merge keeps must not depend on any module's row types.</summary>
sealed class RowShape
{
    static readonly ConcurrentDictionary<(StoreKind, string), RowShape> Known = new();

    public required string Table { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<ColumnType> Types { get; init; }

    public int At(string column) => ((List<string>)Names).IndexOf(column);

    public static RowShape Of(Session session, string table) => Known.GetOrAdd((session.Kind, table), _ =>
    {
        using var reader = session.Prepared($"SELECT * FROM {table} LIMIT 0").ExecuteReader();
        return Of(table, reader);
    });

    /// <summary>Rows as text, in the order of the columns; null is null.</summary>
    public List<string?[]> Read(Session session, string condition, Action<DbCommand> bind)
    {
        var command = session.Prepared($"SELECT {string.Join(", ", Names)} FROM {Table} WHERE {condition}");
        bind(command);
        var rows = new List<string?[]>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new string?[Names.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : Text(Types[i], reader.GetValue(i));
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Binds a value that was read as text.</summary>
    public void Bind(Session session, DbCommand command, string parameter, string column, string? text)
    {
        var type = Types[At(column)];
        session.Bind(command, parameter, type, text is null ? null : Value(type, text));
    }

    static RowShape Of(string table, DbDataReader reader)
    {
        var (names, types) = (new List<string>(), new List<ColumnType>());
        for (var i = 0; i < reader.FieldCount; i++)
        {
            names.Add(reader.GetName(i));
            types.Add(reader.GetDataTypeName(i).ToLowerInvariant() switch
            {
                "text" => ColumnType.Text,
                "bigint" => ColumnType.Big,
                "smallint" => ColumnType.Small,
                "uuid" => ColumnType.Uuid,
                "bytea" => ColumnType.Bytes,
                "double precision" => ColumnType.Real,
                var other => throw new InvalidOperationException($"Column {names[^1]} of {table} is a {other}, which merges do not know."),
            });
        }
        return new RowShape { Table = table, Names = names, Types = types };
    }

    static string Text(ColumnType type, object value) => (type, value) switch
    {
        (ColumnType.Uuid, Guid id) => id.ToString("N"),
        (ColumnType.Uuid, byte[] bytes) => new Guid(bytes, bigEndian: true).ToString("N"),
        (ColumnType.Bytes, byte[] bytes) => Convert.ToBase64String(bytes),
        (ColumnType.Real, _) => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static object Value(ColumnType type, string text) => type switch
    {
        ColumnType.Text => text,
        ColumnType.Big => long.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Small => short.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Real => double.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Uuid => Guid.ParseExact(text, "N"),
        ColumnType.Bytes => Convert.FromBase64String(text),
    };
}
