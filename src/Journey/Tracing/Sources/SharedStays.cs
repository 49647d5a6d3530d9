using System.Globalization;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Stays that two cases told of 轨迹交集: in one venue, in one place below a community or by one name, in one vehicle, on one day, and at one time
/// where both times are known.
/// </summary>
static class SharedStays
{
    /// <summary>A code as long as a community's is a place where people live, and not one where they meet.</summary>
    const int Community = 12;

    public static IEnumerable<Candidate> Of(
        Session session, IndexCase index, ExposureWindow window, Func<IReadOnlyCollection<Guid>, IReadOnlyDictionary<Guid, VenueKind?>> kinds)
    {
        var shared = session.Query<Pair>("""
            SELECT r.person, o.id, o.venue, o.vehicle_no, o.on_day, o.source, m.from_at AS my_from, m.to_at AS my_to, o.from_at, o.to_at,
              m.sub_area AS my_area, o.sub_area, m.coach AS my_coach, o.coach, m.protection AS my_protection, o.protection
            FROM itinerary_item m
            JOIN itinerary_item o ON o.on_day = m.on_day AND o.case_id <> m.case_id AND o.state = 1
              AND (o.venue = m.venue OR (o.place = m.place AND length(o.place) > @community) OR (o.place_text = m.place_text AND o.place_text <> '') OR o.vehicle_no = m.vehicle_no)
            JOIN case_record r ON r.owner = o.owner AND r.id = o.case_id AND r.disease = @Disease AND r.class <> 5
            WHERE m.owner = @Owner AND m.case_id = @Id AND m.state = 1 AND m.on_day >= @first AND m.on_day <= @last
            """, new
        {
            index.Owner,
            index.Id,
            index.Disease,
            community = Community,
            first = Text(window.From.UtcDateTime.AddDays(-1)),
            last = Text(window.On.ToDateTime(TimeOnly.MinValue)),
        });
        var venues = kinds([.. shared.Select(s => s.Venue).OfType<Guid>().Distinct()]);
        return shared.Select(s => One(s, window, s.Venue is { } venue ? venues.GetValueOrDefault(venue) : null)).OfType<Candidate>();
    }

    /// <summary>Null where the times are known and never met.</summary>
    static Candidate? One(Pair s, ExposureWindow window, VenueKind? kind)
    {
        var day = new DateTimeOffset(s.OnDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var known = s is { MyFrom: not null, MyTo: not null, FromAt: not null, ToAt: not null };
        var (from, to) = known ? (Later(s.MyFrom!.Value, s.FromAt!.Value), Earlier(s.MyTo!.Value, s.ToAt!.Value))
            : (s.MyFrom ?? s.FromAt ?? day, s.MyTo ?? s.ToAt ?? s.MyFrom ?? s.FromAt ?? day.AddDays(1));
        if ((known && to <= from) || !window.Touches(from, to) || (s.MyCoach is not null && s.Coach is not null && s.MyCoach != s.Coach))
            return null;
        var vehicle = s.VehicleNo is not null;
        return new Candidate
        {
            Person = s.Person,
            Source = vehicle ? "vehicle" : "itinerary",
            Situation = vehicle ? "transport" : null,
            Venue = kind,
            First = from,
            Last = to,
            Seconds = known ? (long)(to - from).TotalSeconds : 0,
            Episodes = 1,
            Inferred = !known,
            Near = s.MyArea is not null && s.MyArea == s.SubArea ? Nearness.SameSubarea : Nearness.SameVenue,
            Protected = (s.MyProtection > 1, s.Protection > 1) switch { (true, true) => Protected.Both, (false, false) => Protected.Unknown, _ => Protected.One },
            Fact = new EvidenceFact(vehicle ? "vehicle" : "itinerary", $"itinerary_item/{s.Id:N}", known ? "both told that they were there at that time" : "both told that they were there on that day"),
        };
    }

    static string Text(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    sealed class Pair
    {
        public Guid Person { get; init; }

        public Guid Id { get; init; }

        public Guid? Venue { get; init; }

        public string? VehicleNo { get; init; }

        public DateOnly OnDay { get; init; }

        public DateTimeOffset? MyFrom { get; init; }

        public DateTimeOffset? MyTo { get; init; }

        public DateTimeOffset? FromAt { get; init; }

        public DateTimeOffset? ToAt { get; init; }

        public string? MyArea { get; init; }

        public string? SubArea { get; init; }

        public string? MyCoach { get; init; }

        public string? Coach { get; init; }

        public int MyProtection { get; init; }

        public int Protection { get; init; }
    }
}
