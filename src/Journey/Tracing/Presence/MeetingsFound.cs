using System.Runtime.InteropServices;
using Qipan.Engine;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>Asks the engine who met a person, and turns its dense ids into persons and venues.</summary>
static class MeetingsFound
{
    /// <summary>Nobody has this id: the person was erased from the store, or the id is not one of ours.</summary>
    static readonly Guid Nobody = Guid.Empty;

    /// <summary>
    /// Candidates of ring 1, and of ring 2 where it is asked for: each with its episodes. The window and the rule are the protocol's. Empty when
    /// the person has no visits.
    /// </summary>
    /// <param name="presence">Asked once for the trace and once for the ids.</param>
    /// <param name="person">The index.</param>
    /// <param name="window">From (inclusive) to (exclusive).</param>
    /// <param name="rule">What a scan must show; null: scans propose nothing.</param>
    /// <param name="rings">1 or 2.</param>
    /// <param name="kinds">The kind of each venue, by its id.</param>
    public static List<Candidate> Of(
        IPresence presence, Guid person, ExposureWindow window, CopresenceRule? rule, int rings,
        Func<IReadOnlyCollection<Guid>, Dictionary<Guid, VenueKind?>> kinds)
    {
        if (rule is null || presence.Find(IdKind.Visitor, person.ToString("N")) is not { } dense || window.To <= window.From)
            return [];
        var found = presence.Trace(
            new TraceIndex(dense, window.From.ToUnixTimeSeconds(), window.To.ToUnixTimeSeconds()),
            new TraceRule
            {
                MinOverlap = (long)(rule.MinOverlap?.TotalSeconds ?? 1),
                Lag = (long)(rule.Lag?.TotalSeconds ?? 0),
                SameArea = rule.SameSubarea,
                Rings = rings,
            }, withEpisodes: true);
        if (found.Ring1.Count == 0)
            return [];
        var names = Names(presence, found);
        var places = Places(presence, found.Episodes);
        var venues = kinds(places.Values.Where(v => v != Nobody).Distinct().ToList());
        var episodes = ByContact(found.Episodes);
        var candidates = new List<Candidate>(found.Ring1.Count + found.Ring2.Count);
        foreach (var (ring, contacts) in new[] { (1, found.Ring1), (2, found.Ring2) })
            foreach (var contact in contacts)
                if (names.GetValueOrDefault(contact.Visitor) is var who && who != Nobody)
                    candidates.Add(One(contact, who, ring, names.GetValueOrDefault(contact.Via), episodes[contact.Visitor], places, venues));
        return candidates;
    }

    static Candidate One(
        Contact contact, Guid who, int ring, Guid via, List<Episode> episodes, Dictionary<uint, Guid> places, Dictionary<Guid, VenueKind?> venues)
    {
        // The place where most of the time was shared says what kind of meeting it was.
        var (best, most) = (episodes[0], -1L);
        if (episodes.Count == 1)
            most = best.End - best.Start;
        else
            foreach (var place in episodes.GroupBy(e => e.Place))
                if (place.Sum(e => e.End - e.Start) is var sum && sum > most)
                    (best, most) = (place.First(), sum);
        episodes.Sort(static (a, b) => b.End.CompareTo(a.End));
        var meetings = new Meeting[Math.Min(episodes.Count, ContactEvidence.MostKept)];
        for (var i = 0; i < meetings.Length; i++)
        {
            var e = episodes[i];
            meetings[i] = new Meeting(places[e.Place].ToString("N"), e.Area, e.Start, e.End, e.Inferred);
        }
        return new Candidate
        {
            Person = who,
            Ring = ring,
            Via = ring == 2 ? via : null,
            Source = "visit",
            Venue = venues.GetValueOrDefault(places[best.Place]),
            First = DateTimeOffset.FromUnixTimeSeconds(contact.First),
            Last = DateTimeOffset.FromUnixTimeSeconds(contact.Last),
            Seconds = contact.OverlapSeconds,
            Episodes = (int)contact.Episodes,
            Inferred = contact.Inferred,
            Near = best.Area == 0 ? Nearness.SameVenue : Nearness.SameSubarea,
            Meetings = meetings,
        };
    }

    static Dictionary<uint, Guid> Names(IPresence presence, TraceFound found)
    {
        var dense = new uint[found.Ring1.Count + found.Ring2.Count];
        for (var i = 0; i < found.Ring1.Count; i++)
            dense[i] = found.Ring1[i].Visitor;
        for (var i = 0; i < found.Ring2.Count; i++)
            dense[found.Ring1.Count + i] = found.Ring2[i].Visitor;
        return Read(presence, IdKind.Visitor, dense);
    }

    static Dictionary<uint, Guid> Places(IPresence presence, IReadOnlyList<Episode> episodes)
    {
        var distinct = new HashSet<uint>();
        foreach (var e in episodes)
            distinct.Add(e.Place);
        return Read(presence, IdKind.Place, [.. distinct]);
    }

    static Dictionary<uint, Guid> Read(IPresence presence, IdKind kind, uint[] dense)
    {
        var outside = presence.Outside(kind, dense);
        var names = new Dictionary<uint, Guid>(dense.Length);
        for (var i = 0; i < dense.Length; i++)
            names[dense[i]] = Guid.TryParseExact(outside[i], "N", out var id) ? id : Nobody;
        return names;
    }

    static Dictionary<uint, List<Episode>> ByContact(IReadOnlyList<Episode> episodes)
    {
        var lists = new Dictionary<uint, List<Episode>>();
        foreach (var e in episodes)
            (CollectionsMarshal.GetValueRefOrAddDefault(lists, e.Contact, out _) ??= []).Add(e);
        return lists;
    }
}
