using Qipan.Engine;
using Qipan.Storage;

namespace Qipan.PresenceOnPostgres;

public sealed partial class PostgresPresence
{
    /// <summary>
    /// The followed stays, clipped and lengthened, and everyone who shares enough time with one of them. OFFSET 0 and the settings keep
    /// the planner to the indexes: joined as sets of the whole city, one trace takes half a minute.
    /// </summary>
    static readonly string MeetSql = $"""
        SELECT o.visitor AS contact, w.visitor AS via, w.place, o.area, (o.kind <> 0 OR w.kind <> 0) AS inferred,
               greatest(w.enter_at, o.enter_at) AS start_at, least(w.leave_at, o.leave_at) AS end_at
        FROM (
          SELECT v.visitor, v.place, v.area, v.kind, greatest(v.enter_at, f.since) AS enter_at, least(v.leave_at, @to) + @lag AS leave_at
          FROM unnest(@who, @since) AS f(who, since)
          JOIN presence_visit v ON v.owner = @owner AND v.visitor = f.who AND v.enter_at < @to AND v.leave_at > f.since
          OFFSET 0) w
        CROSS JOIN LATERAL (
          SELECT visitor, enter_at, leave_at, area, kind FROM presence_visit
          WHERE owner = @owner AND place = w.place AND leave_at - enter_at <= {Short}
            AND enter_at >= w.enter_at + @least - {Short} AND enter_at <= w.leave_at - @least AND leave_at >= w.enter_at + @least
          UNION ALL
          SELECT visitor, enter_at, leave_at, area, kind FROM presence_visit
          WHERE owner = @owner AND place = w.place AND leave_at - enter_at > {Short}
            AND enter_at <= w.leave_at - @least AND leave_at >= w.enter_at + @least
          OFFSET 0) o
        WHERE o.visitor <> w.visitor AND (NOT @sameArea OR w.area = 0 OR o.area = 0 OR w.area = o.area)
          AND least(w.leave_at, o.leave_at) - greatest(w.enter_at, o.enter_at) >= @least
        """;

    public TraceFound Trace(TraceIndex of, TraceRule rule, bool withEpisodes = false)
    {
        var to = Math.Min(of.To, Visit.LatestTime);
        if (to <= of.From)
            return new TraceFound([], [], []);
        return store.Read(session =>
        {
            session.Scalar<string>(
                "SELECT set_config('enable_hashjoin', 'off', true) || set_config('enable_mergejoin', 'off', true) || set_config('enable_seqscan', 'off', true)");
            var first = new MetPeople(1, withEpisodes, visitor => visitor != of.Visitor);
            first.Add(Meetings(session, [of.Visitor], [of.From], to, rule));
            var second = new MetPeople(2, withEpisodes, visitor => visitor != of.Visitor && !first.Holds(visitor));
            if (rule.Rings >= 2 && first.Contacts.Length > 0)
            {
                var ring1 = first.Contacts;
                second.Add(Meetings(
                    session, [.. ring1.Select(c => (long)c.Visitor)], [.. ring1.Select(c => rule.WholeWindow ? of.From : c.First)], to, rule));
            }
            return TraceFound.Of(first.Contacts, second.Contacts, [.. first.Episodes, .. second.Episodes]);
        });
    }

    IEnumerable<MeetingRow> Meetings(Session session, long[] who, long[] since, long to, TraceRule rule) => session.Stream<MeetingRow>(
        MeetSql, new { owner, who, since, to, lag = Math.Max(0, rule.Lag), least = Math.Max(1, rule.MinOverlap), sameArea = rule.SameArea });

    sealed class MeetingRow
    {
        public long Contact { get; init; }

        public long Via { get; init; }

        public long Place { get; init; }

        public int Area { get; init; }

        public bool Inferred { get; init; }

        public long StartAt { get; init; }

        public long EndAt { get; init; }
    }

    /// <summary>The evidence of one ring, summed by person as <see cref="Tracer"/> does it.</summary>
    sealed class MetPeople(byte ring, bool keepsEpisodes, Func<uint, bool> counts)
    {
        readonly Dictionary<uint, Contact> people = [];

        public List<Episode> Episodes { get; } = [];

        public Contact[] Contacts => [.. people.Values];

        public bool Holds(uint visitor) => people.ContainsKey(visitor);

        public void Add(IEnumerable<MeetingRow> meetings)
        {
            foreach (var row in meetings)
            {
                var visitor = (uint)row.Contact;
                if (!counts(visitor))
                    continue;
                var contact = people.GetValueOrDefault(visitor, Contact.Nobody);
                contact.Count(visitor, (uint)row.Via, row.StartAt, row.EndAt, row.Inferred);
                people[visitor] = contact;
                if (keepsEpisodes)
                    Episodes.Add(new Episode(
                        visitor, (uint)row.Via, (uint)row.Place, (ushort)row.Area, ring, row.Inferred, row.StartAt, row.EndAt));
            }
        }
    }
}
