namespace Qipan.Storage;

/// <summary>How a value is kept, on both stores.</summary>
public enum ColumnType
{
    /// <summary>Text; <see cref="DateOnly"/> as yyyy-MM-dd.</summary>
    Text,

    /// <summary>64-bit number; <see cref="DateTimeOffset"/> as Unix milliseconds.</summary>
    Big,

    /// <summary>16-bit number; enums and booleans.</summary>
    Small,
    Real,

    /// <summary>A UUID: 16 bytes, big-endian, so that version 7 sorts by time.</summary>
    Uuid,
    Bytes,
}

/// <summary>One column and where its value comes from.</summary>
public sealed record Column<T>(string Name, ColumnType Type, Func<T, object?> Value, bool Key = false);

/// <summary>The columns that a bulk write fills. Made once per table and kept; safe for all threads.</summary>
public sealed class Table<T>(string name, params IReadOnlyList<Column<T>> columns)
{
    public string Name => name;

    public IReadOnlyList<Column<T>> Columns => columns;

    /// <summary>For SQLite; its parameters are numbered as the columns stand.</summary>
    internal string InsertSql { get; } =
        $"INSERT INTO {name} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))})";

    internal string UpdateSql { get; } =
        $"UPDATE {name} SET {Sets(columns, ", ", key: false)} WHERE {Sets(columns, " AND ", key: true)}";

    static string Sets(IReadOnlyList<Column<T>> columns, string between, bool key) =>
        string.Join(between, columns.Select((c, i) => (c.Key, Set: $"{c.Name} = ?{i + 1}")).Where(c => c.Key == key).Select(c => c.Set));
}

/// <summary>Values as both stores keep them.</summary>
static class Stored
{
    /// <summary>Instants as milliseconds, dates as text, enums and booleans as 16-bit numbers; ids stay <see cref="Guid"/>.</summary>
    public static object? Plain(ColumnType type, object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag ? (short)1 : (short)0,
        Enum or int or byte when type == ColumnType.Small => Convert.ToInt16(value, System.Globalization.CultureInfo.InvariantCulture),
        int or short when type == ColumnType.Big => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
