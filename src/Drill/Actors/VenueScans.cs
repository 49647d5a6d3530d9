using System.Globalization;
using System.Text;
using Qipan.Drill.City;

namespace Qipan.Drill.Actors;

/// <summary>What venues scan 扫码登记: who was where from when to when, sent as a file every hour, as an operator of check-in codes would.</summary>
public sealed class VenueScans(Agenda agenda, StaffMember staff, Days days, FictionalCity city, Func<int, int, int, DateTimeOffset> at)
{
    /// <summary>Visits that were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>The venues themselves; once, before the first visit.</summary>
    public Task Register(CancellationToken cancel)
    {
        var file = new StringBuilder("id,name,place,category\n");
        foreach (var venue in days.Venues.All)
            file.Append(CultureInfo.InvariantCulture, $"{venue.Number},{venue.Name},{venue.Place},{venue.Category}\n");
        return staff.PostFile("/api/tracing/imports/venues?name=venues.csv", file.ToString(), "text/csv", cancel);
    }

    /// <summary>Notes the files of a day in the agenda.</summary>
    /// <param name="day">Of the calendar.</param>
    /// <param name="on">Its date.</param>
    /// <param name="stays">Who does not go out.</param>
    public void Day(int day, DateOnly on, Func<int, bool> stays)
    {
        var all = days.Of(day, on, stays);
        for (var (hour, next) = (6, 0); hour <= 23; hour++)
        {
            var (from, until) = (next, hour * 60);
            while (next < all.Count && (all[next].Until <= until || hour == 23))
                next++;
            var part = all.GetRange(from, next - from);
            if (part.Count > 0)
                agenda.At(at(day, hour, 0), stop => Send(day, hour, part, stop));
        }
    }

    /// <summary>Everything of a day that is over, at once.</summary>
    public Task Whole(int day, DateOnly on, CancellationToken cancel) => Send(day, 24, days.Of(day, on, _ => false), cancel);

    async Task Send(int day, int hour, List<Stay> stays, CancellationToken cancel)
    {
        var midnight = at(day, 0, 0).ToUnixTimeSeconds();
        var file = new StringBuilder("doc_no,venue,area,enter,leave\n", stays.Count * 64);
        foreach (var stay in stays)
            file.Append(city.Everybody[stay.Citizen - 1].Document).Append(',').Append(days.Venues.All[stay.Venue].Number).Append(',')
                .Append(stay.Area).Append(',').Append(midnight + (stay.From * 60L)).Append(',').Append(midnight + (stay.Until * 60L)).Append('\n');
        await staff.PostFile(string.Create(CultureInfo.InvariantCulture, $"/api/tracing/imports/visits?name=visits-{day}-{hour:D2}.csv"), file.ToString(), "text/csv", cancel);
        Sent += stays.Count;
    }
}
