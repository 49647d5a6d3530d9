using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>How many people share a tube 混采比例. The numbers reach disk as the kind of a tube: append only.</summary>
[JsonConverter(typeof(PoolKindJson))]
public enum PoolKind : short
{
    /// <summary>单人单管.</summary>
    Single = 1,

    /// <summary>5:1.</summary>
    Five = 5,

    /// <summary>10:1.</summary>
    Ten = 10,

    /// <summary>20:1.</summary>
    Twenty = 20,

    /// <summary>One household, one tube 一户一管.</summary>
    Household = 99,
}

/// <summary>What a place or a person is taken for when the pool is chosen 风险分类. The numbers reach disk: append only.</summary>
public enum RiskClass : short
{
    /// <summary>Low-risk area 低风险.</summary>
    Low = 1,

    /// <summary>Everything not named otherwise 一般.</summary>
    Normal = 2,

    /// <summary>Controlled area 管控区.</summary>
    Controlled = 3,

    /// <summary>A household under seal 封控户.</summary>
    SealedHousehold = 4,

    /// <summary>Isolation site 隔离点.</summary>
    Isolation = 5,

    /// <summary>Key group 重点人群: cold chain, ports, health workers, couriers.</summary>
    KeyGroup = 6,
}

/// <summary>How samples are pooled 混采规则 (domain 2.3, 2.10).</summary>
public sealed record PoolRule : IRule
{
    public static string Key => "pool";

    /// <summary>Persons per tube where <see cref="ByRisk"/> says nothing.</summary>
    public required PoolKind Default { get; init; }

    /// <summary>Persons per tube by risk.</summary>
    public required IReadOnlyDictionary<RiskClass, PoolKind> ByRisk { get; init; }

    /// <summary>Mixing of samples in the laboratory; null where the protocol does not speak of it.</summary>
    public DilutionRule? Dilution { get; init; }

    /// <summary>The pool for a risk: its own, or the default.</summary>
    public PoolKind For(RiskClass risk) => ByRisk.GetValueOrDefault(risk, Default);
}

/// <summary>When a laboratory may mix samples that were taken singly 混检 (domain 2.3).</summary>
public sealed record DilutionRule
{
    /// <summary>Allowed below this share of positives among the tested, in percent.</summary>
    public required double MaxPrevalencePercent { get; init; }

    /// <summary>Whether it is allowed for key areas and patients.</summary>
    public required bool KeyGroups { get; init; }

    /// <summary>Whether its result may be the last word on a person.</summary>
    public required bool FinalEvidence { get; init; }
}

sealed class PoolKindJson : JsonConverter<PoolKind>
{
    public override PoolKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("HOUSEHOLD"))
            return PoolKind.Household;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt16(out var persons) && persons is 1 or 5 or 10 or 20
            ? (PoolKind)persons
            : throw new JsonException("A pool is 1, 5, 10, 20 or HOUSEHOLD.");
    }

    public override void Write(Utf8JsonWriter writer, PoolKind value, JsonSerializerOptions options)
    {
        if (value == PoolKind.Household)
            writer.WriteStringValue("HOUSEHOLD");
        else
            writer.WriteNumberValue((short)value);
    }
}
