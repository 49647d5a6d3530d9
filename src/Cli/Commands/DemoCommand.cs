using System.CommandLine;
using Qipan.Drill;

namespace Qipan.Cli.Commands;

/// <summary>`qipan demo`: a seeded city with a round under way and one positive pool, live, in a temporary folder.</summary>
static class DemoCommand
{
    public static Command Make()
    {
        var scenario = new Option<string>("--scenario")
        {
            Description = "county: 200,000 people in the middle of an outbreak. school: a boarding campus of 3,000. quiet: the city without an outbreak. morning: 20,000 people, one positive pool.",
            DefaultValueFactory = _ => Scenario.All[0].Name,
        };
        scenario.AcceptOnlyFromAmong([.. Scenario.All.Select(s => s.Name)]);
        var speed = new Option<double>("--speed") { Description = "Seconds of the city in a real second.", DefaultValueFactory = _ => 60 };
        var port = new Option<int>("--port") { Description = "Where to listen on this machine; 0 takes a free one.", DefaultValueFactory = _ => 8080 };
        var keep = new Option<string?>("--keep") { Description = "A folder for the data, which stays; otherwise a temporary one, which goes.", HelpName = "DIR" };
        var command = new Command("demo", "A fictional city in the middle of its round, live.") { scenario, speed, port, keep };
        command.SetAction(async (parsed, stop) =>
        {
            var streams = parsed.InvocationConfiguration;
            if (parsed.GetValue(speed) is not (>= 0 and <= 3600))
            {
                await streams.Error.WriteLineAsync("usage: --speed is between 0 and 3600.");
                return ExitCode.Usage;
            }
            var chosen = Scenario.All.First(s => s.Name == parsed.GetValue(scenario));
            var kept = parsed.GetValue(keep);
            if (kept is not null && Directory.Exists(kept) && Directory.EnumerateFileSystemEntries(kept).Any())
            {
                await streams.Error.WriteLineAsync($"usage: {kept} is not empty; a demo needs a folder of its own.");
                return ExitCode.Usage;
            }
            var folder = kept is null ? Directory.CreateTempSubdirectory("qipan-demo-").FullName : Directory.CreateDirectory(kept).FullName;
            try
            {
                return await new Demo(chosen, folder, parsed.GetValue(port), streams).Run(parsed.GetValue(speed), stop);
            }
            finally
            {
                if (kept is null)
                    Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }
}
