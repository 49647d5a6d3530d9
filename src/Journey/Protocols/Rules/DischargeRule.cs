using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>When somebody infected is released 解除隔离、出院标准 (domain 2.4, 2.10; INV-34).</summary>
public sealed record DischargeRule : IRule
{
    public static string Key => "discharge";

    /// <summary>Cycles; every gene of <see cref="Genes"/> must reach it or be undetected.</summary>
    public required double CtMin { get; init; }

    public required IReadOnlyList<string> Genes { get; init; }

    /// <summary>Samples in a row.</summary>
    public required int Times { get; init; }

    /// <summary>The least time between two of these samples.</summary>
    [JsonPropertyName("gap_h"), Hours]
    public required TimeSpan Gap { get; init; }

    /// <summary>Cycles; the cut-off of the assay that <see cref="CtMin"/> is meant for.</summary>
    public required double AssayCutoff { get; init; }

    /// <summary>The other way, with an assay of a lower cut-off.</summary>
    public NegativeRule? Alt { get; init; }

    /// <summary>Days of isolation on which the samples are taken, where the protocol names them.</summary>
    public IReadOnlyList<int>? OnDays { get; init; }

    /// <summary>Clinical conditions, all of them: <c>temp_normal_3d</c>, <c>resp_better</c>, <c>lung_better</c>.</summary>
    public required IReadOnlyList<string> Clinical { get; init; }

    /// <summary>What follows the release; null: nothing.</summary>
    public DischargeStage? After { get; init; }

    /// <summary>Who decides; null: the rule alone.</summary>
    public DischargeDecision? Decision { get; init; }

    /// <summary>A positive again after the release 复阳; null: not ruled.</summary>
    public RepositiveRule? Repositive { get; init; }
}

/// <summary>Negatives with an assay whose cut-off is below a number of cycles.</summary>
public sealed record NegativeRule
{
    public required int Times { get; init; }

    [JsonPropertyName("gap_h"), Hours]
    public required TimeSpan Gap { get; init; }

    public required double AssayCutoffLt { get; init; }
}

/// <param name="Days">How long, from the release.</param>
/// <param name="Tests">Days after the release on which a sample is taken.</param>
/// <param name="ScreeningExemptDays">Days during which the person takes no part in rounds; null: takes part.</param>
public sealed record DischargeStage(StayKind Mode, int Days, IReadOnlyList<int> Tests, int? ScreeningExemptDays = null);

/// <param name="NegativeRounds">Rounds of negatives that are shown.</param>
/// <param name="ExpertLevels">Expert groups that are asked: <c>national</c>, <c>province</c>, <c>city</c>.</param>
public sealed record DischargeDecision(int NegativeRounds, IReadOnlyList<string> ExpertLevels);

/// <param name="WithinDays">Days after the release.</param>
/// <param name="CtBelow">Cycles; only a Ct below it is an event at all.</param>
/// <param name="NewCase">Whether it counts as a new case.</param>
/// <param name="Rezoning">Whether the building is zoned again.</param>
public sealed record RepositiveRule(int WithinDays, double CtBelow, bool NewCase, bool Rezoning);
