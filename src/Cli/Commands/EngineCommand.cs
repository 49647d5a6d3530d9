using System.CommandLine;
using Qipan.Engine;
using Qipan.Engine.Loading;

namespace Qipan.Cli.Commands;

/// <summary>`qipan engine ...`: the presence engine 时空伴随引擎 alone, on files, without a server.</summary>
static class EngineCommand
{
    public static Command Make() => new("engine", "The presence engine alone, on files: who met whom.")
    {
        EngineLoad.Make(),
        EngineTrace.Make(),
        EngineOccupancy.Make(),
        EnginePresent.Make(),
        EngineItinerary.Make(),
        EngineShared.Make(),
        EngineVerify.Make(),
        EngineForget.Make(),
    };

    public static Option<string> Store() =>
        new("--store") { Description = "Folder of the presence store.", HelpName = "DIR", Required = true };

    public static Option<string?> Out() => new("--out") { Description = "File for the rows; the output stream otherwise.", HelpName = "FILE.csv" };

    /// <summary>An instant option: Unix seconds or ISO 8601, UTC where it names no offset.</summary>
    public static Option<long?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        CustomParser = result =>
        {
            if (Instants.Parse(result.Tokens.Single().Value) is { } instant)
                return instant;
            result.AddError($"{name}: \"{result.Tokens.Single().Value}\" is neither Unix seconds nor ISO 8601.");
            return null;
        },
    };

    /// <summary>A span option: 900, 15m, 2h, 1d.</summary>
    public static Option<long?> Span(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SPAN",
        CustomParser = result =>
        {
            if (Instants.ParseSpan(result.Tokens.Single().Value) is { } span)
                return span;
            result.AddError($"{name}: \"{result.Tokens.Single().Value}\" is no span of time; write 900, 15m, 2h or 1d.");
            return null;
        },
    };

    /// <summary>Opens the store for reading and hands over a view; a store that is not there is refused.</summary>
    public static int Ask(string folder, TextWriter error, Func<VisitStore, PresenceView, int> ask)
    {
        var opened = VisitStore.OpenForReading(folder);
        if (!opened.Ok)
            return ExitCode.Refuse(error, opened.Refusal);
        using var store = opened.Value;
        using var view = store.Read();
        return ask(store, view);
    }

    /// <summary>Writes rows to a file or to the output.</summary>
    public static void Write(string? path, TextWriter output, Action<TextWriter> rows)
    {
        if (path is null)
        {
            rows(output);
            return;
        }
        using var file = new StreamWriter(path, false, new System.Text.UTF8Encoding(false), 1 << 16);
        rows(file);
    }

    /// <summary>An outside id as a CSV field.</summary>
    public static string Field(string? outside)
    {
        var text = outside ?? "";
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
