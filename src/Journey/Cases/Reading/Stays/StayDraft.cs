namespace Qipan.Cases.Reading;

/// <summary>A stay while it is being read.</summary>
sealed class StayDraft(StayTime time)
{
    readonly List<string> activities = [];

    public StayTime Time { get; set; } = time;

    /// <summary>Other times with the same words: "1月22日下午、1月23日上午，两次到…".</summary>
    public List<StayTime> MoreTimes { get; } = [];

    public TextWords? Words { get; private set; }

    /// <summary>Null until a place is named; several for "到A、B和C购物".</summary>
    public List<PlacePart> Places { get; } = [];

    public PlaceKind Kind { get; set; }

    public List<Ride> Rides { get; } = [];

    public List<NamedPerson> With { get; } = [];

    public Protection Protection { get; set; }

    public LoopState Loop { get; set; }

    public bool EndsLoop { get; set; }

    /// <summary>The person was among others: what breaks a closed loop.</summary>
    public bool AmongOthers { get; set; }

    public bool HasPlace => Kind != PlaceKind.None;

    public bool HasActivity => activities.Count > 0;

    /// <summary>Nothing but a time was read.</summary>
    public bool IsEmpty => !HasPlace && !HasActivity && Rides.Count == 0 && With.Count == 0 && Loop == LoopState.None
        && Protection == Protection.Unknown;

    public string? Route { get; set; }

    /// <summary>驶离云州: the place of the stay when no other is named.</summary>
    public PlacePart? Left { get; set; }

    public void Add(TextWords words) =>
        Words = Words is { } had ? new TextWords(Math.Min(had.From, words.From),
            Math.Max(had.To, words.To) - Math.Min(had.From, words.From)) : words;

    public void Do(string activity)
    {
        if (!activities.Contains(activity))
            activities.Add(activity);
    }

    public IEnumerable<ReadStay> Read()
    {
        foreach (var when in MoreTimes.Append(Time))
            foreach (var place in Places.Count == 0 ? [null] : Places.Cast<PlacePart?>())
                yield return new ReadStay
                {
                    Words = Words ?? default,
                    Time = when,
                    Place = place?.Name,
                    PlaceWords = place?.Words,
                    SubArea = place?.SubArea,
                    PlaceKind = Kind == PlaceKind.None && Rides.Count > 0 ? PlaceKind.Vehicle : Kind,
                    Activity = HasActivity ? string.Join('、', activities) : null,
                    Rides = Rides,
                    With = With,
                    Protection = Protection,
                    ClosedLoop = Loop,
                };
    }
}

/// <summary>A place that was named.</summary>
sealed record PlacePart(string Name, TextWords Words, string? SubArea);
