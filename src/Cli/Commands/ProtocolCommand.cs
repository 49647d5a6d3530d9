using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Cli.Commands;

/// <summary>`qipan protocol check|list|show`: what is wrong with a file, which protocols there are, and what holds where.</summary>
static class ProtocolCommand
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<NoteMark>(namingPolicy: null, allowIntegerValues: false) },
    };

    public static Command Make() => new("protocol", "Protocols: check a file, list them, show what holds where and when.")
    {
        MakeCheck(),
        MakeList(),
        MakeShow(),
    };

    static Command MakeCheck()
    {
        var files = new Argument<string[]>("FILE") { Description = "YAML files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var format = Format();
        var command = new Command("check", "Says everything that is wrong with a protocol's file: line, column and reason.")
        {
            files, format,
        };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(files), IsJson(parsed, format), parsed.InvocationConfiguration));
        return command;
    }

    static int Check(string[] paths, bool json, InvocationConfiguration streams)
    {
        var files = CheckFiles.Of(paths);
        if (json)
            streams.Output.WriteLine(JsonSerializer.Serialize(files
                .Select(f => new { f.File, Protocol = f.Protocol?.Version.ToString(), f.Findings }), Json));
        else
            foreach (var file in files)
                if (file.Findings.Count > 0)
                    streams.Output.WriteLine(string.Join(Environment.NewLine, file.Findings));
                else
                    streams.Output.WriteLine($"{file.File}: {file.Protocol!.Version} is in order: {Words(file.Protocol.Groups)}");
        var findings = files.Sum(f => f.Findings.Count);
        if (findings == 0)
            return ExitCode.Done;
        streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"protocols_refused: {findings} mistakes in {files.Count(f => f.Findings.Count > 0)} of {files.Count} files."));
        return ExitCode.Refused;
    }

    static Command MakeList()
    {
        var (data, format) = (Data(), Format());
        var command = new Command("list", "Every protocol: where and when it holds, and what it rules on.") { data, format };
        command.SetAction(parsed => WithBook(parsed, data, book =>
        {
            var lines = ListProtocols.All(book);
            if (IsJson(parsed, format))
                parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(lines, Json));
            else
                foreach (var line in lines)
                    parsed.InvocationConfiguration.Output.WriteLine(Line(line));
            return Outcome.Done;
        }));
        return command;
    }

    static string Line(ProtocolLine line)
    {
        var to = line.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "open";
        var where = string.Create(CultureInfo.InvariantCulture, $"{line.Protocol,-26} {line.Disease,-14} {line.Jurisdiction,-6}");
        var when = string.Create(CultureInfo.InvariantCulture, $"{line.From:yyyy-MM-dd} to {to,-10} priority {line.Priority,-3}");
        return $"{where} {when} {Words(line.Groups)}";
    }

    static string Words(IEnumerable<string> words) => string.Join(", ", words);

    static Command MakeShow()
    {
        var disease = new Argument<string>("DISEASE") { Description = "As COVID-19, MEASLES, EBOLA, MERS." };
        var place = new Option<string>("--place") { Description = "A place code, as 220204.", Required = true, HelpName = "CODE" };
        var on = new Option<string>("--on") { Description = "A day, as 2022-03-20.", Required = true, HelpName = "DATE" };
        var variant = new Option<string?>("--variant") { Description = "A variant, where protocols tell them apart." };
        var (data, format) = (Data(), Format());
        var command = new Command("show", "What holds for a disease at a place on a day, and where each value comes from.")
        {
            disease, place, on, variant, data, format,
        };
        command.SetAction(parsed => WithBook(parsed, data, book =>
        {
            var day = parsed.GetRequiredValue(on);
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return new BadDate();
            var ruling = book.Resolve(parsed.GetRequiredValue(disease), parsed.GetRequiredValue(place), date, parsed.GetValue(variant))
                .Map(ShowRuling.Of);
            if (!ruling.Ok)
                return ruling.Refusal;
            if (IsJson(parsed, format))
                parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(ruling.Value, Json));
            else
                Print(ruling.Value, parsed.InvocationConfiguration.Output);
            return Outcome.Done;
        }));
        return command;
    }

    static void Print(RulingView ruling, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ruling.Disease} at {ruling.Place} on {ruling.On:yyyy-MM-dd}"));
        foreach (var group in ruling.Groups)
        {
            var passed = group.Passed.Count == 0 ? "" : $", before {string.Join(", ", group.Passed)}";
            output.WriteLine($"{Environment.NewLine}{group.Group}: {group.Protocol} (holds in {group.Jurisdiction}{passed})");
            foreach (var value in RuledValue.Of(group))
            {
                var source = value.Note is { } note ? $"[{note.Mark}] {note.Source}" : "not in the file: the default";
                output.WriteLine($"  {value.Path} = {value.Value}    {source}");
            }
        }
    }

    static int WithBook(ParseResult parsed, Option<string?> data, Func<ProtocolBook, Outcome<Done>> act)
    {
        var book = ProtocolBook.Load(parsed.GetValue(data) is { } folder ? Path.Combine(folder, "protocols") : null);
        var outcome = book.Ok ? act(book.Value) : book.Refusal;
        return outcome.Ok ? ExitCode.Done : ExitCode.Refuse(parsed.InvocationConfiguration.Error, outcome.Refusal);
    }

    static Option<string?> Data() => new("--data")
    {
        Description = "A data folder, whose folder protocols is read besides the built-in packs.",
        HelpName = "DIR",
    };

    static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    static bool IsJson(ParseResult parsed, Option<string> format) => parsed.GetValue(format) == "json";
}
