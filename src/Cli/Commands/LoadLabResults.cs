using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Server.Settings;
using Qipan.Storage;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan import lab-results FILE --store DIR --lab … --run-by LOGIN`: loads runs in the name of a member of staff. Review and release
/// stay acts of people. Refused wells are written beside the input.
/// </summary>
sealed class LoadLabResults
{
    readonly ImportStore store = new();
    readonly Option<string?> lab = new("--lab") { Description = "The laboratory: its id or its name." };
    readonly Option<string?> layout = new("--layout") { Description = "The name of an imported plate layout, or a CSV file of one." };
    readonly Option<Guid?> round = new("--round") { Description = "Only tubes of this round." };
    readonly Option<string?> runBy = new("--run-by") { Description = "The login of the technician who loads the run." };

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void AddTo(Command command)
    {
        store.AddTo(command);
        foreach (var option in new Option[] { lab, layout, round, runBy })
            command.Add(option);
    }

    public async Task<int> Run(ParseResult parsed, IReadOnlyList<string> files, string? assay, ColumnMapping? mapping, bool json)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (parsed.GetValue(lab) is not { } named || parsed.GetValue(runBy) is not { } login)
        {
            await error.WriteLineAsync("usage: loading needs --store, --lab and --run-by; to look at the files alone give --dry-run.");
            return ExitCode.Usage;
        }
        return await store.Run(parsed, error, async (opened, _, settings) =>
        {
            var protocols = ProtocolBook.Load(Path.Combine(settings.Get<StorageSettings>().Folder, "protocols"));
            if (!protocols.Ok)
                return ExitCode.Refuse(error, protocols.Refusal);
            var days = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(settings.Get<ServerSettings>().TimeZone));
            var handler = new LoadRunHandler(opened, protocols.Value, settings.Get<LaboratorySettings>(), days);
            var caller = opened.Read(s => StaffDirectory.Named(s, login));
            if (caller is null)
                return ExitCode.Refuse(error, "--run-by", new NoSuchStaff());
            if (opened.Read(s => LabViews.Named(s, named)) is not { } id)
                return ExitCode.Refuse(error, "--lab", new NoSuchLaboratory());
            var plate = await Layout(opened, caller, id, parsed.GetValue(layout));
            if (!plate.Ok)
                return ExitCode.Refuse(error, "--layout", plate.Refusal);
            var kit = await Assay(opened, caller, id, assay);
            if (!kit.Ok)
                return ExitCode.Refuse(error, "--assay", kit.Refusal);
            var exit = ExitCode.Done;
            foreach (var path in files)
            {
                if (!File.Exists(path))
                {
                    exit = ExitCode.Refuse(error, path, new NoSuchFile());
                    continue;
                }
                var asJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
                var outcome = await handler.Handle(caller, new LoadRun(
                    id, Path.GetFileName(path), await File.ReadAllBytesAsync(path), kit.Value, Layout: plate.Value, Round: parsed.GetValue(round), Json: asJson, Mapping: mapping));
                exit = outcome.Ok ? Print(output, path, outcome.Value, json, exit) : ExitCode.Refuse(error, path, outcome.Refusal);
            }
            return exit;
        });
    }

    /// <summary>A file is imported as a layout of its own name first; a name stays a name.</summary>
    static async Task<Outcome<string?>> Layout(Store store, Caller caller, Guid lab, string? layout)
    {
        if (layout is null || !File.Exists(layout))
            return layout;
        var name = Path.GetFileNameWithoutExtension(layout);
        var imported = await new ImportPlateLayoutHandler(store).Handle(caller, new ImportPlateLayout(lab, name, await File.ReadAllBytesAsync(layout)));
        return imported.Ok ? name : imported.Refusal;
    }

    /// <summary>A file is kept as an assay of its own name first, in its next version where it changed; a name stays a name.</summary>
    static async Task<Outcome<string?>> Assay(Store store, Caller caller, Guid lab, string? assay)
    {
        if (assay is null || !File.Exists(assay))
            return assay;
        await using var stream = new FileStream(assay, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = AssayFile.Read(stream);
        if (!read.Ok)
            return read.Refusal;
        var name = string.Concat(Path.GetFileNameWithoutExtension(assay).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var kept = await new ImportAssayHandler(store).Handle(caller, new ImportAssay(lab, name, read.Value));
        return kept.Ok ? name : kept.Refusal;
    }

    static int Print(TextWriter output, string path, LoadReceipt receipt, bool json, int exit)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(receipt, Json));
        foreach (var run in receipt.Runs.Where(_ => !json))
        {
            var calls = string.Join(", ", run.Calls.Select(c => $"{c.Value} {c.Key}"));
            var what = run.AlreadyHad ? "already had" : run.Run is null ? "nothing kept" : Snake(run.State);
            output.WriteLine($"{path}: plate {(run.Plate.Length > 0 ? run.Plate : "-")}: {what}, {run.Tubes} tubes, {run.Refused.Count} wells refused{(calls.Length > 0 ? ": " + calls : "")}");
            output.WriteLine($"  run {run.Run?.ToString("N") ?? "-"}; {run.ControlNote}");
            foreach (var alarm in run.Alarms)
                output.WriteLine($"  alarm {alarm.Code}: {alarm.Sentence}");
        }
        var refused = receipt.Runs.SelectMany(r => r.Refused).ToList();
        if (refused.Count > 0)
        {
            var beside = path + ".refused.csv";
            File.WriteAllLines(beside, refused.Select(r => string.Join(',', new[] { r.Place, r.Well, r.Code, r.Sentence }.Select(Cell))).Prepend("place,well,code,reason"));
            if (!json)
                output.WriteLine($"  refused wells: {beside}");
        }
        if (!json)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  sha256 {receipt.Hash}"));
        return receipt.Runs.Any(r => r.Run is not null) ? exit : ExitCode.Refused;
    }

    static string Snake(string pascal) => JsonNamingPolicy.SnakeCaseLower.ConvertName(pascal).Replace('_', ' ');

    static string Cell(string text) => '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}

/// <summary>No account of this login.</summary>
sealed record NoSuchStaff() : Refusal("staff_unknown", RefusalKind.NotFound,
    "No account at work has this login.", "没有该登录名的在职账号。");

/// <summary>No laboratory of this name.</summary>
sealed record NoSuchLaboratory() : Refusal("laboratory_unknown", RefusalKind.NotFound,
    "No laboratory, or more than one, has this id or name.", "没有该标识或名称的实验室，或有多个。");

/// <summary>No file there.</summary>
sealed record NoSuchFile() : Refusal("file_not_readable", RefusalKind.NotFound,
    "There is no such file: check the path.", "没有该文件：请检查路径。");
