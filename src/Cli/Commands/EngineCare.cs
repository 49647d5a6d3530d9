using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Qipan.Engine;

namespace Qipan.Cli.Commands;

/// <summary>`qipan engine verify`: reads every byte of a store and compares it with its checksum.</summary>
static class EngineVerify
{
    public static Command Make()
    {
        var store = EngineCommand.Store();
        var command = new Command("verify", "Check every byte of a store; a wrong one is named by file and offset.") { store };
        command.SetAction(parsed =>
        {
            try
            {
                return EngineCommand.Ask(parsed.GetRequiredValue(store), parsed.InvocationConfiguration.Error, (visits, _) =>
                {
                    var report = visits.Verify();
                    parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(report, JsonOptions));
                    return ExitCode.Done;
                });
            }
            catch (SegmentCorrupt corrupt)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"segment_corrupt: {corrupt.Message}");
                return ExitCode.Broken;
            }
        });
        return command;
    }

    static readonly JsonSerializerOptions JsonOptions = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}

/// <summary>`qipan engine forget`: retention and erasure.</summary>
static class EngineForget
{
    public static Command Make()
    {
        var store = EngineCommand.Store();
        var before = EngineCommand.Instant("--before", "Drop every visit that began before the UTC day of this instant.");
        var persons = new Option<string[]>("--person") { Description = "Erase this person; may be given more than once.", HelpName = "ID" };
        var command = new Command("forget", "Drop old visits, or everything about a person.") { store, before, persons };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(store), parsed.GetValue(before), parsed.GetValue(persons) ?? [], parsed.InvocationConfiguration));
        return command;
    }

    static int Run(string folder, long? before, string[] persons, InvocationConfiguration streams)
    {
        if (before is null && persons.Length == 0)
        {
            streams.Error.WriteLine("usage: give --before or --person.");
            return ExitCode.Usage;
        }
        if (!Directory.Exists(folder))
            return ExitCode.Refuse(streams.Error, new StoreNotThere(folder));
        var opened = VisitStore.OpenForWriting(folder);
        if (!opened.Ok)
            return ExitCode.Refuse(streams.Error, opened.Refusal);
        using var store = opened.Value;
        var known = persons.Select(p => store.Visitors.Find(p)).OfType<uint>().ToList();
        if (known.Count < persons.Length)
            streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{persons.Length - known.Count} persons are not in the store."));
        try
        {
            var gone = (before is { } instant ? store.ForgetBefore(instant) : 0) + (known.Count > 0 ? store.ForgetVisitors(known) : 0);
            streams.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"forgot {gone} visits"));
            return ExitCode.Done;
        }
        catch (IOException failed)
        {
            return ExitCode.Refuse(streams.Error, new StoreCannotWrite(failed.Message));
        }
    }
}
