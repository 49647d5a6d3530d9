namespace Qipan.Protocols;

/// <summary>What a finding is. The numbers reach disk: append only.</summary>
public enum FindingKind : short
{
    /// <summary>Felt, seen or imaged 临床.</summary>
    Clinical = 1,

    /// <summary>A laboratory says it 实验室.</summary>
    Laboratory = 2,

    /// <summary>Where the person was and whom they met 流行病学.</summary>
    Epidemiological = 3,
}

/// <summary>The class that a definition gives. The numbers are those of a case's class: append only.</summary>
public enum DefinedClass : short
{
    Suspect = 1,
    Probable = 2,
    Confirmed = 3,
    Asymptomatic = 4,
    RuledOut = 5,
}

/// <summary>Case definitions 病例定义: which findings make which class. Data; <see cref="Classification"/> applies it.</summary>
public sealed record ClassificationRule : IRule
{
    public static string Key => "classification";

    /// <summary>The finding that a positive sample of a laboratory is.</summary>
    public required string PositiveSample { get; init; }

    public required IReadOnlyList<FindingRule> Findings { get; init; }

    /// <summary>Counted over findings and over criteria that stand before.</summary>
    public required IReadOnlyList<CriterionRule> Criteria { get; init; }

    /// <summary>The first that holds is the class.</summary>
    public required IReadOnlyList<ClassRule> Classes { get; init; }
}

/// <summary>Something that can be found, or looked for and not found.</summary>
/// <param name="Code">Stable word in snake_case.</param>
public sealed record FindingRule(string Code, FindingKind Kind, string Zh, string En);

/// <param name="AtLeast">How many of <paramref name="Of"/> must hold.</param>
/// <param name="Of">Codes of findings, or of criteria before this one.</param>
public sealed record CriterionRule(string Code, int AtLeast, IReadOnlyList<string> Of, string Zh, string En);

/// <param name="Any">Ways to the class; in each, every finding or criterion holds.</param>
/// <param name="Unless">Findings or criteria of which none may hold.</param>
public sealed record ClassRule(DefinedClass Class, IReadOnlyList<IReadOnlyList<string>> Any, IReadOnlyList<string>? Unless = null);
