using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Server.Presence;
using Qipan.Server.Settings;
using Qipan.Storage;
using Qipan.Tracing;
using Spectre.Console;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan import places FILE...` and `qipan import persons FILE...`: each file's counts go to the output, a progress bar to the
/// error output, refused rows beside the input. Exit code 1 when a whole file was refused.
/// </summary>
static class ImportRegisters
{
    const int NamedRows = 20;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Command MakePlaces() => Make("places", "Place tree: code lists, census figures, code changes, reporting units; the header says which.",
        async (path, dryRun, store, _, _, _) => await new ImportPlacesHandler(store).Handle(new ImportPlaces(path, dryRun), Actor.System));

    public static Command MakeBoundaries() => Make("boundaries", "Outlines of places from GeoJSON; the property `code` of a feature names its place.",
        async (path, dryRun, store, _, _, _) => await new ImportBoundariesHandler(store).Handle(new ImportBoundaries(path, DryRun: dryRun), Actor.System, caller: null));

    public static Command MakePersons() => Make("persons", "Persons from CSV; never stops to ask, parks possible duplicates, goes on where it was killed.",
        async (path, dryRun, store, keys, settings, progress) =>
        {
            var handler = new ImportPersonsHandler(store, keys, settings.Get<RegistersSettings>(), DaysOf(settings));
            return await handler.Handle(new ImportPersons(path, dryRun), Actor.System, caller: null, progress);
        });

    public static Command MakeVenues() => Make("venues", "Venues from CSV: name, place code, category; number, credit code and capacity where there are such.",
        async (path, dryRun, store, _, _, progress) =>
            await new ImportVenuesHandler(store).Handle(new ImportFile(path, dryRun), Actor.System, caller: null, progress));

    public static Command MakeRoster() => Make("roster", "Lists of who was together: classes, wards, shifts, tours, vehicles with seats.",
        async (path, dryRun, store, keys, settings, progress) =>
            await new ImportRosterHandler(store, keys, DaysOf(settings)).Handle(new ImportFile(path, dryRun), Actor.System, caller: null, progress));

    public static Command MakeVisits() => Make("visits", "Visits from CSV: person, venue, enter, leave; a leave that is missing is inferred and marked.",
        async (path, dryRun, store, keys, settings, progress) =>
        {
            var protocols = ProtocolBook.Load(Path.Combine(settings.Get<StorageSettings>().Folder, "protocols"));
            if (!protocols.Ok)
                return protocols.Refusal;
            var presence = OpenPresence.Open(settings, store, writes: true);
            if (!presence.Ok)
                return presence.Refusal;
            using var closes = presence.Value.Folder;
            var handler = new ImportVisitsHandler(store, keys, presence.Value.Door, protocols.Value, DaysOf(settings), settings.Get<TracingSettings>());
            return await handler.Handle(new ImportFile(path, dryRun), Actor.System, caller: null, progress);
        });

    static LocalDays DaysOf(LoadedSettings settings) => new(TimeZoneInfo.FindSystemTimeZoneById(settings.Get<ServerSettings>().TimeZone));

    delegate Task<Outcome<ImportReport>> Work(
        string path, bool dryRun, Storage.Store store, Storage.Keyring keys, LoadedSettings settings, IProgress<ImportProgress> progress);

    static Command Make(string kind, string description, Work work)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "CSV files in UTF-8, UTF-16 or GB18030." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Judge every row and write nothing." };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var store = new ImportStore();
        var command = new Command(kind, description) { files, dryRun, format };
        store.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return await store.Run(parsed, error, async (opened, keys, settings) =>
            {
                var (exit, reports) = (ExitCode.Done, new List<ImportReport>());
                foreach (var path in parsed.GetRequiredValue(files))
                {
                    var outcome = await WithBar(Path.GetFileName(path), bar => work(path, parsed.GetValue(dryRun), opened, keys, settings, bar));
                    if (!outcome.Ok)
                    {
                        exit = ExitCode.Refuse(error, path, outcome.Refusal);
                        continue;
                    }
                    reports.Add(outcome.Value);
                    if (parsed.GetValue(format) == "text")
                        Print(output, path, outcome.Value);
                }
                if (parsed.GetValue(format) == "json")
                    await output.WriteLineAsync(JsonSerializer.Serialize(reports, Json));
                return exit;
            });
        });
        return command;
    }

    static void Print(TextWriter output, string path, ImportReport report)
    {
        var parked = report.Parked > 0 ? $", {report.Parked} pairs parked" : "";
        var resumed = report.ResumedAt > 0 ? $" (went on after row {report.ResumedAt})" : "";
        output.WriteLine($"{path}: {report.Rows} read, {report.Accepted} accepted, {report.Had} already had, {report.Refused} refused{parked}{resumed}");
        foreach (var (warning, count) in report.Warnings)
            output.WriteLine($"  noticed {count} x {warning}");
        foreach (var row in report.FirstRefused.Take(NamedRows))
            output.WriteLine($"  row {row.Row}: {row.Code}: {row.Sentence}");
        if (report.Refused > NamedRows)
            output.WriteLine($"  … and {report.Refused - NamedRows} more");
        if (report.RefusedFile is { } file)
            output.WriteLine($"  refused rows: {file}");
        output.WriteLine($"  sha256 {report.Hash}");
    }

    /// <summary>A bar on the error output where somebody watches it; nothing where it goes into a file.</summary>
    public static async Task<T> WithBar<T>(string title, Func<IProgress<ImportProgress>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new Told(_ => { }));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(title));
                return await work(new Told(at =>
                {
                    bar.Value = at.Share * 100;
                    bar.Description = Markup.Escape($"{title} {at.Rows:N0}");
                }));
            });
    }

    /// <summary>Tells at once, on the importing thread; the framework's own would hop to another.</summary>
    sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}
