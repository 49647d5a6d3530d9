using System.Diagnostics;
using System.Globalization;
using Qipan.Engine;
using Qipan.EngineBench;

// Usage: EngineBench MILLIONS [STORE] [--threads N] [--keep]
// Makes a city of MILLIONS visits (1.4, 14, 140), loads it, and prints what each query costs.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["generate", ..])
    return Generate.Run(args);
if (args is ["append", ..])
    return AppendBench.Run(args);
var millions = double.Parse(args[0], CultureInfo.InvariantCulture);
var city = new VisitCity((int)(millions / 140 * 1e6), (int)(millions / 140 * 50000), 14);
var folder = args.Length > 1 && !args[1].StartsWith("--", StringComparison.Ordinal)
    ? args[1] : Path.Combine(Path.GetTempPath(), $"qipan-bench-{millions}");
if (!Directory.Exists(folder))
    LoadCity(city, folder);
QueryBench.Run(city, folder, Environment.ProcessorCount);
return 0;

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
