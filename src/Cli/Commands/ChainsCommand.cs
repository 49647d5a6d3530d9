using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Cases;
using Qipan.Storage;

namespace Qipan.Cli.Commands;

/// <summary>`qipan chains DISEASE`: the chains of a disease with their figures: heads, open tails, generations, offspring, delays. No persons.</summary>
static class ChainsCommand
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Make()
    {
        var disease = new Argument<string>("DISEASE") { Description = "As the protocols name it: COVID-19, MERS, EBOLA." };
        var store = new Option<string>("--store", "--dir")
        {
            Description = "The data folder, or a PostgreSQL connection string.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "data",
        };
        var territory = new Option<string>("--territory") { Description = "A place code; without it, everything.", DefaultValueFactory = _ => "" };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("chains", "The chains of a disease: heads, open tails, generations, offspring, delays.") { disease, store, territory, format };
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            var opened = await OpenStore.Existing(OpenStore.SettingsOf(parsed.GetValue(store)!));
            if (!opened.Ok)
                return ExitCode.Refuse(streams.Error, opened.Refusal);
            await using var app = opened.Value;
            var report = app.Services.GetRequiredService<Store>().Read(session => app.Services.GetRequiredService<ChainGraphs>()
                .All(session, parsed.GetValue(territory)!, parsed.GetRequiredValue(disease)));
            if (parsed.GetValue(format) == "json")
                streams.Output.WriteLine(JsonSerializer.Serialize(report, Json));
            else
                Print(streams.Output, report);
            return ExitCode.Done;
        });
        return command;
    }

    static void Print(TextWriter output, ChainReport report)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Cases:N0} cases, {report.Links:N0} links, {report.Chains:N0} chains, the largest of {report.Largest:N0}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Heads:N0} heads, {report.MissingSources:N0} sources missing, {report.OpenTails:N0} open tails, {report.Circles:N0} circles"));
        output.WriteLine($"generations: {string.Join(", ", report.Generations.Select((many, at) => $"{at}: {many}"))}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"offspring: mean {report.Offspring.Mean:0.###}, dispersion {report.Offspring.Dispersion?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–"}"));
        Summary(output, "serial interval", report.SerialInterval);
        Summary(output, "incubation", report.Incubation);
        Summary(output, "onset to report", report.OnsetToReport);
        Summary(output, "onset to isolation", report.OnsetToIsolation);
        Summary(output, "onset to outcome", report.OnsetToOutcome);
    }

    static void Summary(TextWriter output, string name, NumberSummary days) => output.WriteLine(days.N == 0
        ? $"{name}: nothing known"
        : string.Create(CultureInfo.InvariantCulture, $"{name}: n {days.N:N0}, mean {days.Mean:0.##} days, median {days.Median:0.##}, 5% to 95% {days.Quantiles[1]:0.##} to {days.Quantiles[5]:0.##}"));
}
