using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Loads the rules of rounds: a round, the versions of its scope, the risks of its areas.</summary>
static class RoundRulesOf
{
    public static List<RoundRules> Load(Session session, string owner, IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0)
            return [];
        var rounds = Rounds.ByIds(session, owner, ids);
        if (rounds.Count == 0)
            return [];
        var versions = session.Each<VersionRow>("SELECT round, version, at FROM round_scope WHERE owner = @owner AND round = @key", ids, new { owner })
            .OrderBy(v => v.Version).ToLookup(v => v.Round);
        var risks = session.Each<RiskRow>("SELECT round, area, risk FROM round_area_risk WHERE owner = @owner AND round = @key", ids, new { owner })
            .ToLookup(r => r.Round);
        return rounds.ConvertAll(r => new RoundRules(r,
            [.. versions[r.Id.Value].Select(v => (v.Version, v.At))],
            [.. risks[r.Id.Value].Select(v => (v.Area, RiskNames.Of(v.Risk)))]));
    }

    sealed class VersionRow
    {
        public Guid Round { get; init; }

        public int Version { get; init; }

        public long At { get; init; }
    }

    sealed class RiskRow
    {
        public Guid Round { get; init; }

        public string Area { get; init; } = "";

        public Protocols.RiskClass Risk { get; init; }
    }
}

/// <summary>Risk classes as the pool policy writes them: snake_case.</summary>
static class RiskNames
{
    public static string Of(Protocols.RiskClass risk) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(risk.ToString());
}
