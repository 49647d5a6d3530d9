using System.Text.Json;

namespace Qipan.Registers;

/// <summary>What a merge did to one row: the changed columns before and after, or the whole row where it came or went.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The row's key afterwards; of a row that went, before.</param>
/// <param name="Before">Null: the merge added the row.</param>
/// <param name="After">Null: the merge took the row away.</param>
sealed record RowChange(string Table, Dictionary<string, string?> Key, Dictionary<string, string?>? Before, Dictionary<string, string?>? After)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static RowChange FromJson(string json) =>
        JsonSerializer.Deserialize<RowChange>(json) ?? throw new Kernel.CorruptException("person_merge_row", "holds no change");
}

/// <summary>What is different in a table.</summary>
static class TableDifference
{
    public static IEnumerable<RowChange> Between(
        WatchedTable table, RowShape shape, IReadOnlyList<string?[]> before, IReadOnlyList<string?[]> after, Guid from, Guid to)
    {
        var keys = table.Key.Select(shape.At).ToArray();
        var counted = Enumerable.Range(0, shape.Names.Count).Where(i => !table.Uncounted.Contains(shape.Names[i])).ToArray();
        var (was, now) = (before.ToDictionary(KeyOf), after.ToDictionary(KeyOf));
        var arrived = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, old) in was)
        {
            var moved = Moved(old);
            if (now.TryGetValue(key, out var same))
            {
                if (Changed(old, same) is { } change)
                    yield return change;
            }
            else if (moved != key && !was.ContainsKey(moved) && now.TryGetValue(moved, out var there))
            {
                arrived.Add(moved);
                yield return Changed(old, there)!;
            }
            else
            {
                yield return new RowChange(table.Name, Key(old), Whole(old), null);
            }
        }
        foreach (var (key, row) in now)
            if (!was.ContainsKey(key) && !arrived.Contains(key))
                yield return new RowChange(table.Name, Key(row), null, Whole(row));

        string KeyOf(string?[] row) => string.Join('\n', keys.Select(k => row[k]));
        string Moved(string?[] row) => string.Join('\n', keys.Select(k =>
            table.PersonKeys.Contains(shape.Names[k]) && row[k] == from.ToString("N") ? to.ToString("N") : row[k]));
        Dictionary<string, string?> Key(string?[] row) => keys.ToDictionary(k => shape.Names[k], k => row[k]);
        Dictionary<string, string?> Whole(string?[] row) => Enumerable.Range(0, row.Length).ToDictionary(i => shape.Names[i], i => row[i]);
        RowChange? Changed(string?[] old, string?[] row)
        {
            var different = counted.Where(i => old[i] != row[i]).ToArray();
            return different.Length == 0 ? null : new RowChange(table.Name, Key(row),
                different.ToDictionary(i => shape.Names[i], i => old[i]), different.ToDictionary(i => shape.Names[i], i => row[i]));
        }
    }
}
