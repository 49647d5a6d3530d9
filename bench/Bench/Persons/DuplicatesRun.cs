using System.Diagnostics;
using System.Globalization;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Bench.Persons;

/// <summary>
/// `duplicates [--persons 1000000] [--postgres "Host=…"] [--folder DIR] [--plain]`: the scan for duplicates over a county, three times without writing and
/// once with; beside it, with --plain, what one writes first: every pair of one day of birth joined in SQL (equal names, or names of one length that differ
/// in one character).
/// </summary>
static class DuplicatesRun
{
    public static async Task<int> Run(string[] args)
    {
        await using var town = await BenchTown.Open(args);
        var find = new FindDuplicatesHandler(town.Store, town.Keys);
        Console.WriteLine();
        Console.WriteLine("| what | seconds | CPU s | persons | pairs | new | peak MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var dry in new[] { true, true, true, false })
        {
            var (started, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            var report = (await find.Handle(new FindDuplicates(BenchTown.County, DryRun: dry), Actor.System)).Value;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| scan{(dry ? "" : ", pairs parked")} | {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} | {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:N1} | {report.Persons:N0} | {report.Pairs:N0} | {report.New:N0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} |"));
        }
        if (!args.Contains("--plain"))
            return 0;
        var began = Stopwatch.GetTimestamp();
        var pairs = town.Store.Read(s => s.Scalar<long>("""
            SELECT count(*) FROM person a JOIN person b ON b.owner = a.owner AND b.birth = a.birth AND b.id > a.id
            WHERE a.owner = @County AND a.merged_into IS NULL AND b.merged_into IS NULL AND (a.name_key = b.name_key OR length(a.name_key) = length(b.name_key)
              AND CASE WHEN substr(a.name_key, 1, 1) <> substr(b.name_key, 1, 1) THEN 1 ELSE 0 END + CASE WHEN substr(a.name_key, 2, 1) <> substr(b.name_key, 2, 1)
                THEN 1 ELSE 0 END + CASE WHEN substr(a.name_key, 3, 1) <> substr(b.name_key, 3, 1) THEN 1 ELSE 0 END <= 1)
            """, new { BenchTown.County }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the plain way: a join by birth | {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} | | | {pairs:N0} | | |"));
        return 0;
    }
}
