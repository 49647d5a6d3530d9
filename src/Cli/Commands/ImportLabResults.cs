using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qipan.Kernel;
using Qipan.Laboratory.Files;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan import lab-results FILE...`: instrument files 仪器结果文件. A dry run prints every reading with the call of its well and
/// writes nothing; counts and problems go to the error output. Without it the runs are loaded (<see cref="LoadLabResults"/>).
/// </summary>
static class ImportLabResults
{
    public static Command Make()
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Instrument files: QuantStudio, ViiA 7, CFX, RDML, or any table with --mapping.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print what was read and write nothing." };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var mapping = new Option<string?>("--mapping") { Description = "JSON file that says which column is what." };
        var assay = new Option<string?>("--assay")
        {
            Description = $"JSON file of the assay, or one of {string.Join(", ", AssayFile.Names)}; {AssayFile.DefaultName} unless given.",
        };
        var command = new Command("lab-results", "Result files of PCR instruments.") { files, dryRun, format, mapping, assay };
        var load = new LoadLabResults();
        load.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (paths, json) = (parsed.GetRequiredValue(files), parsed.GetValue(format) == "json");
            if (parsed.GetValue(dryRun))
                return Run(paths, json, parsed.GetValue(mapping), parsed.GetValue(assay), output, error);
            var columns = parsed.GetValue(mapping) is { } file ? Open(file, ColumnMapping.Read).Map(m => (ColumnMapping?)m) : Outcome.Of<ColumnMapping?>(null);
            return columns.Ok
                ? await load.Run(parsed, paths, parsed.GetValue(assay), columns.Value, json)
                : ExitCode.Refuse(error, parsed.GetValue(mapping)!, columns.Refusal);
        });
        return command;
    }

    static int Run(string[] files, bool json, string? mappingFile, string? assayName, TextWriter output, TextWriter error)
    {
        ColumnMapping? mapping = null;
        if (mappingFile is not null)
        {
            var read = Open(mappingFile, ColumnMapping.Read);
            if (!read.Ok)
                return ExitCode.Refuse(error, mappingFile, read.Refusal);
            mapping = read.Value;
        }
        var assay = assayName is not null && File.Exists(assayName)
            ? Open(assayName, AssayFile.Read) : AssayFile.Named(assayName ?? AssayFile.DefaultName);
        if (!assay.Ok)
            return ExitCode.Refuse(error, "--assay", assay.Refusal);

        var result = ExitCode.Done;
        var rows = new List<Row>();
        foreach (var path in files)
        {
            var read = Open(path, stream => ResultFileReader.Read(stream, Path.GetFileName(path), ReadLimits.Default, mapping));
            if (!read.Ok)
            {
                result = ExitCode.Refuse(error, path, read.Refusal);
                continue;
            }
            var calls = WellCalls.Of(assay.Value, read.Value);
            rows.AddRange(read.Value.Wells.Select(well => new Row(path, well, calls[(well.Run, well.Well)])));
            Report(error, path, read.Value, ControlRule.Judge(assay.Value, read.Value.Wells));
        }
        if (json)
            WriteJson(output, rows, files.Length > 1);
        else
            WriteText(output, rows, files.Length > 1);
        return result;
    }

    static void Report(TextWriter error, string path, ResultFile file, IReadOnlyList<ControlVerdict> verdicts)
    {
        error.WriteLine(
            $"{path}: {file.Format}, {file.Instrument ?? "instrument not named"}: "
            + $"{file.Read} read, {file.Wells.Count} accepted, {file.Refused} refused");
        foreach (var problem in file.Problems)
        {
            var well = problem.Well is null ? "" : $" ({problem.Well})";
            error.WriteLine($"  {(problem.Refused ? "refused" : "look at")} {problem.Where}{well}: {problem.Code}: {problem.Sentence}");
        }
        foreach (var verdict in verdicts.Where(verdict => !verdict.Ok))
            error.WriteLine($"  control failed {verdict.Well}: {verdict.Code}: {verdict.Reason}");
    }

    static void WriteJson(TextWriter output, List<Row> rows, bool withFile)
    {
        using var memory = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
        using (var json = new Utf8JsonWriter(memory, options))
        {
            json.WriteStartArray();
            foreach (var (file, well, call) in rows)
            {
                json.WriteStartObject();
                if (withFile)
                    json.WriteString("file", file);
                json.WriteString("well", well.Well);
                json.WriteString("sample", well.Sample);
                json.WriteString("target", well.Target);
                json.WriteString("task", well.Task);
                if (well.Ct is { } ct)
                    json.WriteNumber("ct", ct);
                else
                    json.WriteNull("ct");
                json.WriteString("call", call.Name());
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        output.WriteLine(Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
    }

    static void WriteText(TextWriter output, List<Row> rows, bool withFile)
    {
        output.WriteLine($"{(withFile ? "file\t" : "")}well\tsample\ttarget\ttask\tct\tcall");
        foreach (var (file, well, call) in rows)
        {
            var ct = well.Ct is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : "-";
            var texts = string.Join('\t', new[] { well.Sample, well.Target, well.Task }.Select(OneLine));
            output.WriteLine($"{(withFile ? $"{file}\t" : "")}{well.Well}\t{texts}\t{ct}\t{call.Name()}");
        }
    }

    static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    static Outcome<T> Open<T>(string path, Func<Stream, Outcome<T>> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal(
                "file_not_readable", RefusalKind.NotFound, "There is no such file, or it cannot be opened: check the path and its rights.",
                "没有该文件或无法打开：请检查路径与权限。");
        }
    }

    sealed record Row(string File, ResultWell Well, Call Call);
}
