using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Qipan.Engine;
using Qipan.Engine.Loading;
using Spectre.Console;

namespace Qipan.Cli.Commands;

/// <summary>`qipan engine load`: visits from CSV or raw files into a store, created where there is none.</summary>
static class EngineLoad
{
    sealed record Request(string Store, string[] Files, string? Columns, long? InferLeave, string? Stays, string? Zone);

    public static Command Make()
    {
        var store = EngineCommand.Store();
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "CSV with or without header, or .bin: little-endian int32 person, place, enter, leave (-1: not left).",
        };
        var columns = new Option<string?>("--columns")
        {
            Description = "What stands in which column: person,place,enter,leave,area; or, in this order, the header's own names.",
            HelpName = "person,place,enter,leave",
        };
        var infer = EngineCommand.Span("--infer-leave", "Usual stay where a row has no leave; it is marked as inferred. Otherwise the stay is open.");
        var stays = new Option<string?>("--stays") { Description = "CSV of place,span: the usual stay of each place, before --infer-leave.", HelpName = "FILE" };
        var zone = new Option<string?>("--utc-offset") { Description = "Offset of times that have none, as +08:00.", HelpName = "+HH:MM" };
        var command = new Command("load", "Load visits from files.") { store, files, columns, infer, stays, zone };
        command.SetAction(parsed => Run(
            new Request(parsed.GetRequiredValue(store), parsed.GetValue(files)!, parsed.GetValue(columns), parsed.GetValue(infer), parsed.GetValue(stays), parsed.GetValue(zone)),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    static int Run(Request request, TextWriter output, TextWriter error)
    {
        if (Options(request, error) is not { } options)
            return ExitCode.Usage;
        if (request.Files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            error.WriteLine($"usage: there is no file {missing}.");
            return ExitCode.Usage;
        }
        var opened = VisitStore.OpenForWriting(request.Store);
        if (!opened.Ok)
            return ExitCode.Refuse(error, opened.Refusal);
        using var store = opened.Value;
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var refused = new RefusedRows();
            using var load = new VisitFileLoad(store, options, refused.Add);
            ReadAll(request.Files, load, refused, error);
            var receipt = load.Finish();
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"read {load.Read}, accepted {receipt.Accepted}, already had {receipt.Had}, refused {receipt.Refused}, replaced {receipt.Replaced}; {seconds:F2} s, {load.Read / seconds:F0} visits/s"));
            foreach (var path in refused.Files)
                output.WriteLine($"refused rows: {path}");
            return ExitCode.Done;
        }
        catch (IOException failed)
        {
            return ExitCode.Refuse(error, new StoreCannotWrite(failed.Message));
        }
    }

    /// <summary>With a progress bar where somebody looks at the error stream.</summary>
    static void ReadAll(string[] files, VisitFileLoad load, RefusedRows refused, TextWriter error)
    {
        var total = files.Sum(f => new FileInfo(f).Length);
        void Each(Action<long>? progress)
        {
            var before = 0L;
            foreach (var file in files)
            {
                refused.Begin(file);
                load.Add(file, progress is null ? null : here => progress(before + here));
                before += new FileInfo(file).Length;
            }
        }
        if (Console.IsErrorRedirected || !ReferenceEquals(error, Console.Error))
        {
            Each(null);
            return;
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        console.Progress().Start(context =>
        {
            var bar = context.AddTask("load", maxValue: Math.Max(1, total));
            Each(here => bar.Value = here);
            bar.Value = total;
        });
    }

    static LoadOptions? Options(Request request, TextWriter error)
    {
        var stays = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in request.Stays is null ? [] : File.ReadLines(request.Stays))
        {
            var field = line.Split(',');
            if (field.Length == 2 && Instants.ParseSpan(field[1].Trim()) is { } span)
                stays[field[0].Trim()] = span;
            else if (line.Length > 0 && stays.Count > 0)
            {
                error.WriteLine($"usage: {request.Stays}: \"{line}\" is not place,span.");
                return null;
            }
        }
        var offset = 0L;
        if (request.Zone is { } zone)
        {
            if (Instants.Parse($"2000-01-01T00:00:00{zone}") is not { } instant)
            {
                error.WriteLine($"usage: --utc-offset {zone}: write it as +08:00.");
                return null;
            }
            offset = 946684800 - instant;
        }
        return new LoadOptions { Columns = request.Columns?.Split(','), InferLeave = request.InferLeave, InferLeaveOf = stays, UtcOffset = offset };
    }

    /// <summary>Writes refused rows beside each input, as FILE.refused.csv.</summary>
    sealed class RefusedRows : IDisposable
    {
        string input = "";
        StreamWriter? file;

        public List<string> Files { get; } = [];

        public void Begin(string path)
        {
            file?.Dispose();
            file = null;
            input = path;
        }

        public void Add(RefusedRow row)
        {
            if (file is null)
            {
                Files.Add($"{input}.refused.csv");
                file = new StreamWriter(Files[^1], false);
                file.WriteLine("line,code,reason,row");
            }
            file.WriteLine($"{row.Line},{row.Why.Code},{EngineCommand.Field(row.Why.Sentence)},{EngineCommand.Field(row.Row)}");
        }

        public void Dispose() => file?.Dispose();
    }
}
