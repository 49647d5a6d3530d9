using Qipan.Kernel;

namespace Qipan.Cases.Reading;

/// <summary>A stay as it was read, as one that a case keeps.</summary>
static class KeptStays
{
    /// <param name="stay">Of a known day.</param>
    /// <param name="place">The code of a place, or a venue's id in its stead; null: only the words.</param>
    /// <param name="source">How it is known.</param>
    /// <param name="text">The text it was read from.</param>
    /// <param name="days">The zone of its times.</param>
    public static NewStay Of(ReadStay stay, string? place, ItinerarySource source, Guid text, LocalDays days)
    {
        var (time, day) = (stay.Time, stay.Time.Day!.Value);
        var ride = stay.Rides.Count > 0 ? stay.Rides[0] : null;
        var seat = ride is { Seats: [var first, ..] } ? first : null;
        var venue = Guid.TryParse(place, out var id) ? id : (Guid?)null;
        return new NewStay
        {
            OnDay = day,
            // Days without a time of the clock are whole days: from the begin of the first to the end of the last.
            FromAt = time.From is { } from ? days.StartOf(day) + from.ToTimeSpan() : time.LastDay is null ? null : days.StartOf(day),
            ToAt = time.To is { } to ? days.StartOf(time.LastDay ?? day) + to.ToTimeSpan() : time is { LastDay: { } last, From: null } ? days.EndOf(last) : null,
            About = time.About || time.Follows,
            DayPart = time is { Part: DayPart.None, From: null, To: null, Follows: false } ? DayPart.WholeDay : time.Part,
            Place = venue is null ? place : null,
            Venue = venue,
            PlaceText = PlaceText(stay, ride),
            SubArea = stay.SubArea,
            Activity = stay.Activity,
            Transport = ride?.Transport ?? TransportKind.None,
            VehicleNo = VehicleNo(stay),
            Coach = ride?.Coach,
            SeatRow = seat?.Row,
            Seat = seat is null ? null : string.Join('/', ride!.Seats.Select(s => s.Letter)),
            Protection = stay.Protection,
            ClosedLoop = stay.ClosedLoop,
            Source = source,
            WordsFrom = stay.Words.From,
            WordsTo = stay.Words.To,
            TextId = text,
        };
    }

    static string? VehicleNo(ReadStay stay) => stay.Rides.Any(r => r.Number is not null)
        ? string.Join('、', stay.Rides.Where(r => r.Number is not null).Select(r => r.Number)) : null;

    /// <summary>As it was said; for home, work and rides the kind's own word.</summary>
    static string PlaceText(ReadStay stay, Ride? ride) => stay.Place ?? stay.PlaceKind switch
    {
        PlaceKind.Home => "家",
        PlaceKind.Work => "单位",
        PlaceKind.Vehicle => ride?.Route ?? VehicleNo(stay) ?? "车上",
        PlaceKind.Quarantine => "隔离点",
        PlaceKind.OtherHome => "他人家中",
        _ => "不详",
    };
}
