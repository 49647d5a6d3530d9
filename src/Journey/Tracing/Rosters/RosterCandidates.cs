using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Who stands on a list with the case: a class, a ward, a shift, a tour, or a vehicle by the transport rules of domain 2.2.</summary>
static class RosterCandidates
{
    public static List<Candidate> Of(Session session, Guid person, ExposureWindow window, TransportRule? transport)
    {
        var lists = session.Query<List>("""
            SELECT r.owner, r.id, r.kind, r.vehicle, r.from_at, r.to_at, m.coach, m.seat_row, m.seat AS seat_letter, m.crew
            FROM roster_member m JOIN roster r ON r.id = m.roster AND r.owner = m.owner
            WHERE m.person = @person AND r.from_at < @To AND r.to_at > @From
            """, new { person, window.From, window.To });
        var found = new List<Candidate>();
        foreach (var list in lists)
        {
            var first = list.FromAt > window.From ? list.FromAt : window.From;
            var last = list.ToAt < window.To ? list.ToAt : window.To;
            foreach (var other in Members(session, list.Owner, list.Id, person))
                if (One(list, other, first, last, transport) is { } candidate)
                    found.Add(candidate);
        }
        return found;
    }

    /// <summary>The others on a list.</summary>
    public static List<Member> Members(Session session, string owner, Guid roster, Guid but) => session.Query<Member>(
        "SELECT person, coach, seat_row, seat AS seat_letter, crew FROM roster_member WHERE owner = @owner AND roster = @roster AND person <> @but",
        new { owner, roster, but });

    static Candidate? One(List list, Member other, DateTimeOffset first, DateTimeOffset last, TransportRule? transport)
    {
        var of = $"roster/{list.Id:N}";
        if (list.Kind != RosterKind.Vehicle)
            return new Candidate
            {
                Person = other.Person,
                Source = "roster",
                Situation = list.Kind == RosterKind.Tour ? "transport" : "near_1m",
                First = first,
                Last = last,
                Fact = new EvidenceFact("roster", of, $"on the same {list.Kind.ToString().ToLowerInvariant()} list", "同一名册"),
            };
        var meeting = transport?.For((VehicleKind)list.Vehicle) is { } rule
            ? VehicleMeeting.Of(rule, list.Seat(), other.Seat())
            : new VehicleMeeting(true, false, "the same vehicle; the protocol has no rule for it", "同乘，方案无此类规则");
        return !meeting.IsContact ? null : new Candidate
        {
            Person = other.Person,
            Source = "vehicle",
            Situation = "transport",
            First = first,
            Last = last,
            Near = meeting.Certain ? Nearness.Near : Nearness.Unknown,
            Fact = new EvidenceFact("vehicle", of, meeting.Why, meeting.Chinese),
        };
    }

    internal class Member
    {
        public Guid Person { get; init; }

        public string? Coach { get; init; }

        public long? SeatRow { get; init; }

        public string? SeatLetter { get; init; }

        public int Crew { get; init; }

        public Seat Seat() => new(Coach, (int?)SeatRow, SeatLetter, Crew == 1);
    }

    sealed class List : Member
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public RosterKind Kind { get; init; }

        public int Vehicle { get; init; }

        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset ToAt { get; init; }
    }
}
