using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>All rows that name one of two persons, as they were at one moment of a merge. Values are text as kept; not to be shown.</summary>
public sealed class HeldRows
{
    readonly Dictionary<string, (RowShape Shape, List<string?[]> Rows)> tables = new(StringComparer.Ordinal);

    /// <summary>The rows of one table; empty for one that nobody watches.</summary>
    public IEnumerable<HeldRow> Of(string table) =>
        tables.TryGetValue(table, out var its) ? its.Rows.Select(r => new HeldRow(its.Shape, r)) : [];

    internal static HeldRows Read(Session session, IReadOnlyList<WatchedTable> watched, Guid a, Guid b)
    {
        var held = new HeldRows();
        foreach (var table in watched)
        {
            var shape = RowShape.Of(session, table.Name);
            held.tables.Add(table.Name, (shape, shape.Read(session, table.Finds, command =>
            {
                session.Bind(command, "a", ColumnType.Uuid, a);
                session.Bind(command, "b", ColumnType.Uuid, b);
                if (!table.Hex)
                    return;
                session.Bind(command, "hexA", ColumnType.Text, a.ToString("N"));
                session.Bind(command, "hexB", ColumnType.Text, b.ToString("N"));
            })));
        }
        return held;
    }

    internal IEnumerable<RowChange> Changes(HeldRows after, IReadOnlyList<WatchedTable> watched, Guid from, Guid to) =>
        watched.SelectMany(table => TableDifference.Between(table, tables[table.Name].Shape, tables[table.Name].Rows, after.tables[table.Name].Rows, from, to));
}

/// <summary>One row.</summary>
public readonly struct HeldRow
{
    readonly RowShape shape;
    readonly string?[] values;

    internal HeldRow(RowShape shape, string?[] values) => (this.shape, this.values) = (shape, values);

    /// <summary>A value as text; ids have 32 digits. Throws for a column that is not there.</summary>
    public string? this[string column] => values[shape.At(column)];

    public Guid Id(string column) => Guid.ParseExact(this[column]!, "N");

    public long Number(string column) => long.Parse(this[column]!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A table whose rows a merge looks at before and after.</summary>
sealed record WatchedTable(string Name, string Finds, IReadOnlyList<string> Key, IReadOnlySet<string> PersonKeys, IReadOnlySet<string> Uncounted, bool Derived, IReadOnlyList<string> Together)
{
    public bool Hex => Finds.Contains("@hex", StringComparison.Ordinal);

    /// <summary>The tables of these columns; columns of one table are one.</summary>
    public static List<WatchedTable> Of(IEnumerable<PersonColumn> columns) => [.. columns.Where(c => !c.Own).GroupBy(c => c.Table).Select(g => new WatchedTable(
        g.Key,
        string.Join(" OR ", g.Select(c => $"({c.Finds})").Distinct()),
        g.First().Key,
        g.Where(c => c.Key.Contains(c.Column)).Select(c => c.Column).ToHashSet(StringComparer.Ordinal),
        g.SelectMany(c => c.Counters).ToHashSet(StringComparer.Ordinal),
        g.Any(c => c.Derived),
        g.First().Together))];
}
