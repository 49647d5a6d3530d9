using Qipan.Cases;
using Qipan.Consoles.Drawings;
using Qipan.Consoles.Shell;
using Qipan.Kernel;
using Qipan.Tracing;

namespace Qipan.Consoles.CaseDesk;

/// <summary>One case from the days in which it may have been infected to its outcome, on one drawing.</summary>
static class CaseTimeline
{
    /// <summary>A case that lasted longer is drawn from its end backwards.</summary>
    const int MostDays = 400;

    /// <param name="others">The cases at the other ends of its links: a link whose day of exposure is not known stands where the one who got it fell ill.</param>
    public static Timeline Of(Reader r, CaseDetail model, CaseWindow window, IReadOnlyDictionary<Guid, CaseRow> others, LocalDays days)
    {
        var row = model.Case;
        DateOnly? Ill(CaseLink link) => link.Outward && link.Other is { } id && others.TryGetValue(id, out var other)
            ? other.Onset ?? (other.FirstPositiveAt is { } sample ? days.DateOf(sample) : days.DateOf(other.FoundAt)) : null;
        var all = Days(model, window, days).Concat(model.Links.Select(Ill).OfType<DateOnly>()).ToList();
        var last = all.Max().AddDays(1);
        var first = new[] { all.Min().AddDays(-1), last.AddDays(-MostDays) }.Max();
        double Middle(DateOnly day) => Timeline.Middle(day, first);
        double At(DateTimeOffset at) => Timeline.At(at, first, days);
        List<TimeBar> windows = [new(window.InfectedFrom.DayNumber - first.DayNumber, window.InfectedTo.DayNumber - first.DayNumber + 1, "infected",
            r.Say("may have been infected: {0} to {1}", r.Day(window.InfectedFrom), r.Day(window.InfectedTo)))];
        if (window is { InfectiousFrom: { } from, InfectiousTo: { } to })
            windows.Add(new TimeBar(from.DayNumber - first.DayNumber, Math.Max(from.DayNumber, to.DayNumber) - first.DayNumber + 1, "infectious",
                r.Say("may have infected others: {0} to {1}", r.Day(from), r.Day(to))));
        var events = new List<TimeMark>();
        if (row.Onset is { } onset)
            events.Add(new TimeMark(Middle(onset), "onset", $"{r["Onset"]} {r.Day(onset)}"));
        void Mark(DateTimeOffset? at, string kind, string name)
        {
            if (at is { } instant)
                events.Add(new TimeMark(At(instant), kind, $"{name} {r.When(instant)}"));
        }
        Mark(row.FirstPositiveAt, "sample", r["First positive sample"]);
        Mark(row.FoundAt, "found", r["Found"]);
        Mark(row.ReportAt, "report", r["Reported"]);
        Mark(row.IsolatedAt, "isolated", r["Isolated"]);
        if ((row.DeathOn ?? row.OutcomeOn) is { } end)
            events.Add(new TimeMark(Middle(end), row.Outcome == CaseOutcome.Died ? "died" : "recovered", $"{r.Name(row.Outcome)} {r.Day(end)}"));
        foreach (var again in model.Repositives)
            Mark(again.At, "sample", r["Positive again"]);
        var links = model.Links.Where(l => l.ExposureOn is not null || l.OtherNo is not null).Select(l => new TimeMark(
            Middle(l.ExposureOn ?? Ill(l) ?? window.InfectedTo), l.Outward ? "passed" : "source",
            $"{r[l.Outward ? "passed it on to" : "got it from"]} {l.OtherNo ?? r["a case of another region"]} {(l.ExposureOn is { } day ? r.Day(day) : r["day of the exposure not known"])}",
            l.OtherNo is { } no ? $"/cases/{no}" : null)).ToList();
        List<TimeRow> rows = [new(r["Windows"], null, windows, []), new(r["What happened"], null, [], events)];
        if (links.Count > 0)
            rows.Add(new TimeRow(r["Links"], null, [], links));
        rows.AddRange(Stays(r, model, At, Middle));
        return new Timeline(first, last, rows, []);
    }

    static IEnumerable<TimeRow> Stays(Reader r, CaseDetail model, Func<DateTimeOffset, double> at, Func<DateOnly, double> middle) =>
        model.Itinerary.GroupBy(i => i.PlaceText.Length > 0 ? i.PlaceText : i.VehicleNo ?? r.Name(i.Transport)).Take(40).Select(g => new TimeRow(Short(g.Key), null,
            [.. g.Select(i => i.FromAt is { } from
                ? new TimeBar(at(from), i.ToAt is { } to ? at(to) : at(from) + 0.04, "stay", $"{g.Key} {r.When(from)}{(i.ToAt is { } until ? $" – {r.Clock(until)}" : "")} {i.Activity}")
                : new TimeBar(middle(i.OnDay) - 0.4, middle(i.OnDay) + 0.4, "stay about", $"{g.Key} {r.Day(i.OnDay)} {(i.DayPart == DayPart.None ? "" : r.Name(i.DayPart))} {i.Activity}"))], []));

    static IEnumerable<DateOnly> Days(CaseDetail model, CaseWindow window, LocalDays days)
    {
        var row = model.Case;
        var instants = new[] { row.FirstPositiveAt, row.FoundAt, row.ReportAt, row.IsolatedAt }.Concat(model.Repositives.Select(p => (DateTimeOffset?)p.At));
        return new[] { window.InfectedFrom, window.InfectedTo, window.InfectiousFrom, window.InfectiousTo, row.Onset, row.OutcomeOn, row.DeathOn }
            .Concat(instants.Select(i => i is { } at ? days.DateOf(at) : (DateOnly?)null)).Concat(model.Itinerary.Select(i => (DateOnly?)i.OnDay))
            .Concat(model.Links.Select(l => l.ExposureOn)).OfType<DateOnly>();
    }

    static string Short(string name) => name.Length <= 16 ? name : name[..15] + "…";
}
