using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Qipan.Engine;

namespace Qipan.Cli.Commands;

/// <summary>`qipan engine occupancy`: how many people were in each place at an instant, or in one place over time.</summary>
static class EngineOccupancy
{
    public static Command Make()
    {
        var store = EngineCommand.Store();
        var at = EngineCommand.Instant("--at", "The instant: Unix seconds or ISO 8601.");
        at.Required = true;
        var place = new Option<string?>("--place") { Description = "Only this place, as a series from --at to --to." };
        var to = EngineCommand.Instant("--to", "End of the series.");
        var step = EngineCommand.Span("--step", "Step of the series; 1h unless given.");
        var output = EngineCommand.Out();
        var command = new Command("occupancy", "Count who was in each place: place,count.") { store, at, place, to, step, output };
        command.SetAction(parsed => EngineCommand.Ask(parsed.GetRequiredValue(store), parsed.InvocationConfiguration.Error, (visits, view) =>
        {
            var instant = parsed.GetValue(at)!.Value;
            if (parsed.GetValue(place) is { } one)
                return Series(
                    visits, view, one, instant, parsed.GetValue(to) ?? instant + 86400, parsed.GetValue(step) ?? 3600, parsed.GetValue(output),
                    parsed.InvocationConfiguration);
            var counts = view.Occupancy(instant, Environment.ProcessorCount);
            EngineCommand.Write(parsed.GetValue(output), parsed.InvocationConfiguration.Output, rows =>
            {
                rows.Write("place,count\n");
                foreach (var (id, count) in counts)
                    rows.Write(string.Create(CultureInfo.InvariantCulture, $"{EngineCommand.Field(visits.Places.Outside(id))},{count}\n"));
            });
            return ExitCode.Done;
        }));
        return command;
    }

    static int Series(
        VisitStore store, PresenceView view, string place, long from, long to, long step, string? path, InvocationConfiguration streams)
    {
        if (store.Places.Find(place) is not { } id)
            return ExitCode.Refuse(streams.Error, new IdUnknown("place"));
        var counts = view.OccupancySeries(id, from, to, Math.Max(1, step));
        EngineCommand.Write(path, streams.Output, rows =>
        {
            rows.Write("at,count\n");
            for (var i = 0; i < counts.Count; i++)
                rows.Write(string.Create(CultureInfo.InvariantCulture, $"{from + i * step},{counts[i]}\n"));
        });
        return ExitCode.Done;
    }
}

/// <summary>`qipan engine present`: who was in a place.</summary>
static class EnginePresent
{
    public static Command Make()
    {
        var store = EngineCommand.Store();
        var place = new Option<string>("--place") { Description = "The place.", Required = true };
        var from = EngineCommand.Instant("--from", "Begin of the span.");
        from.Required = true;
        var to = EngineCommand.Instant("--to", "End of the span; the next second unless given.");
        var output = EngineCommand.Out();
        var command = new Command("present", "List who was in a place: person,place,area,enter,leave,leave_is.") { store, place, from, to, output };
        command.SetAction(parsed => EngineCommand.Ask(parsed.GetRequiredValue(store), parsed.InvocationConfiguration.Error, (visits, view) =>
        {
            if (visits.Places.Find(parsed.GetRequiredValue(place)) is not { } id)
                return ExitCode.Refuse(parsed.InvocationConfiguration.Error, new IdUnknown("place"));
            var begin = parsed.GetValue(from)!.Value;
            var stays = view.Present(id, begin, parsed.GetValue(to) ?? begin + 1);
            EngineCommand.Write(parsed.GetValue(output), parsed.InvocationConfiguration.Output, rows => EngineStays.Write(visits, stays, rows));
            return ExitCode.Done;
        }));
        return command;
    }
}

/// <summary>`qipan engine itinerary`: where a person was.</summary>
static class EngineItinerary
{
    public static Command Make()
    {
        var store = EngineCommand.Store();
        var person = new Option<string>("--person") { Description = "The person.", Required = true };
        var from = EngineCommand.Instant("--from", "Begin of the span; everything unless given.");
        var to = EngineCommand.Instant("--to", "End of the span.");
        var output = EngineCommand.Out();
        var command = new Command("itinerary", "List where a person was: person,place,area,enter,leave,leave_is.") { store, person, from, to, output };
        command.SetAction(parsed => EngineCommand.Ask(parsed.GetRequiredValue(store), parsed.InvocationConfiguration.Error, (visits, view) =>
        {
            if (visits.Visitors.Find(parsed.GetRequiredValue(person)) is not { } id)
                return ExitCode.Refuse(parsed.InvocationConfiguration.Error, new IdUnknown("person"));
            var stays = view.Itinerary(id, parsed.GetValue(from) ?? 0, parsed.GetValue(to) ?? Visit.NotLeft);
            EngineCommand.Write(parsed.GetValue(output), parsed.InvocationConfiguration.Output, rows => EngineStays.Write(visits, stays, rows));
            return ExitCode.Done;
        }));
        return command;
    }
}

/// <summary>`qipan engine shared`: places that cases share, ranked for source finding.</summary>
static class EngineShared
{
    public static Command Make()
    {
        var store = EngineCommand.Store();
        var cases = new Option<string>("--cases") { Description = "CSV of cases: person,from,to.", HelpName = "FILE", Required = true };
        var output = EngineCommand.Out();
        var command = new Command("shared", "Rank the places that cases share: place,cases,visitors,lift,p_value.") { store, cases, output };
        command.SetAction(parsed => EngineCommand.Ask(parsed.GetRequiredValue(store), parsed.InvocationConfiguration.Error, (visits, view) =>
        {
            if (!EngineIndexFile.Read(parsed.GetRequiredValue(cases), visits, parsed.InvocationConfiguration.Error, out var windows))
                return ExitCode.Usage;
            var shared = view.Shared(windows);
            EngineCommand.Write(parsed.GetValue(output), parsed.InvocationConfiguration.Output, rows =>
            {
                rows.Write("place,cases,visitors,lift,p_value\n");
                foreach (var place in shared)
                    rows.Write(string.Create(CultureInfo.InvariantCulture,
                        $"{EngineCommand.Field(visits.Places.Outside(place.Place))},{place.Cases},{place.Visitors},{place.Lift:G6},{place.PValue:G6}\n"));
            });
            return ExitCode.Done;
        }));
        return command;
    }
}

/// <summary>Stays as rows.</summary>
static class EngineStays
{
    public static void Write(VisitStore store, IReadOnlyList<Visit> stays, TextWriter rows)
    {
        rows.Write("person,place,area,enter,leave,leave_is\n");
        foreach (var stay in stays)
        {
            var person = EngineCommand.Field(store.Visitors.Outside(stay.Visitor));
            var place = EngineCommand.Field(store.Places.Outside(stay.Place));
            var leave = stay.Kind == LeaveKind.Open ? "" : stay.Leave.ToString(CultureInfo.InvariantCulture);
            rows.Write(string.Create(CultureInfo.InvariantCulture,
                $"{person},{place},{stay.Area},{stay.Enter},{leave},{JsonNamingPolicy.SnakeCaseLower.ConvertName(stay.Kind.ToString())}\n"));
        }
    }
}
