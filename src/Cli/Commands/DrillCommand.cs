using System.CommandLine;
using Qipan.Drill;
using Qipan.Drill.City;
using Qipan.Drill.Spread;

namespace Qipan.Cli.Commands;

/// <summary>`qipan drill DIR`: a drill 演练 of a real city on its own places, in a folder of its own, with invented persons.</summary>
static class DrillCommand
{
    const int FewestPeople = 300;
    const int MostPeople = 500_000;

    public static Command Make()
    {
        var folder = new Argument<string>("DIR") { Description = "A new or empty folder: a drill never runs on data that are meant." };
        var places = new Option<string[]>("--places") { Description = "Files that `qipan import places` reads, from above to below.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var from = new Option<string?>("--from") { Description = "A data folder whose place tree and protocols are taken; nothing else of it.", HelpName = "DIR" };
        var at = new Option<string>("--at") { Description = "Only what lies at this place code.", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var people = new Option<int>("--people") { Description = "How many people are invented.", DefaultValueFactory = _ => 20_000 };
        var carriers = new Option<int>("--carriers") { Description = "How many bring the virus along ten days before; 0: a round without an outbreak.", DefaultValueFactory = _ => 6 };
        var seed = new Option<int>("--seed") { Description = "The same seed invents the same people and the same outbreak.", DefaultValueFactory = _ => 1 };
        var day = new Option<DateOnly?>("--day") { Description = "The day on which it is played, yyyy-MM-dd; otherwise today.", HelpName = "DATE" };
        var speed = new Option<double>("--speed") { Description = "Seconds of the city in a real second; changed in the page /drill.", DefaultValueFactory = _ => 60 };
        var port = new Option<int>("--port") { Description = "Where to listen on this machine; 0 takes a free one.", DefaultValueFactory = _ => 8080 };
        var command = new Command("drill", "A drill on your own places, with invented people, in a store of its own.") { folder, places, from, at, people, carriers, seed, day, speed, port };
        command.SetAction(async (parsed, stop) =>
        {
            var (streams, target, files) = (parsed.InvocationConfiguration, parsed.GetRequiredValue(folder), parsed.GetValue(places) ?? []);
            var (number, seeds, pace) = (parsed.GetValue(people), parsed.GetValue(carriers), parsed.GetValue(speed));
            var wrong = Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() ? $"{target} is not empty; a drill needs a folder of its own."
                : (files.Length > 0) == parsed.GetValue(from) is not null ? "say where the places come from: --places FILE... or --from DIR."
                : number is < FewestPeople or > MostPeople ? $"--people is between {FewestPeople} and {MostPeople}."
                : seeds < 0 || seeds > number / 100 ? "--carriers is at least 0, and at most one in a hundred."
                : pace is >= 0 and <= 3600 ? files.FirstOrDefault(f => !File.Exists(f)) is { } missing ? $"there is no file {missing}." : null
                : "--speed is between 0 and 3600.";
            if (wrong is not null)
            {
                await streams.Error.WriteLineAsync($"usage: {wrong}");
                return ExitCode.Usage;
            }
            var brought = new List<(string, byte[])>();
            foreach (var file in files)
                brought.Add((Path.GetFileName(file), await File.ReadAllBytesAsync(file, stop)));
            if (parsed.GetValue(from) is { } source)
            {
                var tree = await DrillGround.Of(source);
                if (!tree.Ok)
                    return ExitCode.Refuse(streams.Error, tree.Refusal);
                brought.Add(("places.csv", tree.Value));
            }
            var ground = new DrillGround(brought, parsed.GetValue(at) ?? "", number, parsed.GetValue(seed),
                parsed.GetValue(from) is { } known ? Path.Combine(known, "protocols") : null);
            var told = new Scenario("drill", CityPlan.County, Infected: 0, Mistakes: true)
            {
                Scans = true,
                FirstDay = seeds > 0 ? -2 : 0,
                Opens = new TimeOnly(8, 20),
                Day = parsed.GetValue(day) ?? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime),
                Outbreak = seeds > 0 ? new EpidemicPlan(seeds, FirstDay: -10) : null,
            };
            return await new Demo(told, Directory.CreateDirectory(target).FullName, parsed.GetValue(port), streams, ground).Run(pace, stop);
        });
        return command;
    }
}
