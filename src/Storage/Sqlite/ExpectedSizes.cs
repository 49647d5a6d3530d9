using System.Globalization;

namespace Qipan.Storage.Sqlite;

/// <summary>
/// Tells SQLite's planner what the tables will be like before there is anything in them. Without figures it takes the first
/// column of a primary key for selective; ours is the owner, one county, so it would read the county for every row of a join.
/// The figures are written as ANALYZE would (https://sqlite.org/fileformat2.html#stat1tab), for the full size and not for today's.
/// PostgreSQL gathers its own.
/// </summary>
static class ExpectedSizes
{
    /// <summary>Rows of a table. Larger than what SQLite assumes of temporary tables, so that those drive a join.</summary>
    const long Rows = 50_000_000;

    /// <summary>Rows with the same value of a column that tells things apart.</summary>
    const long Few = 10;

    /// <summary>Columns with few values: alone they select next to nothing.</summary>
    static readonly HashSet<string> Coarse = new(StringComparer.Ordinal)
    {
        "owner", "kind", "state", "round", "lab", "disease", "level", "subject_kind", "basis_kind", "basis_id", "evidence_kind", "fact_kind", "role",
        "present_owner", "present_kind", "owner_unit", "version", "area", "territory", "parent", "pending", "module",
    };

    public static void Write(WriteSession session)
    {
        session.Execute("ANALYZE sqlite_schema");
        session.Execute("DELETE FROM sqlite_stat1");
        foreach (var index in session.Query<IndexColumns>("""
            SELECT t.name AS name, i.name AS idx, i."unique" AS is_unique, i.origin AS origin, t.wr AS without_rowid,
              (SELECT group_concat(c.name, ' ') FROM (SELECT c.name FROM pragma_index_xinfo(i.name) c WHERE c.key = 1 ORDER BY c.seqno) c) AS columns
            FROM pragma_table_list t CROSS JOIN pragma_index_list(t.name) i WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'
            """))
            session.Execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (@Name, @idx, @stat)", new
            {
                index.Name,
                idx = index is { WithoutRowid: true, Origin: "pk" } ? index.Name : index.Idx,
                stat = Figures(index.Columns.Split(' '), index.IsUnique),
            });
        session.Execute("ANALYZE sqlite_schema");
    }

    /// <summary>"50000000 12500000 10 1 noskipscan": rows, then how many share the first column, the first two …</summary>
    internal static string Figures(string[] columns, bool unique)
    {
        var figures = new List<long> { Rows };
        foreach (var column in columns)
            figures.Add(Coarse.Contains(column) ? Math.Max(1, figures[^1] / 4) : Math.Max(1, Math.Min(Few, figures[^1] / 2)));
        if (unique)
            figures[^1] = 1;
        return string.Join(' ', figures.Select(f => f.ToString(CultureInfo.InvariantCulture))) + " noskipscan";
    }

    sealed class IndexColumns
    {
        public string Name { get; init; } = "";

        public string Idx { get; init; } = "";

        public bool IsUnique { get; init; }

        public string Origin { get; init; } = "";

        public bool WithoutRowid { get; init; }

        public string Columns { get; init; } = "";
    }
}
