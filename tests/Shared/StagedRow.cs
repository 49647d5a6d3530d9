using Qipan.Storage;

namespace Qipan.Testing;

/// <summary>A row of another module's table, written by a test that is about something else.</summary>
public static class StagedRow
{
    /// <summary>
    /// INSERT INTO the table with these columns and expressions; columns that must not be empty and are not named get an empty text or 0.
    /// </summary>
    public static string Insert(Session session, string table, string columns, string values)
    {
        var named = columns.Split(',').Select(c => c.Trim()).ToHashSet(StringComparer.Ordinal);
        var more = session.Query<AskedColumn>(session.Kind == StoreKind.Sqlite
            ? $"SELECT name, type FROM pragma_table_info('{table}') WHERE \"notnull\" = 1"
            : $"SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = '{table}' AND is_nullable = 'NO'")
            .Where(c => !named.Contains(c.Name)).ToList();
        return $"INSERT INTO {table} ({string.Join(", ", more.Select(c => c.Name).Prepend(columns))}) VALUES "
            + $"({string.Join(", ", more.Select(c => c.Type.Contains("text", StringComparison.OrdinalIgnoreCase) ? "''" : "0").Prepend(values))})";
    }

    sealed class AskedColumn
    {
        public string Name { get; init; } = "";

        public string Type { get; init; } = "";
    }
}
