using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan persons duplicates | merge | unmerge`: looks for rows that may be one person, joins those with a document in common, takes one apart again.
/// Only ids are printed.
/// </summary>
static class PersonsCommand
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Command Make() => new("persons", "Rows of the register that are one person: find them, join them, take them apart.") { Duplicates(), Merge(), Unmerge() };

    static Command Duplicates()
    {
        var (store, county, format) = (Store(), County(), Format());
        var least = new Option<double>("--least") { Description = "The least score of a pair, 0.3 to 1.", DefaultValueFactory = _ => FindDuplicates.UsualLeast };
        var dry = new Option<bool>("--dry-run") { Description = "Count, and park nothing." };
        var command = new Command("duplicates", "Look for rows that may be one person, and park the pairs for a decision.") { store, county, least, dry, format };
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            var opened = await OpenStore.Existing(OpenStore.SettingsOf(parsed.GetValue(store)!));
            if (!opened.Ok)
                return ExitCode.Refuse(streams.Error, opened.Refusal);
            await using var app = opened.Value;
            var done = await app.Services.GetRequiredService<FindDuplicatesHandler>().Handle(
                new FindDuplicates(parsed.GetValue(county), parsed.GetValue(least), parsed.GetValue(dry)), Actor.System, caller: null, new Told(streams.Error));
            if (!done.Ok)
                return ExitCode.Refuse(streams.Error, done.Refusal);
            var report = done.Value;
            if (parsed.GetValue(format) == "json")
                streams.Output.WriteLine(JsonSerializer.Serialize(report, Json));
            else
                streams.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{report.Persons:N0} persons, {report.Pairs:N0} pairs, {report.New:N0} of them new{(report.DryRun ? ", nothing parked" : ", parked")}, {report.Seconds:0.0} s"));
            return ExitCode.Done;
        });
        return command;
    }

    static Command Merge()
    {
        var (store, county, format) = (Store(), County(), Format());
        var threshold = new Option<double>("--threshold") { Description = "Join pairs of this score and above that have a document in common.", DefaultValueFactory = _ => 0.95 };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be done." };
        var command = new Command("merge", "Join parked pairs from a score on; pairs without a document in common wait for a person.") { store, county, threshold, dry, format };
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            var opened = await OpenStore.Existing(OpenStore.SettingsOf(parsed.GetValue(store)!));
            if (!opened.Ok)
                return ExitCode.Refuse(streams.Error, opened.Refusal);
            await using var app = opened.Value;
            var done = await app.Services.GetRequiredService<MergePersonsHandler>().Handle(
                new MergePersons(parsed.GetValue(threshold), parsed.GetValue(county), parsed.GetValue(dry)), Actor.System);
            if (!done.Ok)
                return ExitCode.Refuse(streams.Error, done.Refusal);
            var report = done.Value;
            if (parsed.GetValue(format) == "json")
                streams.Output.WriteLine(JsonSerializer.Serialize(report, Json));
            else
                Print(streams.Output, report);
            return ExitCode.Done;
        });
        return command;
    }

    static Command Unmerge()
    {
        var (store, format) = (Store(), Format());
        var person = new Argument<string>("PERSON") { Description = "The id of the row that follows another." };
        var reason = new Option<string>("--reason") { Description = "Why, without names.", Required = true };
        var command = new Command("unmerge", "Take a row out of the one that it follows; what was changed since is listed.") { person, store, reason, format };
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            if (!Guid.TryParse(parsed.GetRequiredValue(person), out var id))
                return ExitCode.Refuse(streams.Error, new PersonUnknown());
            var opened = await OpenStore.Existing(OpenStore.SettingsOf(parsed.GetValue(store)!));
            if (!opened.Ok)
                return ExitCode.Refuse(streams.Error, opened.Refusal);
            await using var app = opened.Value;
            var done = await app.Services.GetRequiredService<UnmergePersonHandler>().Handle(new UnmergePerson(id, parsed.GetRequiredValue(reason)), Actor.System);
            if (!done.Ok)
                return ExitCode.Refuse(streams.Error, done.Refusal);
            if (parsed.GetValue(format) == "json")
                streams.Output.WriteLine(JsonSerializer.Serialize(done.Value, Json));
            else
                streams.Output.WriteLine($"{id:N} stands for itself again; {done.Value.Changes} rows were put back, {done.Value.Issues.Count} things are listed");
            foreach (var issue in done.Value.Issues)
                streams.Output.WriteLine($"  {issue.Kind} {issue.About}");
            return ExitCode.Done;
        });
        return command;
    }

    static void Print(TextWriter output, MergeReport report)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Looked:N0} pairs from {report.Threshold:0.##} on: {report.Merged:N0} {(report.DryRun ? "would be joined" : "joined")}, {report.NeedPerson:N0} wait for a person, {report.Refused:N0} refused, {report.AlreadyOne:N0} one already; {report.Issues:N0} things do not go together"));
        foreach (var item in report.Items.Where(i => i.Verdict != "needs_person").Take(100))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {item.Verdict} {item.Loser:N} into {item.Survivor:N} {item.Score:0.00} {item.Reasons}{(item.Code is null ? "" : " " + item.Code)}{string.Concat(item.Issues.Select(i => " " + i))}"));
    }

    static Option<string> Store() => new("--store", "--dir")
    {
        Description = "The data folder, or a PostgreSQL connection string.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "data",
    };

    static Option<string?> County() => new("--county") { Description = "6 digits; without it, all counties." };

    static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    sealed class Told(TextWriter error) : IProgress<DuplicateProgress>
    {
        string last = "";

        public void Report(DuplicateProgress value)
        {
            if (value.Stage == last)
                return;
            last = value.Stage;
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Share,4:P0} {value.Stage} ({value.Persons:N0} persons)"));
        }
    }
}
