using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Server.Settings;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Cli.Commands;

/// <summary>`qipan import itinerary FILE --store DIR [--case NO [--person N]]`: matches places to the store's, and keeps the stays with
/// a case.</summary>
static class LoadItinerary
{
    /// <param name="caseNo">Null for a dry run: matches only.</param>
    /// <param name="person">The number in the heading of the person whose stays they are; needed when the text tells of several.</param>
    public static async Task<int> Run(
        Store store, Keyring keys, LoadedSettings settings, ItineraryReport report, string? caseNo, string? person, bool json,
            TextWriter output, TextWriter error)
    {
        var territory = caseNo?.Split('-')[0] is { Length: 6 } county ? [county] : Array.Empty<string>();
        report.Matcher = new PlaceMatcher(store.Read(s => (List<PlaceCandidate>)[.. PlaceCandidates.Load(s, territory), .. VenueCandidates.Load(s, territory)]));
        if (caseNo is not null)
        {
            var persons = report.Read.Persons;
            var index = person is null ? persons.Count == 1 ? 0 : -1 : persons.ToList().FindIndex(p => p.CaseNo == person);
            if (index < 0)
                return ExitCode.Refuse(error, new Refusal("person_not_named", RefusalKind.Invalid,
                    "The text tells of several persons or of none with this number: name the one with --person N, the number of the heading.",
                    "文本涉及多人或没有该编号：请用 --person N 指定标题中的编号。"));
            var places = persons[index].Stays.Where(s => s is { Place: not null, PlaceKind: PlaceKind.Named or PlaceKind.Work })
                .Select(s => s.Place!).Distinct()
                .Select(p => (Words: p, Chosen: report.Matcher.Match(p).Chosen)).Where(p => p.Chosen is not null)
                    .ToDictionary(p => p.Words, p => p.Chosen!.Candidate.Code);
            var days = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(settings.Get<ServerSettings>().TimeZone));
            var kept = await new KeepItineraryHandler(store, keys, days)
                .Handle(new KeepItinerary(caseNo, report.Text, report.Read, index, places), Actor.System);
            if (!kept.Ok)
                return ExitCode.Refuse(error, kept.Refusal);
            report.Written = kept.Value.Stays;
        }
        report.Write(output, error, json);
        return ExitCode.Done;
    }
}
