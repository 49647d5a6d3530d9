namespace Qipan.Cases.Reading;

/// <summary>One place at one time 同时同地, found by the pairs of signs that the names share on a day.</summary>
static class SharedPlaces
{
    /// <summary>From this likeness on two names are one place.</summary>
    const double OnePlace = 0.84;

    /// <summary>A pair of signs that more stays of a day share says nothing (医院).</summary>
    const int MostOfPair = 300;

    /// <summary>More pairs than an epidemic's texts hold: what follows is not compared, and the answer says so.</summary>
    const int MostPairs = 1_000_000;

    public static List<SharedExposure> Find(List<SharingPerson> people, out bool complete)
    {
        var found = new Dictionary<(int, int, string, DateOnly?), SharedExposure>();
        var candidates = Candidates(Stays(people));
        complete = candidates.Count < MostPairs;
        foreach (var (a, b) in candidates)
        {
            if (a.Stay.Time.Span is not { } span || b.Stay.Time.Span is not { } other || !span.Overlaps(other)
                || PlaceKey.Likeness(a.Key, b.Key) < OnePlace)
                continue;
            if (a.Key.Branch.Length > 0 && b.Key.Branch.Length > 0 && a.Key.Branch != b.Key.Branch)
                continue;
            var shared = Make(a, b, Meet(span, other));
            var key = (shared.First, shared.Second, a.Key.Name.Length <= b.Key.Name.Length ? a.Key.Name : b.Key.Name, shared.Day);
            if (!found.TryGetValue(key, out var had) || shared.Strength < had.Strength)
                found[key] = shared;
        }
        return [.. found.Values];
    }

    /// <summary>When both may have been there.</summary>
    public static StaySpan Meet(StaySpan a, StaySpan b) =>
        new(a.From > b.From ? a.From : b.From, a.To < b.To ? a.To : b.To, a.Exact && b.Exact);

    static List<PlacedStay> Stays(List<SharingPerson> people) =>
    [
        .. from person in people
           from stay in person.Person.Stays
           let place = stay.Place ?? (stay.PlaceKind == PlaceKind.Work
               ? person.Person.Remarks.FirstOrDefault(r => r.Kind == RemarkKind.Workplace)?.Place : null)
           where place is not null && stay.PlaceKind is PlaceKind.Named or PlaceKind.Work && stay.Time.Span is not null
           let key = PlaceKey.Of(place)
           where !key.IsArea && !(key.IsGeneric && key.Areas.Count == 0) && key.Name.Length >= 2
           select new PlacedStay(person, stay, place, key),
    ];

    static HashSet<(PlacedStay A, PlacedStay B)> Candidates(List<PlacedStay> stays)
    {
        var pairs = new HashSet<(PlacedStay, PlacedStay)>();
        var bySign = new Dictionary<(int Pair, int Day), List<PlacedStay>>();
        foreach (var stay in stays)
        {
            var span = stay.Stay.Time.Span!.Value;
            var (first, last) = (DateOnly.FromDateTime(span.From).DayNumber, DateOnly.FromDateTime(span.To.AddTicks(-1)).DayNumber);
            foreach (var pair in PlaceKey.Pairs(stay.Key.Name).Distinct())
            {
                for (var day = first; day <= Math.Min(last, first + 31); day++)
                {
                    var list = bySign.TryGetValue((pair, day), out var had) ? had : bySign[(pair, day)] = [];
                    foreach (var other in list.Count <= MostOfPair && pairs.Count < MostPairs ? list.Where(o => o.Person != stay.Person)
                        : [])
                        pairs.Add(other.Person.Index < stay.Person.Index ? (other, stay) : (stay, other));
                    list.Add(stay);
                }
            }
        }
        return pairs;
    }

    static SharedExposure Make(PlacedStay a, PlacedStay b, StaySpan overlap)
    {
        var certain = Sure(a.Stay) is { } first && Sure(b.Stay) is { } second && first.Overlaps(second);
        var apart = a.Stay.SubArea is { } area && b.Stay.SubArea is { } other && area != other;
        var (strength, reason, chinese) = (certain, apart) switch
        {
            (true, false) => (ExposureStrength.Certain, "Both were there at one time.", "两人同一时间在同一地点。"),
            (true, true) => (ExposureStrength.Possible, "Both were there at one time, in different parts of it.", "两人同一时间在同一地点的不同区域。"),
            _ => (ExposureStrength.Possible, "Both were there on that day; the times are not exact enough to say whether they met.",
                "两人当天均在该地点，时间不够精确，无法确定是否相遇。"),
        };
        return new SharedExposure(a.Person.Index, b.Person.Index, SharedExposureKind.Place, strength,
            a.Key.Name.Length <= b.Key.Name.Length ? a.Place : b.Place,
            DateOnly.FromDateTime(overlap.From), overlap, [a.Stay.Words], [b.Stay.Words], reason, chinese)
        {
            LoopBroken = a.Stay.ClosedLoop == LoopState.Broken || b.Stay.ClosedLoop == LoopState.Broken,
        };
    }

    /// <summary>When the person certainly was there: the whole span, or the moment of arrival.</summary>
    static StaySpan? Sure(ReadStay stay) => stay.Time.Span is not { } span || stay.Time.From is null || stay.Time.About ? null
        : span.Exact ? span : new StaySpan(span.From, span.From.AddMinutes(1), true);

    sealed record PlacedStay(SharingPerson Person, ReadStay Stay, string Place, PlaceKey Key);
}
