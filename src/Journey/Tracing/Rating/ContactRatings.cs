using System.Globalization;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>How near the two were, as far as is known. The numbers reach disk: append only.</summary>
enum Nearness : short
{
    Unknown = 0,

    /// <summary>Within the distance that the situation names, or said so.</summary>
    Near = 1,

    SameSubarea = 2,
    SameVenue = 3,
}

/// <summary>Who was protected, as far as is known. The numbers reach disk: append only.</summary>
enum Protected : short
{
    Unknown = 0,
    None = 1,
    One = 2,
    Both = 3,
}

/// <summary>What is known of an exposure before it is weighed.</summary>
readonly record struct ExposureFacts(
    string Situation, long Seconds, Nearness Near, VenueAir Air = VenueAir.Unknown, Protected Protected = Protected.Unknown, bool Inferred = false);

/// <summary>One factor of a rating: what was known, and what it gave.</summary>
/// <param name="Name">situation, overlap, distance, air, protection, record.</param>
/// <param name="Known">In a word.</param>
/// <param name="Gives">Between 0 and 1.</param>
sealed record RatingFactor(string Name, string Known, double Gives);

/// <summary>A rating 评分 between 0 and 1, and how it came about (P-30).</summary>
sealed record Rated(double Value, IReadOnlyList<RatingFactor> Factors)
{
    /// <summary>"situation shared_meal 0.8 · overlap 45 min 0.8 · …"</summary>
    public string Said => string.Join(" · ", Factors.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Known} {f.Gives:0.##}")));
}

/// <summary>Weighs an exposure by the protocol's factors. Pure; what is not known takes nothing away.</summary>
static class ContactRatings
{
    public static Rated Of(ContactRating rule, in ExposureFacts facts)
    {
        RatingFactor[] factors =
        [
            new("situation", facts.Situation, rule.Situations.GetValueOrDefault(facts.Situation, rule.OtherSituation)),
            Overlap(rule, facts.Seconds),
            new("distance", Word(facts.Near), Distance(rule, facts.Near)),
            new("air", Word(facts.Air), Air(rule, facts.Air)),
            new("protection", Word(facts.Protected), Protection(rule, facts.Protected)),
            new("record", facts.Inferred ? "inferred" : "recorded", facts.Inferred ? rule.Inferred : 1),
        ];
        var product = 1.0;
        foreach (var factor in factors)
            product *= factor.Gives;
        return new Rated(Math.Round(product, 4), factors);
    }

    /// <summary>The product alone, for waves of thousands.</summary>
    public static double Value(ContactRating rule, in ExposureFacts facts) => Math.Round(
        rule.Situations.GetValueOrDefault(facts.Situation, rule.OtherSituation) * OverlapFactor(rule, facts.Seconds) * Distance(rule, facts.Near)
        * Air(rule, facts.Air) * Protection(rule, facts.Protected) * (facts.Inferred ? rule.Inferred : 1), 4);

    static RatingFactor Overlap(ContactRating rule, long seconds) =>
        new("overlap", string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"), OverlapFactor(rule, seconds));

    /// <summary>A time that is not known (0) takes nothing away.</summary>
    static double OverlapFactor(ContactRating rule, long seconds) => seconds <= 0 ? 1
        : Math.Clamp(seconds / rule.FullOverlap.TotalSeconds, rule.LeastOverlap, 1);

    static double Distance(ContactRating rule, Nearness near) => near switch
    {
        Nearness.Near or Nearness.Unknown => 1,
        Nearness.SameSubarea => rule.SameSubarea,
        Nearness.SameVenue => rule.SameVenue,
    };

    static double Air(ContactRating rule, VenueAir air) => air switch
    {
        VenueAir.Unknown or VenueAir.Closed => 1,
        VenueAir.Ventilated => rule.AirVentilated,
        VenueAir.Outdoor => rule.AirOutdoor,
    };

    static double Protection(ContactRating rule, Protected who) => who switch
    {
        Protected.Unknown or Protected.None => 1,
        Protected.One => rule.OneProtected,
        Protected.Both => rule.BothProtected,
    };

    static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
