using Qipan.Engine;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>Candidates that visits show.</summary>
/// <param name="Candidates">Ring 1, and of ring 2 as many as were wanted, the likeliest first.</param>
/// <param name="Ring2">How many there are of ring 2 in all.</param>
sealed record Met(List<Candidate> Candidates, int Ring2);

/// <summary>Asks the engine who met a person, and turns its dense ids into persons and venues.</summary>
sealed class MeetingsFound(IPresence presence, ContactRating? rating, Func<IReadOnlyCollection<Guid>, IReadOnlyDictionary<Guid, VenueKind?>> kinds)
{
    /// <summary>Nobody has this id: the person was erased from the store, or the id is not one of ours.</summary>
    static readonly Guid Nobody = Guid.Empty;

    /// <summary>
    /// Candidates of ring 1, and of ring 2 where it is asked for: each with its episodes. The window and the rule are the protocol's. Empty when
    /// the person has no visits.
    /// </summary>
    /// <param name="person">The index.</param>
    /// <param name="window">From (inclusive) to (exclusive).</param>
    /// <param name="rule">What a scan must show; null: scans propose nothing.</param>
    /// <param name="rings">1 or 2.</param>
    /// <param name="most">How many of ring 2 are wanted.</param>
    public Met Of(Guid person, ExposureWindow window, CopresenceRule? rule, int rings, int most)
    {
        if (rule is null || presence.Find(IdKind.Visitor, person.ToString("N")) is not { } dense || window.To <= window.From)
            return new Met([], 0);
        var found = presence.Trace(
            new TraceIndex(dense, window.From.ToUnixTimeSeconds(), window.To.ToUnixTimeSeconds()),
            new TraceRule
            {
                MinOverlap = (long)(rule.MinOverlap?.TotalSeconds ?? 1),
                Lag = (long)(rule.Lag?.TotalSeconds ?? 0),
                SameArea = rule.SameSubarea,
                Rings = rings,
            }, withEpisodes: true);
        var contacts = found.Ring1.Concat(found.Ring2).ToArray();
        if (contacts.Length == 0)
            return new Met([], 0);
        var (order, starts) = ByContact(found.Episodes, contacts);
        var places = Read(IdKind.Place, [.. found.Episodes.Select(e => e.Place).Distinct()]);
        var venues = kinds([.. places.Values.Where(v => v != Nobody).Distinct()]);
        var longest = Longest(found.Episodes, order, starts);
        var chosen = Choose(contacts, found.Ring1.Count, most, i => Weight(contacts[i], found.Episodes[longest[i]], venues.GetValueOrDefault(places[found.Episodes[longest[i]].Place])));
        var names = Read(IdKind.Visitor, [.. chosen.SelectMany(i => new[] { contacts[i].Visitor, contacts[i].Via }).Distinct()]);
        var candidates = new List<Candidate>(chosen.Count);
        foreach (var i in chosen)
            if (names[contacts[i].Visitor] is var who && who != Nobody)
                candidates.Add(One(contacts[i], who, i < found.Ring1.Count ? null : names[contacts[i].Via], found.Episodes[longest[i]],
                    [.. order.AsSpan(starts[i], starts[i + 1] - starts[i]).ToArray().Select(e => found.Episodes[e])], places, venues));
        return new Met(candidates, found.Ring2.Count);
    }

    static Candidate One(Contact contact, Guid who, Guid? via, Episode best, List<Episode> episodes, Dictionary<uint, Guid> places, IReadOnlyDictionary<Guid, VenueKind?> venues) => new()
    {
        Person = who,
        Ring = via is null ? 1 : 2,
        Via = via,
        Source = "visit",
        Venue = venues.GetValueOrDefault(places[best.Place]),
        First = DateTimeOffset.FromUnixTimeSeconds(contact.First),
        Last = DateTimeOffset.FromUnixTimeSeconds(contact.Last),
        Seconds = contact.OverlapSeconds,
        Episodes = (int)contact.Episodes,
        Inferred = contact.Inferred,
        Near = Near(best),
        Meetings = [.. episodes.OrderByDescending(e => e.End).Take(ContactEvidence.MostKept).Select(e => new Meeting(places[e.Place].ToString("N"), e.Area, e.Start, e.End, e.Inferred))],
    };

    static Nearness Near(Episode episode) => episode.Area == 0 ? Nearness.SameVenue : Nearness.SameSubarea;

    /// <summary>As the proposal will be rated: what is written first must be what the page shows first.</summary>
    double Weight(Contact contact, Episode best, VenueKind? kind) => rating is null ? contact.OverlapSeconds
        : ContactRatings.Value(rating, new ExposureFacts(kind?.Situation ?? "near_1m", contact.OverlapSeconds, Near(best), kind?.Air ?? VenueAir.Unknown, Inferred: contact.Inferred));

    /// <summary>All of ring 1, and the heaviest of ring 2.</summary>
    static List<int> Choose(Contact[] contacts, int ring1, int most, Func<int, double> weight)
    {
        var chosen = Enumerable.Range(0, ring1).ToList();
        var others = contacts.Length - ring1;
        if (others <= most)
        {
            chosen.AddRange(Enumerable.Range(ring1, others));
            return chosen;
        }
        var (weights, places) = (new double[others], new int[others]);
        for (var i = 0; i < others; i++)
            (weights[i], places[i]) = (-weight(ring1 + i), ring1 + i);
        Array.Sort(weights, places);
        chosen.AddRange(places.Take(most));
        return chosen;
    }

    Dictionary<uint, Guid> Read(IdKind kind, uint[] dense)
    {
        var outside = presence.Outside(kind, dense);
        var names = new Dictionary<uint, Guid>(dense.Length);
        for (var i = 0; i < dense.Length; i++)
            names[dense[i]] = Guid.TryParseExact(outside[i], "N", out var id) ? id : Nobody;
        return names;
    }

    /// <summary>The places of the episodes of each contact, one contact after the other; where each begins.</summary>
    static (int[] Order, int[] Starts) ByContact(IReadOnlyList<Episode> episodes, Contact[] contacts)
    {
        var place = new Dictionary<uint, int>(contacts.Length);
        for (var i = 0; i < contacts.Length; i++)
            place[contacts[i].Visitor] = i;
        var (starts, of) = (new int[contacts.Length + 1], new int[episodes.Count]);
        for (var e = 0; e < of.Length; e++)
            starts[(of[e] = place[episodes[e].Contact]) + 1]++;
        for (var i = 0; i < contacts.Length; i++)
            starts[i + 1] += starts[i];
        var (next, order) = (starts.AsSpan(0, contacts.Length).ToArray(), new int[of.Length]);
        for (var e = 0; e < of.Length; e++)
            order[next[of[e]]++] = e;
        return (order, starts);
    }

    /// <summary>The longest episode of each contact: its place says what kind of meeting it was.</summary>
    static int[] Longest(IReadOnlyList<Episode> episodes, int[] order, int[] starts)
    {
        var longest = new int[starts.Length - 1];
        for (var i = 0; i < longest.Length; i++)
        {
            longest[i] = order[starts[i]];
            for (var at = starts[i] + 1; at < starts[i + 1]; at++)
                if (episodes[order[at]] is var e && e.End - e.Start > episodes[longest[i]].End - episodes[longest[i]].Start)
                    longest[i] = order[at];
        }
        return longest;
    }
}
