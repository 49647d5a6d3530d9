using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Storage;

namespace Qipan.Cli.Commands;

/// <summary>`qipan verify DIR`: recomputes every derived state from the facts. Differences are errors: exit code 1.</summary>
static class VerifyCommand
{
    /// <summary>Of each verifier so many differences are printed; all of them are counted.</summary>
    const int MostPrinted = 100;

    public static Command Make()
    {
        var host = new HostSettings();
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("verify", "Recompute every derived state from the facts; differences are errors.");
        host.AddTo(command);
        command.Add(format);
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            var opened = await OpenStore.Existing(host.Load(parsed));
            if (!opened.Ok)
                return ExitCode.Refuse(streams.Error, opened.Refusal);
            await using var app = opened.Value;
            var verifiers = app.Services.GetServices<IVerifier>().ToList();
            var parts = app.Services.GetRequiredService<Store>().Read(session => verifiers.ConvertAll(v => Run(v, session)));
            if (parsed.GetValue(format) == "json")
                streams.Output.WriteLine(JsonSerializer.Serialize(parts, JsonSerializerOptions.Web));
            else
                Print(streams.Output, parts);
            return parts.TrueForAll(p => p.Differences == 0) ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    static VerifiedPart Run(IVerifier verifier, Session session)
    {
        var tally = new Tally();
        var first = new List<string>();
        long differences = 0;
        foreach (var difference in verifier.Verify(session, tally))
            if (++differences <= MostPrinted)
                first.Add(difference);
        return new VerifiedPart(verifier.Name, tally.Counts.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal), differences, first);
    }

    static void Print(TextWriter output, List<VerifiedPart> parts)
    {
        foreach (var part in parts)
        {
            var counts = string.Join(", ", part.Checked.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value:N0} {c.Key}")));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Name}: checked {counts}: {Said(part.Differences)}"));
            foreach (var difference in part.First)
                output.WriteLine($"  {difference}");
            if (part.Differences > part.First.Count)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … and {part.Differences - part.First.Count:N0} more"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verified: {parts.Count} parts, {Said(parts.Sum(p => p.Differences))}"));
    }

    static string Said(long differences) => differences switch
    {
        0 => "no differences",
        1 => "1 difference",
        _ => string.Create(CultureInfo.InvariantCulture, $"{differences:N0} differences"),
    };

    sealed record VerifiedPart(string Name, Dictionary<string, long> Checked, long Differences, List<string> First);
}
