using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Cases;
using Qipan.Kernel;
using Qipan.LineLists;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Server.Settings;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan import line-list FILE... --mapping NAME` and `qipan import contacts FILE...`: lists of cases, contacts and links through a mapping.
/// Without a mapping the one is named that fits the heads best. Counts go to the output, a bar to the error output, refused rows beside the input.
/// </summary>
static class ImportLists
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command MakeCases()
    {
        var command = new Command("line-list", "A list of cases through a mapping: CSV or .xlsx.");
        command.Aliases.Add("linelist");
        return Make(command, [ListKind.Cases]);
    }

    public static Command MakeContacts() => Make(new Command("contacts", "A list of contacts, or of who infected whom, through a mapping."), [ListKind.Contacts, ListKind.Links]);

    static Command Make(Command command, ListKind[] kinds)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "CSV in UTF-8, UTF-16 or GB18030, or .xlsx." };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping's name, or its file; `qipan mapping list` names them.", HelpName = "NAME" };
        var place = new Option<string?>("--place") { Description = "Code of the county, or finer, of rows that name no place.", HelpName = "CODE" };
        var clocks = new Option<bool?>("--clocks") { Description = "Whether the cases open their clocks; as the mapping says unless given." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Judge every row as a real run would, and keep nothing." };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var store = new ImportStore();
        command.Add(files);
        foreach (var option in new Option[] { mapping, place, clocks, dryRun, format })
            command.Add(option);
        store.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return await store.Run(parsed, error, async (opened, keys, settings) =>
            {
                var handler = Handler(opened, keys, settings);
                if (!handler.Ok)
                    return ExitCode.Refuse(error, handler.Refusal);
                var book = new MappingBook(Path.Combine(settings.Get<StorageSettings>().Folder, "mappings"));
                var (exit, reports) = (ExitCode.Done, new List<ListReport>());
                foreach (var path in parsed.GetRequiredValue(files))
                {
                    var through = Choose(book, parsed.GetValue(mapping), path, kinds);
                    var outcome = !through.Ok ? through.Refusal : await ImportRegisters.WithBar(Path.GetFileName(path), bar => handler.Value.Handle(
                        new ImportLineList(path, through.Value, parsed.GetValue(place), parsed.GetValue(dryRun)) { Clocks = parsed.GetValue(clocks) }, Actor.System, null, bar));
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

    static Outcome<ImportLineListHandler> Handler(Store store, Keyring keys, LoadedSettings settings)
    {
        var protocols = ProtocolBook.Load(Path.Combine(settings.Get<StorageSettings>().Folder, "protocols"));
        if (!protocols.Ok)
            return protocols.Refusal;
        var days = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(settings.Get<ServerSettings>().TimeZone));
        return new ImportLineListHandler(store, keys, protocols.Value, new CaseWork(protocols.Value, days, settings.Get<CasesSettings>()),
            settings.Get<TracingSettings>(), settings.Get<RegistersSettings>(), settings.Get<LineListsSettings>(), days);
    }

    static Outcome<ListMapping> Choose(MappingBook book, string? name, string path, ListKind[] kinds)
    {
        if (name is not null)
        {
            var found = book.Named(name);
            return !found.Ok || kinds.Contains(found.Value.Kind) ? found : new MappingOfOtherKind();
        }
        var heads = ReadHeads.Of(path);
        if (!heads.Ok)
            return heads.Refusal;
        var fits = book.Fitting(heads.Value).Where(f => kinds.Contains(f.Mapping.Kind)).Take(3).Select(f => f.Mapping.Name).ToList();
        return fits.Count == 0 ? new MappingNotFound() : new MappingNeeded(string.Join(", ", fits));
    }

    static void Print(TextWriter output, string path, ListReport report)
    {
        var dry = report.DryRun ? " (dry run, nothing kept)" : "";
        var resumed = report.ResumedAt > 0 ? $" (went on after row {report.ResumedAt})" : "";
        output.WriteLine($"{path}: {report.Rows} read, {report.Accepted} accepted, {report.Updated} updated, {report.Had} already had, {report.Refused} refused{dry}{resumed}");
        if (report.Drawn + report.Waiting + report.RefusedLinks > 0)
            output.WriteLine($"  links: {report.Drawn} drawn, {report.Waiting} wait for a case, {report.RefusedLinks} refused");
        if (report.Parked > 0)
            output.WriteLine($"  {report.Parked} pairs of possible doubles wait for a decision");
        foreach (var (reason, count) in report.Reasons)
            output.WriteLine($"  refused {count} x {reason}");
        foreach (var (notice, count) in report.Notices)
            output.WriteLine($"  noticed {count} x {notice}");
        foreach (var row in report.FirstRefused)
            output.WriteLine($"  row {row.Row}{(row.Column is { } column ? $", column {column}" : "")}: {row.Code}: {row.Sentence}");
        if (report.Refused > report.FirstRefused.Count)
            output.WriteLine($"  … and {report.Refused - report.FirstRefused.Count} more");
        if (report.Unread.Count > 0)
            output.WriteLine($"  columns that nothing reads: {string.Join(", ", report.Unread)}");
        if (report.RefusedFile is { } file)
            output.WriteLine($"  refused rows: {file}");
        output.WriteLine($"  sha256 {report.Hash}");
    }
}

/// <summary>No mapping was named; these fit.</summary>
sealed record MappingNeeded(string Fitting) : Refusal("mapping_needed", RefusalKind.Invalid,
    $"Name the mapping with --mapping. These fit the heads of the file, the best first: {Fitting}.", $"请用 --mapping 指定列映射。与表头匹配的有（按匹配程度）：{Fitting}。");

/// <summary>No mapping was named and none fits.</summary>
sealed record MappingNotFound() : Refusal("mapping_not_found", RefusalKind.NotFound,
    "No mapping fits the heads of the file. Write one (docs/formats/linelist.md), check it with `qipan mapping check` and name it with --mapping.",
    "没有与表头匹配的列映射。请自建映射（见 docs/formats/linelist.md），用 qipan mapping check 检查后以 --mapping 指定。");

/// <summary>The mapping is of another kind of list.</summary>
sealed record MappingOfOtherKind() : Refusal("mapping_of_other_kind", RefusalKind.Invalid,
    "This mapping is of another kind of list: cases are imported with `import line-list`, contacts and links with `import contacts`.",
    "该列映射属于另一类清单：病例用 import line-list，密接和传播关系用 import contacts。");
