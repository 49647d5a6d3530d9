using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// A module's numbered SQL files, embedded as <c>0001_name.sql</c>. A file <c>0001_name.postgres.sql</c> or <c>….sqlite.sql</c>
/// stands in its place on that store. Forward only: a file that was released is never changed, and a changed one stops the start.
/// </summary>
/// <param name="Module">The module's name, as it stands in <c>schema_version</c>.</param>
/// <param name="Files">The assembly that holds the files.</param>
public sealed record ModuleSchema(string Module, Assembly Files);

static partial class Migrations
{
    const string VersionTable = """
        CREATE TABLE IF NOT EXISTS schema_version (
          module text NOT NULL, number bigint NOT NULL, name text NOT NULL, hash text NOT NULL, at bigint NOT NULL,
          PRIMARY KEY (module, number))
        """;

    /// <summary>Brings the store to the schema of this program, all or nothing. A newer store than the program is refused by throwing.</summary>
    public static async Task Run(Store store, IReadOnlyList<ModuleSchema> modules)
    {
        var outcome = await store.Write(new WriteScope(Actor.System, WriteScope.Deployment), session =>
        {
            session.Execute(VersionTable);
            foreach (var module in modules)
                Migrate(session, module);
            if (session.Kind == StoreKind.Sqlite)
                Sqlite.ExpectedSizes.Write(session);
            return Outcome.Done;
        });
        _ = outcome.Value;
    }

    static void Migrate(WriteSession session, ModuleSchema module)
    {
        var there = session.Query<Applied>("SELECT number, name, hash FROM schema_version WHERE module = @Module", new { module.Module })
            .ToDictionary(a => a.Number);
        var files = FilesOf(module, session.Kind);
        foreach (var (number, name, sql) in files)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (there.Remove(number, out var applied))
            {
                if (applied.Hash != hash)
                    throw new CorruptException($"{module.Module}/{name}", "was changed after it had been applied; add a new file instead");
                continue;
            }
            session.Execute(Dialect(sql, session.Kind));
            session.Execute("INSERT INTO schema_version (module, number, name, hash, at) VALUES (@Module, @number, @name, @hash, @Now)",
                new { module.Module, number, name, hash, session.Now });
        }
        if (there.Count > 0)
            throw new CorruptException(module.Module, $"the store has schema {there.Keys.Max()}, which this program does not know; start a newer one");
    }

    static List<(long Number, string Name, string Sql)> FilesOf(ModuleSchema module, StoreKind kind)
    {
        var own = kind == StoreKind.Sqlite ? ".sqlite.sql" : ".postgres.sql";
        var other = kind == StoreKind.Sqlite ? ".postgres.sql" : ".sqlite.sql";
        return [.. module.Files.GetManifestResourceNames()
            .Where(name => FileName().IsMatch(name) && !name.EndsWith(other, StringComparison.Ordinal))
            .GroupBy(name => name[..4])
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same =>
            {
                var name = same.FirstOrDefault(n => n.EndsWith(own, StringComparison.Ordinal)) ?? same.First();
                using var reader = new StreamReader(module.Files.GetManifestResourceStream(name)!);
                return (long.Parse(same.Key, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            })];
    }

    /// <summary><c>/*sqlite … */</c> is SQL for SQLite alone, <c>/*postgres … */</c> for PostgreSQL alone; elsewhere a comment.</summary>
    static string Dialect(string sql, StoreKind kind) => OnlyFor().Replace(sql, match =>
        match.Groups["store"].Value == (kind == StoreKind.Sqlite ? "sqlite" : "postgres") ? match.Groups["sql"].Value : "");

    [GeneratedRegex(@"/\*(?<store>sqlite|postgres) (?<sql>.*?)\*/", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnlyFor();

    [GeneratedRegex(@"^\d{4}_.*\.sql$", RegexOptions.None, 1000)]
    private static partial Regex FileName();

    sealed class Applied
    {
        public long Number { get; init; }

        public string Name { get; init; } = "";

        public string Hash { get; init; } = "";
    }
}
