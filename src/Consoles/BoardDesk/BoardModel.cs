using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.BoardDesk;

/// <summary>What the board's address says.</summary>
public sealed class BoardAsked
{
    public string? Area { get; init; }

    public string? Disease { get; init; }
}

/// <summary>One line of the breakdown by part: who is to be tested, what is late of all kinds, positives of seven days.</summary>
public sealed record PartLine(string Area, string Name, DutyDay Tests, long Late, long Soon, PartCount? Cases);

/// <summary>One kind of duty in the whole region.</summary>
public sealed record KindLine(DutyKind Kind, long Should, long Done, long Open, long Late, long Soon);

/// <summary>The board as a reader may see it.</summary>
public sealed record BoardModel(
    Board Board, Territory Territory, IReadOnlyList<(string Code, string Name)> Way, IReadOnlyList<KindLine> Kinds, IReadOnlyList<PartLine> Parts,
    IReadOnlyDictionary<string, string> Places, SituationSettings Settings)
{
    public static Outcome<BoardModel> Load(HttpContext http, Store store, BoardBook book, SituationSettings settings, BoardAsked asked, int names = Alerts)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, asked.Area?.ToLowerInvariant());
        if (!chosen.Ok)
            return chosen.Refusal;
        var territory = chosen.Value;
        var board = book.Of(new Region(territory.Code), asked.Disease).For(http.Caller(), settings);
        var areas = board.Duties.Select(d => d.Area).Concat(board.Parts.Select(p => p.Area)).Where(a => a.Length > territory.Code.Length).Distinct().Order(StringComparer.Ordinal).ToList();
        var places = store.Read(s => Lookups.Places(s, areas.Concat(PlaceCode.SelfAndAbove(territory.Code)).Concat(board.Alerts.Take(names).Select(a => a.Owner)), RequestLanguage.Of(http)));
        return new BoardModel(board, territory, WayTo(territory, places),
            [.. board.Duties.GroupBy(d => d.Kind).Select(g => new KindLine(g.Key, g.Sum(d => d.Should), g.Sum(d => d.Done), g.Sum(d => d.Open), g.Sum(d => d.Late), g.Sum(d => d.Soon)))],
            PartsOf(board, areas, places), places, settings);
    }

    /// <summary>How many alerts the board names; the others are behind the link.</summary>
    public const int Alerts = 6;

    public long Late => Kinds.Sum(k => k.Late);

    public long Soon => Kinds.Sum(k => k.Soon);

    public CurveDay? Today => Board.Curve.Count > 0 ? Board.Curve[^1] : null;

    /// <summary>
    /// The round whose last result comes latest against its deadline, or about which nothing can be said; one whose deadline has passed only where there is no other.
    /// </summary>
    public RoundFlow? Tightest => Board.Rounds.OrderBy(r => r.Round.DueAt < Board.AsOf).ThenBy(r => r.Margin ?? TimeSpan.MinValue).FirstOrDefault();

    /// <summary>The most that one bar of the breakdown stands for.</summary>
    public long MostPositives => Math.Max(1, Parts.Max(p => (long?)p.Cases?.Positives) ?? 1);

    static List<PartLine> PartsOf(Board board, List<string> areas, Dictionary<string, string> places)
    {
        var duties = board.Duties.ToLookup(d => d.Area);
        var cases = board.Parts.ToDictionary(p => p.Area, StringComparer.Ordinal);
        return areas.ConvertAll(a => new PartLine(a, places.GetValueOrDefault(a, a), duties[a].FirstOrDefault(d => d.Kind == DutyKind.TestInRound) ?? new DutyDay(),
            duties[a].Sum(d => d.Late), duties[a].Sum(d => d.Soon), cases.GetValueOrDefault(a)));
    }

    /// <summary>From the widest region that the reader may see down to this one.</summary>
    public static IReadOnlyList<(string Code, string Name)> WayTo(Session session, Territory territory, string language) =>
        WayTo(territory, Lookups.Places(session, PlaceCode.SelfAndAbove(territory.Code), language));

    static List<(string Code, string Name)> WayTo(Territory territory, Dictionary<string, string> places) =>
        [.. PlaceCode.SelfAndAbove(territory.Code).Reverse().Where(c => c.Length > 0 && territory.Own.Any(o => c.StartsWith(o, StringComparison.Ordinal)))
            .Select(c => (c, places.GetValueOrDefault(c, c)))];
}
