using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan trail KIND ID`: why is this so? Prints the chain of facts from a thing back to the device, with times, actors, protocols and
/// code versions. Persons appear as ids.
/// </summary>
static class TrailCommand
{
    /// <summary>Of one thing so many acts are printed as text; JSON has all.</summary>
    const int MostActs = 12;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make()
    {
        var kind = new Argument<string>("KIND") { Description = "What it is: duty, result, tube, registration, submission …" };
        var id = new Argument<string>("ID") { Description = "Its id; of a duty KIND.BASIS.SUBJECT." };
        var store = new Option<string>("--store", "--dir")
        {
            Description = "The data folder, or a PostgreSQL connection string.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "data",
        };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("trail", "Why is this so? Prints the chain of facts under a thing.") { kind, id, store, format };
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            var opened = await OpenStore.Existing(OpenStore.SettingsOf(parsed.GetValue(store)!));
            if (!opened.Ok)
                return ExitCode.Refuse(streams.Error, opened.Refusal);
            await using var app = opened.Value;
            var walk = new TrailWalk(app.Services.GetServices<ITrailSource>());
            var subject = new Ref(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(id));
            var step = app.Services.GetRequiredService<Store>().Read(session => walk.From(session, subject));
            if (step.Node is null && step.Acts.Count == 0)
                return ExitCode.Refuse(streams.Error, new NoTrail(subject, walk.Kinds));
            if (parsed.GetValue(format) == "json")
                streams.Output.WriteLine(JsonSerializer.Serialize(Shape(step), Json));
            else
                Print(streams.Output, step, "");
            return ExitCode.Done;
        });
        return command;
    }

    static void Print(TextWriter output, TrailStep step, string indent)
    {
        if (step.SeenBefore)
        {
            output.WriteLine($"{indent}{step.Subject} (above)");
            return;
        }
        output.WriteLine($"{indent}{step.Subject}{(step.Node is { } node ? $": {node.Title}" : "")}");
        foreach (var (name, value) in step.Node?.Facts ?? [])
            output.WriteLine($"{indent}  {name}: {value}");
        foreach (var act in step.Acts.Take(MostActs))
            output.WriteLine($"{indent}  * {Line(act)}");
        if (step.Acts.Count > MostActs)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{indent}  * … and {step.Acts.Count - MostActs} more acts (--format json has all)"));
        foreach (var under in step.Under)
            Print(output, under, indent + "    ");
    }

    static string Line(TrailRow act)
    {
        var basis = act.BasisKind is null ? "" : $" on {act.BasisKind}/{act.BasisId}";
        var protocol = act.Protocol is null ? "" : $" under {act.Protocol}";
        return $"{Time(act.At)} {act.Action} by {act.Actor}{basis}{protocol} (code {act.Code}){(act.Detail is null ? "" : " " + act.Detail)}";
    }

    static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    static object Shape(TrailStep step) => new
    {
        step.Subject.Kind,
        step.Subject.Id,
        step.Node?.Title,
        step.SeenBefore,
        Facts = (step.Node?.Facts ?? []).Select(f => new { f.Name, f.Value }),
        Acts = step.Acts.Select(a => new { a.At, a.Actor, a.Action, a.BasisKind, a.BasisId, a.Protocol, a.Code, Detail = Parsed(a.Detail) }),
        Under = step.Under.Select(Shape),
    };

    static JsonElement? Parsed(string? detail)
    {
        if (detail is null)
            return null;
        using var json = JsonDocument.Parse(detail);
        return json.RootElement.Clone();
    }
}

/// <summary>There is no such thing, or nothing is known of it.</summary>
sealed record NoTrail(Ref Subject, IReadOnlyCollection<string> Kinds) : Refusal("no_trail", RefusalKind.NotFound,
    $"Nothing is known of {Subject}. Kinds that can be explained: {string.Join(", ", Kinds.Order(StringComparer.Ordinal))}.",
    $"没有 {Subject} 的记录。可追溯的类型：{string.Join(", ", Kinds.Order(StringComparer.Ordinal))}。");
