using Qipan.Cases.Reading;

namespace Qipan.Cases;

/// <summary>A registered place or venue that a text may mean.</summary>
/// <param name="Code">The place's code, or the venue's id.</param>
/// <param name="FullName">With the names above it, as "吉林省 长春市 南关区 …".</param>
public sealed record PlaceCandidate(string Code, string Name, string FullName);

/// <summary>How a candidate fits the text. The numbers reach disk: append only.</summary>
public enum PlaceFit : short
{
    /// <summary>The names are equal but for areas, signs and brackets.</summary>
    Equal = 1,

    /// <summary>One name holds the other.</summary>
    Holds = 2,

    /// <summary>The names share signs.</summary>
    Like = 3,
}

/// <param name="Score">0 to 1.</param>
/// <param name="Areas">Names of areas in the text that the candidate lies in.</param>
/// <param name="Against">Names of areas in the text that speak against it.</param>
public sealed record ScoredPlace(PlaceCandidate Candidate, double Score, PlaceFit Fit, IReadOnlyList<string> Areas,
    IReadOnlyList<string> Against);

/// <param name="Chosen">Null when none is good enough, or two are equally good.</param>
/// <param name="Offered">The best, best first.</param>
public sealed record PlaceMatch(ScoredPlace? Chosen, IReadOnlyList<ScoredPlace> Offered);

/// <summary>When a candidate is taken without asking. These are settings of a reading, not rules of a protocol.</summary>
/// <param name="Threshold">The least score.</param>
/// <param name="Margin">How far the second has to be behind.</param>
/// <param name="Offered">How many are offered.</param>
public sealed record PlaceMatchLimits(double Threshold = 0.8, double Margin = 0.04, int Offered = 3);

/// <summary>Matches places' names in a text to registered places 地点匹配. Immutable after it is made, safe for all threads.</summary>
public sealed class PlaceMatcher
{
    /// <summary>A pair of signs that more candidates share than this says nothing.</summary>
    const int MostOfPair = 4000;

    const int MostScored = 400;

    readonly IReadOnlyList<PlaceCandidate> candidates;
    readonly PlaceKey[] keys;
    readonly Dictionary<int, List<int>> byPair = [];
    readonly PlaceMatchLimits limits;

    public PlaceMatcher(IReadOnlyList<PlaceCandidate> candidates, PlaceMatchLimits? limits = null)
    {
        this.candidates = candidates;
        this.limits = limits ?? new PlaceMatchLimits();
        keys = [.. candidates.Select(c => PlaceKey.Of(c.Name))];
        for (var i = 0; i < keys.Length; i++)
            foreach (var pair in PlaceKey.Pairs(keys[i].Name).Distinct())
                (byPair.TryGetValue(pair, out var list) ? list : byPair[pair] = []).Add(i);
    }

    /// <summary>The registered place that these words mean, and the best others.</summary>
    public PlaceMatch Match(string place)
    {
        var key = PlaceKey.Of(place);
        var shared = new Dictionary<int, int>();
        foreach (var pair in PlaceKey.Pairs(key.Name).Distinct())
            if (byPair.TryGetValue(pair, out var list) && list.Count <= MostOfPair)
                foreach (var i in list)
                    shared[i] = shared.GetValueOrDefault(i) + 1;
        var scored = shared.OrderByDescending(s => s.Value).Take(MostScored).Select(s => Score(key, s.Key)).Where(s => s.Score > 0)
            .OrderByDescending(s => s.Score).ThenBy(s => s.Candidate.Code.Length).ThenBy(s => s.Candidate.Code, StringComparer.Ordinal)
            .Take(Math.Max(2, limits.Offered)).ToList();
        var chosen = scored.Count > 0 && scored[0].Score >= limits.Threshold
            && (scored.Count == 1 || scored[0].Score - scored[1].Score >= limits.Margin)
            ? scored[0] : null;
        return new PlaceMatch(chosen, [.. scored.Take(limits.Offered)]);
    }

    ScoredPlace Score(PlaceKey key, int i)
    {
        var candidate = candidates[i];
        var likeness = PlaceKey.Likeness(key, keys[i]);
        var (fits, against) = (new List<string>(), new List<string>());
        foreach (var area in key.Areas)
            (candidate.FullName.Contains(area, StringComparison.Ordinal)
                || (area.Length > 2 && candidate.FullName.Contains(area[..^1], StringComparison.Ordinal)) ? fits : against).Add(area);
        var score = likeness;
        if (candidate.FullName.Length > candidate.Name.Length)
            score = score * Math.Pow(0.85, against.Count) + (likeness < 1 ? 0.02 * fits.Count : 0) - (fits.Count == 0 && likeness >= 1
                ? 0.05 : 0);
        if (key.Branch.Length > 0 && keys[i].Branch.Length > 0 && key.Branch != keys[i].Branch)
            score *= 0.8;
        var fit = likeness >= 1 ? PlaceFit.Equal : likeness >= 0.85 ? PlaceFit.Holds : PlaceFit.Like;
        return new ScoredPlace(candidate, Math.Round(Math.Clamp(score, 0, 1), 3), fit, fits, against);
    }
}
