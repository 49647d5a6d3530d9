using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>The air of a place. Numbers reach disk: append only.</summary>
public enum VenueAir : short
{
    Unknown = 0,

    /// <summary>Closed windows, recirculated air.</summary>
    Closed = 1,

    Ventilated = 2,
    Outdoor = 3,
}

/// <summary>
/// How a proposal of a contact is weighed before a person decides 密接线索研判 (P-30), and what is usual in a kind of venue.
/// </summary>
public sealed record TracingRule : IRule
{
    public static string Key => "tracing";

    public required ContactRating Rating { get; init; }

    /// <summary>Kinds of venues by category; what is not named is <c>other</c>.</summary>
    public required IReadOnlyList<VenueKind> Venues { get; init; }

    /// <summary>The kind of a category, or of <c>other</c>; null when neither is named.</summary>
    public VenueKind? Venue(string category) => Venues.FirstOrDefault(v => v.Category == category) ?? Venues.FirstOrDefault(v => v.Category == "other");
}

/// <summary>Factors between 0 and 1; a rating is their product.</summary>
public sealed record ContactRating
{
    /// <summary>By the situation's code.</summary>
    public required IReadOnlyDictionary<string, double> Situations { get; init; }

    /// <summary>Of a situation that is not named.</summary>
    public required double OtherSituation { get; init; }

    /// <summary>From this time together on, time counts in full; below, in proportion.</summary>
    [JsonPropertyName("full_overlap_min"), Minutes]
    public required TimeSpan FullOverlap { get; init; }

    /// <summary>The factor of a moment.</summary>
    public required double LeastOverlap { get; init; }

    /// <summary>In the same sub-area.</summary>
    public required double SameSubarea { get; init; }

    /// <summary>In the same venue, and a sub-area is not known.</summary>
    public required double SameVenue { get; init; }

    public required double AirVentilated { get; init; }

    public required double AirOutdoor { get; init; }

    /// <summary>One of both was protected.</summary>
    public required double OneProtected { get; init; }

    public required double BothProtected { get; init; }

    /// <summary>A leave that nobody recorded.</summary>
    public required double Inferred { get; init; }

    /// <summary>At this and above a scan proposes a close contact; below, a general one where the protocol knows such.</summary>
    public required double CloseFrom { get; init; }
}

/// <param name="Category">Stable word, as a venue's register says it.</param>
/// <param name="UsualStay">How long people stay where nobody checks out; the leave is marked as inferred (INV-43).</param>
/// <param name="Situation">The close situation that being there together is proposed as.</param>
/// <param name="General">The general one, where the protocol knows such.</param>
public sealed record VenueKind(
    string Category, string Zh, string En, [property: JsonPropertyName("usual_stay_min"), Minutes] TimeSpan UsualStay, VenueAir Air = VenueAir.Unknown,
    string? Situation = null, string? General = null);
