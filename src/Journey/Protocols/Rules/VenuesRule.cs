namespace Qipan.Protocols;

/// <summary>Venues 场所 (domain 2.8): how full they may be, and who registers without a phone.</summary>
public sealed record VenuesRule : IRule
{
    public static string Key => "venues";

    public required IReadOnlyList<VenueLimit> Caps { get; init; }

    /// <summary>Who may register by an identity document: <c>elderly</c>, <c>children</c>, <c>impaired</c>.</summary>
    public IReadOnlyList<string>? RegisterById { get; init; }
}

/// <param name="Category">Kind of venue, as <c>scenic</c>.</param>
/// <param name="MaxPercent">Per cent of its capacity.</param>
public sealed record VenueLimit(string Category, double MaxPercent);
