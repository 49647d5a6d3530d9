namespace Qipan.Protocols;

/// <summary>The situations that make somebody a contact 接触情形 (domain 2.2).</summary>
public sealed record SituationsRule : IRule
{
    public static string Key => "situations";

    /// <summary>Situations of a close contact, in the order of the plan.</summary>
    public required IReadOnlyList<Situation> Close { get; init; }

    /// <summary>Situations of a general contact; null: none named.</summary>
    public IReadOnlyList<Situation>? General { get; init; }

    /// <summary>What holds instead inside a building under static management 静态管理; null: no variant.</summary>
    public IReadOnlyList<DwellingRule>? StaticManagement { get; init; }
}

/// <param name="Code">Stable word, stored with the contact.</param>
/// <param name="MaxDistanceM">Metres, where the plan names a distance.</param>
public sealed record Situation(string Code, string Zh, string En, double? MaxDistanceM = null);

/// <summary>Who is a contact in a building, by its kitchens and bathrooms.</summary>
/// <param name="Dwelling"><c>own_kitchen_and_bath</c> or <c>shared_kitchen_or_bath</c>.</param>
/// <param name="Close">Close contacts: <c>cohabitants</c>, <c>same_floor</c>, …</param>
/// <param name="Secondary">Secondary contacts.</param>
public sealed record DwellingRule(string Dwelling, IReadOnlyList<string> Close, IReadOnlyList<string> Secondary);
