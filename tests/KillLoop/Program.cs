using System.Globalization;

namespace Qipan.KillLoop;

/// <summary>
/// `tests/kill-loop [N] [--seed S] [--store CONN]`: kills a real server N times while devices send to it, and says whether anything
/// that was acknowledged is missing or doubled. Exit code 1 when something is.
/// </summary>
static class Program
{
    static async Task<int> Main(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("qipan-kill-loop-").FullName;
        var options = new LoopOptions
        {
            Folder = folder,
            Kills = int.Parse(args.FirstOrDefault(a => int.TryParse(a, CultureInfo.InvariantCulture, out _) && Before(args, a) is not ("--seed" or "--store")) ?? "60", CultureInfo.InvariantCulture),
            Seed = int.Parse(After(args, "--seed") ?? "1", CultureInfo.InvariantCulture),
            Connection = After(args, "--store") ?? "",
        };
        var findings = await new Loop(options, Console.WriteLine).Run();
        foreach (var finding in findings)
            Console.WriteLine($"FINDING {finding}");
        Console.WriteLine(findings.Count == 0 ? "nothing was lost, nothing was doubled" : $"{findings.Count} findings; the data folder is {folder}");
        if (findings.Count == 0)
            Directory.Delete(folder, recursive: true);
        return findings.Count == 0 ? 0 : 1;
    }

    static string? After(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    static string? Before(string[] args, string value) => Array.IndexOf(args, value) is > 0 and var at ? args[at - 1] : null;
}
