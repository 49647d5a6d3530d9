using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Cli.Commands;

/// <summary>
/// `qipan import itinerary FILE`: reads itineraries 活动轨迹 from text. A dry run prints persons, stays, matches, what they share and what
/// was not understood, and writes nothing; it needs no store.
/// </summary>
static class ImportItinerary
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "A text in UTF-8, UTF-16 or GB18030, in Chinese or English." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print what was read and write nothing." };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var year = new Option<int?>("--year") { Description = "The year of days that name none.", HelpName = "YYYY" };
        var on = new Option<string?>("--on")
        {
            Description = "The day the text is of; days without a year are the latest before it. Today unless given.",
            HelpName = "DATE",
        };
        var disease = new Option<string>("--disease")
        {
            Description = "Whose transport rule says who in a vehicle counts.",
            DefaultValueFactory = _ => "COVID-19",
        };
        var caseNo = new Option<string?>("--case") { Description = "The case that the stays belong to.", HelpName = "NO" };
        var person = new Option<string?>("--person")
        {
            Description = "Of several persons in the text, the one with this number in the heading.",
            HelpName = "N",
        };
        var store = new ImportStore();
        var command = new Command("itinerary",
            "Itineraries as they are published: prints persons, stays, matches and what was not understood.")
        {
            file, dryRun, format, year, on, disease, caseNo, person,
        };
        store.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (Days(parsed.GetValue(on), parsed.GetValue(year)) is not { } days)
                return Usage(error, "--on wants a day as 2022-03-31, --year a year from 1900 to 2199.");
            if (!parsed.GetValue(dryRun) && parsed.GetValue(caseNo) is null)
                return Usage(error, "name the case with --case NO, or read only with --dry-run.");
            var text = ItineraryFile.Open(parsed.GetRequiredValue(file));
            if (!text.Ok)
                return ExitCode.Refuse(error, parsed.GetRequiredValue(file), text.Refusal);
            var read = ItineraryReader.Read(text.Value, days);
            var transport = TransportOf(parsed.GetRequiredValue(disease), read, days);
            if (!transport.Ok)
                return ExitCode.Refuse(error, transport.Refusal);
            var report = new ItineraryReport(parsed.GetRequiredValue(file), text.Value, read,
                SharedExposureFinder.Find(read.Persons, transport.Value.Rule), transport.Value.Source);
            if (parsed.GetResult("--store") is OptionResult { Implicit: false }
                || parsed.GetResult("--conn") is OptionResult { Implicit: false } || parsed.GetValue(caseNo) is not null)
                return await store.Run(parsed, error, (opened, keys, settings) =>
                    LoadItinerary.Run(opened, keys, settings, report, parsed.GetValue(dryRun) ? null
                        : parsed.GetValue(caseNo), parsed.GetValue(person),
                        parsed.GetValue(format) == "json", output, error));
            report.Write(output, error, parsed.GetValue(format) == "json");
            return ExitCode.Done;
        });
        return command;
    }

    static ReadingDays? Days(string? on, int? year)
    {
        var day = DateOnly.FromDateTime(LocalDays.China.DateOf(TimeProvider.System.GetUtcNow()).ToDateTime(TimeOnly.MinValue));
        return (on is not null && !DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            || year is < 1900 or > 2199
            ? null : new ReadingDays(day, year);
    }

    /// <summary>
    /// The transport rule that holds on the last day of the text; before there was any, the earliest that there is, and the source says so.
    /// </summary>
    static Outcome<(TransportRule Rule, string Source)> TransportOf(string disease, ReadItinerary read, ReadingDays days)
    {
        var book = ProtocolBook.Load();
        if (!book.Ok)
            return book.Refusal;
        var last = read.Persons.SelectMany(p => p.Stays).Select(s => s.Time.LastDay ?? s.Time.Day).Where(d => d is not null)
            .DefaultIfEmpty(days.On).Max()!.Value;
        foreach (var (protocol, holds) in book.Value.All.Where(p => p.Disease.Equals(disease, StringComparison.OrdinalIgnoreCase))
            .Select(p => (Protocol: p, Holds: p.Effective.Holds(last))).OrderByDescending(p => p.Holds)
                .ThenBy(p => Math.Abs(p.Protocol.Effective.From.DayNumber - last.DayNumber)))
            if (protocol.TryGet<TransportRule>(out var rule))
                return (rule, holds ? protocol.Version.ToString() : $"{protocol.Version} (does not hold on {last:yyyy-MM-dd}; none does)");
        return new Refusal("no_transport_rule", RefusalKind.NotFound,
            "No protocol of this disease has a transport rule: name another with --disease.", "该病种的方案均无交通工具判定规则，请用 --disease 另行指定。");
    }

    static int Usage(TextWriter error, string sentence)
    {
        error.WriteLine($"usage: {sentence}");
        return ExitCode.Usage;
    }
}
