using System.Globalization;
using Qipan.Engine;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// From what the case told of its way 轨迹: who was in a venue while the case was there, although the case did not check in, and who had a seat in
/// a vehicle that the case names.
/// </summary>
static class ItineraryCandidates
{
    public static List<Candidate> Of(
        Session session, IPresence? presence, IndexCase index, Guid person, ExposureWindow window, CopresenceRule? rule, TransportRule? transport,
        Func<IReadOnlyCollection<Guid>, IReadOnlyDictionary<Guid, VenueKind?>> kinds)
    {
        var stays = session.Query<Item>("""
            SELECT id, venue, from_at, to_at, sub_area, vehicle_no, coach, seat_row, seat AS letter, protection FROM itinerary_item
            WHERE owner = @Owner AND case_id = @Id AND state = 1 AND from_at IS NOT NULL
            """, new { index.Owner, index.Id });
        var found = new List<Candidate>();
        if (presence is not null && rule is not null)
        {
            var venues = kinds([.. stays.Select(s => s.Venue).OfType<Guid>().Distinct()]);
            foreach (var stay in stays.Where(s => s is { Venue: not null, ToAt: not null }))
                found.AddRange(InVenue(presence, person, stay, window, rule, venues.GetValueOrDefault(stay.Venue!.Value)));
        }
        foreach (var ride in stays.Where(s => s.VehicleNo is not null))
            found.AddRange(InVehicle(session, person, ride, window, transport));
        return found;
    }

    static IEnumerable<Candidate> InVenue(IPresence presence, Guid person, Item stay, ExposureWindow window, CopresenceRule rule, VenueKind? kind)
    {
        var from = Later(stay.FromAt, window.From).ToUnixTimeSeconds();
        var to = Earlier(stay.ToAt!.Value, window.To).ToUnixTimeSeconds();
        if (to <= from || presence.Find(IdKind.Place, stay.Venue!.Value.ToString("N")) is not { } place)
            yield break;
        var lag = (long)(rule.Lag?.TotalSeconds ?? 0);
        var least = (long)Math.Max(1, rule.MinOverlap?.TotalSeconds ?? 1);
        var area = ushort.TryParse(stay.SubArea, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (ushort)0;
        var met = presence.Present(place, from, to + lag).Where(v => !rule.SameSubarea || area == 0 || v.Area == 0 || v.Area == area).ToList();
        var names = presence.Outside(IdKind.Visitor, met.ConvertAll(v => v.Visitor));
        for (var i = 0; i < met.Count; i++)
        {
            var (begin, end) = (Math.Max(from, met[i].Enter), Math.Min(to + lag, met[i].Leave));
            if (end - begin < least || !Guid.TryParseExact(names[i], "N", out var who) || who == person)
                continue;
            yield return new Candidate
            {
                Person = who,
                Source = "itinerary",
                Venue = kind,
                First = DateTimeOffset.FromUnixTimeSeconds(begin),
                Last = DateTimeOffset.FromUnixTimeSeconds(end),
                Seconds = end - begin,
                Episodes = 1,
                Inferred = met[i].Kind != LeaveKind.Explicit,
                Near = area != 0 && met[i].Area == area ? Nearness.SameSubarea : Nearness.SameVenue,
                // One was protected at least, where the case says that it was; of the other nothing is known.
                Protected = stay.Protection > 1 ? Protected.One : Protected.Unknown,
                Meetings = [new Meeting(stay.Venue!.Value.ToString("N"), met[i].Area, begin, end, met[i].Kind != LeaveKind.Explicit)],
                Fact = new EvidenceFact("itinerary", $"itinerary_item/{stay.Id:N}", "was in the venue while the case says it was there", "病例自述在场期间在该场所"),
            };
        }
    }

    static IEnumerable<Candidate> InVehicle(Session session, Guid person, Item ride, ExposureWindow window, TransportRule? transport)
    {
        foreach (var vehicle in session.Query<Ride>("""
            SELECT owner, id, vehicle, from_at, to_at FROM roster WHERE kind = 5 AND name_key = @key AND from_at < @to AND to_at > @from
            """, new { key = VenueRow.KeyOf(ride.VehicleNo!), from = ride.FromAt.AddHours(-1), to = (ride.ToAt ?? ride.FromAt).AddHours(1) }))
        {
            var (first, last) = (Later(vehicle.FromAt, window.From), Earlier(vehicle.ToAt, window.To));
            if (last <= first)
                continue;
            var mine = new Seat(ride.Coach?.TrimStart('0'), int.TryParse(ride.SeatRow, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null, ride.Letter);
            foreach (var other in RosterCandidates.Members(session, vehicle.Owner, vehicle.Id, person))
            {
                var meeting = transport?.For((VehicleKind)vehicle.Vehicle) is { } reach ? VehicleMeeting.Of(reach, mine, other.Seat())
                    : new VehicleMeeting(true, false, "the same vehicle; the protocol has no rule for it", "同乘，方案无此类规则");
                if (meeting.IsContact)
                    yield return new Candidate
                    {
                        Person = other.Person,
                        Source = "vehicle",
                        Situation = "transport",
                        First = first,
                        Last = last,
                        Near = meeting.Certain ? Nearness.Near : Nearness.Unknown,
                        Fact = new EvidenceFact("vehicle", $"roster/{vehicle.Id:N}", meeting.Why, meeting.Chinese),
                    };
            }
        }
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    sealed class Item
    {
        public Guid Id { get; init; }

        public Guid? Venue { get; init; }

        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset? ToAt { get; init; }

        public string? SubArea { get; init; }

        public string? VehicleNo { get; init; }

        public string? Coach { get; init; }

        public string? SeatRow { get; init; }

        public string? Letter { get; init; }

        public int Protection { get; init; }
    }

    sealed class Ride
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public int Vehicle { get; init; }

        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset ToAt { get; init; }
    }
}
