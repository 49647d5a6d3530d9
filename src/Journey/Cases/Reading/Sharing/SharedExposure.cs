namespace Qipan.Cases;

/// <summary>
/// A proposal: two itineraries share an exposure 共同暴露. A person decides whether it is a link; the words of both stand with it.
/// </summary>
/// <param name="First">Which of the itineraries given to the finder.</param>
/// <param name="What">The place, the train with its coach, the home; as it was said.</param>
/// <param name="Overlap">When both may have been there; null for a home and a relation.</param>
/// <param name="Reason">Why, in one sentence, without personal data.</param>
public sealed record SharedExposure(
    int First, int Second, SharedExposureKind Kind, ExposureStrength Strength, string What, DateOnly? Day, StaySpan? Overlap,
    IReadOnlyList<TextWords> FirstWords, IReadOnlyList<TextWords> SecondWords, string Reason, string ReasonChinese)
{
    /// <summary>One of the two was under closed-loop control there and broke it.</summary>
    public bool LoopBroken { get; init; }
}

/// <param name="Complete">False when the texts share so much that not all of it was compared: divide them.</param>
public sealed record SharedExposures(IReadOnlyList<SharedExposure> All, bool Complete);

/// <summary>What is shared. The numbers reach disk: append only.</summary>
public enum SharedExposureKind : short
{
    /// <summary>One home.</summary>
    Household = 1,

    /// <summary>A train, aircraft, ship or coach, by the protocol's transport rule.</summary>
    Vehicle = 2,

    /// <summary>A place, at one time.</summary>
    Place = 3,

    /// <summary>One text names the other.</summary>
    Named = 4,
}

/// <summary>How strong the evidence is. The numbers reach disk: append only.</summary>
public enum ExposureStrength : short
{
    /// <summary>Both texts say it, with times that meet.</summary>
    Certain = 1,

    /// <summary>The times may have met: one of them is about right, or is only a part of the day.</summary>
    Possible = 2,

    /// <summary>Only a name that hides itself (刘某) is the same.</summary>
    NameOnly = 3,

    /// <summary>Something in the texts speaks against it.</summary>
    Doubtful = 4,
}
