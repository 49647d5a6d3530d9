using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>Somebody who may be a contact, from one source, before the sources are put together.</summary>
sealed record Candidate
{
    public required Guid Person { get; init; }

    /// <summary>1: met the case; 2: met a contact of it.</summary>
    public int Ring { get; init; } = 1;

    /// <summary>Of ring 2: the person in between.</summary>
    public Guid? Via { get; init; }

    /// <summary>visit, household, room, queue, roster, vehicle, itinerary, statement.</summary>
    public required string Source { get; init; }

    /// <summary>The situation as stated; null: by the kind of venue.</summary>
    public string? Situation { get; init; }

    public VenueKind? Venue { get; init; }

    public required DateTimeOffset First { get; init; }

    public required DateTimeOffset Last { get; init; }

    /// <summary>Together; 0 where no clock saw it.</summary>
    public long Seconds { get; init; }

    public int Episodes { get; init; }

    public bool Inferred { get; init; }

    public Nearness Near { get; init; }

    public Protected Protected { get; init; }

    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    public EvidenceFact? Fact { get; init; }
}

/// <summary>A person's candidates of one ring put together: what a row of <c>contact</c> is made from.</summary>
sealed record Proposal(
    Guid Person, int Ring, Guid? Via, ContactKind Kind, string Situation, DateTimeOffset First, DateTimeOffset Last, string Sources,
    long Seconds, double Rating, Func<ContactEvidence> Says)
{
    ContactEvidence? evidence;

    /// <summary>Put into words when it is first asked for: of a wave of fifty thousand the first page shows a hundred.</summary>
    public ContactEvidence Evidence => evidence ??= Says();
}

/// <summary>
/// Puts candidates together: one proposal for each person and ring, with all sources and all evidence. The strictest kind and the highest
/// rating of the sources hold. Whoever met the case is not proposed as a contact of a contact as well. Pure.
/// </summary>
sealed class CandidateMerge(KindDecision decision, TracingRule? rule, string? weights, string window)
{
    public List<Proposal> Of(IReadOnlyCollection<Candidate> candidates, Guid index)
    {
        var groups = new Dictionary<(Guid Person, int Ring), List<Candidate>>(candidates.Count);
        foreach (var candidate in candidates)
        {
            if (candidate.Person == index || (candidate.Ring == 2 && !decision.Secondary))
                continue;
            var key = (candidate.Person, candidate.Ring);
            if (groups.TryGetValue(key, out var list))
                list.Add(candidate);
            else
                groups.Add(key, [candidate]);
        }
        var found = new List<Proposal>(groups.Count);
        foreach (var ((person, ring), list) in groups)
            if (ring == 1 || !groups.ContainsKey((person, 1)))
                found.Add(One(person, ring, list));
        return found;
    }

    Proposal One(Guid person, int ring, List<Candidate> list)
    {
        var best = Weigh(list[0], ring);
        for (var i = 1; i < list.Count; i++)
            if (Weigh(list[i], ring) is var next && (Order(next.As.Kind), -next.Rating).CompareTo((Order(best.As.Kind), -best.Rating)) < 0)
                best = next;
        var first = list[0].First;
        var last = list[0].Last;
        var inferred = false;
        foreach (var c in list)
        {
            first = c.First < first ? c.First : first;
            last = c.Last > last ? c.Last : last;
            inferred |= c.Inferred;
        }
        // Two sources may tell of the same meeting: the one that knows more of it counts, not their sum.
        var (seconds, episodes) = list.Count == 1 ? (list[0].Seconds, list[0].Episodes)
            : list.GroupBy(c => c.Source).Select(g => (g.Sum(c => c.Seconds), g.Sum(c => c.Episodes))).Max();
        ContactEvidence Says() => new()
        {
            Meetings = list.Count == 1 ? list[0].Meetings
                : [.. list.SelectMany(c => c.Meetings).Distinct().OrderByDescending(m => m.Until).Take(ContactEvidence.MostKept)],
            Episodes = episodes,
            Inferred = inferred,
            Facts = [.. list.Where(c => c.Fact is not null).Select(c => c.Fact!).Distinct()],
            Rating = rule is null ? null : ContactRatings.Of(rule.Rating, best.Facts).Said,
            Because = best.As.Because,
            Window = window,
            Weights = weights,
        };
        return new Proposal(person, ring, list[0].Via, best.As.Kind, best.As.Situation, first, last,
            list.Count == 1 ? list[0].Source : string.Join(",", list.Select(c => c.Source).Distinct().Order(StringComparer.Ordinal)),
            seconds, best.Rating, Says);
    }

    (Proposed As, double Rating, ExposureFacts Facts) Weigh(Candidate candidate, int ring)
    {
        var facts = new ExposureFacts(candidate.Situation ?? candidate.Venue?.Situation ?? "near_1m", candidate.Seconds, candidate.Near,
            candidate.Venue?.Air ?? VenueAir.Unknown, candidate.Protected, candidate.Inferred);
        var rating = rule is null ? 1 : ContactRatings.Value(rule.Rating, facts);
        var proposed = candidate.Situation is { } stated ? decision.Stated(stated) : decision.Seen(candidate.Venue, rating);
        return (ring == 1 ? proposed : proposed with { Kind = ContactKind.Secondary, Because = "met a contact of the case" }, rating, facts);
    }

    static int Order(ContactKind kind) => kind switch
    {
        ContactKind.Close => 0,
        ContactKind.Secondary => 1,
        ContactKind.General => 2,
    };
}
