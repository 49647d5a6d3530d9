using System.Diagnostics;
using System.Globalization;
using Qipan.Engine;
using Qipan.EngineBench;

// EngineBench MILLIONS [STORE]                         makes a city of that many visits, loads it, and prints what each query costs
// EngineBench generate PERSONS VENUES DAYS FILE ...    writes a city's visits and index persons
// EngineBench queries STORE INDEX.csv AT               the same queries on a store that is there; the last line is JSON
// EngineBench append FOLDER THREADS SECONDS            batches of 100 from many threads, each durable at its return
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["generate", ..]:
        return Generate.Run(args);
    case ["append", _, _, _]:
        return AppendBench.Run(args);
    case ["queries", var store, var index, var at]:
        return QueryBench.Run(store, opened => IndexFile.Read(index, opened), long.Parse(at, CultureInfo.InvariantCulture));
    case [var size, ..] when double.TryParse(size, out var millions):
        var city = new VisitCity((int)(millions / 140 * 1e6), (int)(millions / 140 * 50000), 14);
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), $"qipan-bench-{millions}");
        if (!Directory.Exists(folder))
            LoadCity(city, folder);
        return QueryBench.Run(folder, _ => city.Indexes(1000), VisitCity.Start + 5 * 86400 + 12 * 3600);
    default:
        Console.Error.WriteLine("usage: EngineBench MILLIONS [STORE] | generate ... | queries STORE INDEX AT | append FOLDER THREADS SECONDS");
        return 2;
}

static void LoadCity(VisitCity city, string folder)
{
    using var store = VisitStore.OpenForWriting(folder).Value;
    using var load = store.BeginLoad();
    var start = Stopwatch.GetTimestamp();
    city.Each(visit => load.Add(visit));
    var made = Stopwatch.GetElapsedTime(start).TotalSeconds;
    var receipt = load.Finish();
    var all = Stopwatch.GetElapsedTime(start).TotalSeconds;
    var bytes = Directory.EnumerateFiles(folder).Sum(f => new FileInfo(f).Length);
    Console.WriteLine($"visits {receipt.Accepted}, generate {made:F2} s, sort and write {all - made:F2} s, bytes {bytes}, bytes a visit {bytes / (double)receipt.Accepted:F2}");
}
