using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>One area of a map with what is known of it.</summary>
/// <param name="Positives">Of the days shown together; null: a small number that the reader may not see (P-10).</param>
/// <param name="ByDay">Positives of each day, for the replay; null for readers who may not see small numbers.</param>
/// <param name="SocialByDay">Of these, those in society.</param>
/// <param name="Column">Where it stands among the tiles, when there is no outline.</param>
public sealed record MapArea(
    string Code, string Name, string? NameEn, double? Lat, double? Lon, long? Positives, long? Social, IReadOnlyList<long>? ByDay, IReadOnlyList<long>? SocialByDay, long Should, long Done, long Late, int Column, int Row);

/// <summary>A sampling point on a map.</summary>
public sealed record MapPoint(string Name, double Lat, double Lon, bool Open);

/// <summary>A map 一张图 of one region: its areas of one level, and how many of them have an outline.</summary>
/// <param name="Days">The days shown, the first first.</param>
public sealed record BoardMap(
    Region Region, DateTimeOffset AsOf, PlaceLevel Level, IReadOnlyList<PlaceLevel> Levels, IReadOnlyList<string> Diseases, string? Disease, IReadOnlyList<DateOnly> Days,
    IReadOnlyList<MapArea> Areas, IReadOnlyList<MapPoint> Points, int Outlines, bool Protected)
{
    /// <summary>Positives whose place is not known as finely as this level: they stand in no area.</summary>
    internal long Unplaced { get; init; }

    /// <summary>True where areas say less than there is: some positives stand in none of them.</summary>
    public bool SomeUnplaced => Unplaced > 0;
}

/// <summary>Reads what maps show: counted from the same indexes as the board.</summary>
public sealed class MapBook(Store store, DayBook days, SituationSettings settings)
{
    /// <summary>More areas than this are asked for inside a smaller region.</summary>
    const int MostAreas = 5_000;

    const int MostPoints = 2_000;

    /// <summary>The map of a region for a reader who may see figures there.</summary>
    /// <param name="caller">Those who may see cases of the region see every number; others see no small ones, and no level below the community.</param>
    /// <param name="region">Which.</param>
    /// <param name="level">The level of the areas; the one below the region unless it is finer than the reader may see, or not finer than the region.</param>
    /// <param name="disease">The one with the most cases unless it is named.</param>
    /// <param name="back">How many days, today counted.</param>
    public BoardMap Of(Caller caller, Region region, PlaceLevel? level, string? disease, int back) => store.Read(session =>
    {
        var (now, sees) = (store.Clock.GetUtcNow(), Board.MaySee(caller, region));
        var outlines = BoundaryBook.Levels(session, region.Code);
        var own = region.Code.Length == 0 ? (PlaceLevel)0 : PlaceCode.LevelOf(region.Code);
        PlaceLevel[] levels = [.. Enum.GetValues<PlaceLevel>().Where(l => l > own && (l == region.Below || l <= PlaceLevel.Community || outlines.Exists(o => o.Level == l))
            && (sees || l <= PlaceLevel.Community) && (int)l <= (int)region.Below + 2)];
        var at = level is { } asked && levels.Contains(asked) ? asked : levels.Contains(region.Below) ? region.Below : levels.LastOrDefault(PlaceLevel.Community);
        var diseases = DayBook.Diseases(session, region);
        var of = disease is not null && diseases.Contains(disease) ? disease : diseases.FirstOrDefault();
        var today = days.Today(now);
        var first = today.AddDays(1 - back);
        var shown = Enumerable.Range(0, back).Select(first.AddDays).ToList();
        var rule = of is null ? null : days.Social(region, of, today);
        var (from, until) = days.DayAround(now);
        var rounds = RoundFlows.UnderWay(session, region);
        var tests = DutyDays.OfRounds(session, region.Code, at, new DutyClock(now, now, from, until), [.. rounds.Select(r => r.Id.Value.ToString("N"))])
            .GroupBy(d => Cut(d.Area, at)).ToDictionary(g => g.Key, g => (Should: g.Sum(d => d.Should), Done: g.Sum(d => d.Done), Late: g.Sum(d => d.Late)), StringComparer.Ordinal);
        var placed = of is null ? [] : days.ByPlace(session, region, of, first, today, sees && at > PlaceLevel.County)
            .Where(c => c.Place.StartsWith(region.Code, StringComparison.Ordinal) && (sees || c.Place.Length <= 12)).ToList();
        var cases = placed.GroupBy(c => Cut(c.Place, at))
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var places = PlaceTree.Below(session, region.Code, at).Take(MostAreas).ToDictionary(p => p.Code, StringComparer.Ordinal);
        var codes = places.Keys.Concat(cases.Keys).Concat(tests.Keys).Where(c => c.Length > region.Code.Length && PlaceCode.LevelOf(c) == at).Distinct().Order(StringComparer.Ordinal).Take(MostAreas).ToList();
        var shapes = BoundaryBook.Boxes(session, region.Code, at);
        (double Lat, double Lon)? Where(string code) => shapes.TryGetValue(code, out var box) ? box
            : places.GetValueOrDefault(code) is { Lat: { } lat, Lon: { } lon } ? (lat, lon) : null;
        var positives = codes.ConvertAll(c => cases.GetValueOrDefault(c)?.Sum(n => n.Cases) ?? 0);
        var social = codes.ConvertAll(c => cases.GetValueOrDefault(c)?.Where(n => Curves.RouteOf(n.Discovery, rule) == RouteKind.Social).Sum(n => n.Cases) ?? 0);
        var (all, among) = sees ? (positives.ConvertAll(n => (long?)n), social.ConvertAll(n => (long?)n))
            : ([.. SmallNumbers.Protect(positives, settings.SmallNumber).Select(n => n.Value)], [.. SmallNumbers.Protect(social, settings.SmallNumber).Select(n => n.Value)]);
        var tiles = TileGrid.Of([.. codes.Select(Where)]);
        var areas = codes.Select((code, i) =>
        {
            var (test, place) = (tests.GetValueOrDefault(code), places.GetValueOrDefault(code));
            List<long>? ByDay(Func<PlaceDay, bool> which) => sees && cases.TryGetValue(code, out var its) ? shown.ConvertAll(d => its.Where(c => c.Day == d && which(c)).Sum(c => c.Cases)) : null;
            return new MapArea(code, place?.Name ?? code, place?.NameEn, Where(code)?.Lat, Where(code)?.Lon, all[i], all[i] is null ? null : among[i], ByDay(_ => true), ByDay(c => Curves.RouteOf(c.Discovery, rule) == RouteKind.Social),
                test.Should, test.Done, test.Late, tiles[i].Column, tiles[i].Row);
        }).ToList();
        return new BoardMap(region, now, at, levels, diseases, of, shown, areas, Points(session, region), shapes.Count, !sees)
        {
            Unplaced = cases.Where(c => !codes.Contains(c.Key)).Sum(c => c.Value.Sum(n => n.Cases)),
        };
    });

    /// <summary>The code as far as a level; a place that stands above it is itself.</summary>
    static string Cut(string code, PlaceLevel level)
    {
        if (level <= PlaceLevel.Community)
            return code[..Math.Min(code.Length, Region.Digits(level))];
        var at = code;
        while (at.Length > 12 && PlaceCode.LevelOf(at) > level)
            at = PlaceCode.ParentOf(at)!;
        return at;
    }

    static List<MapPoint> Points(Session session, Region region) => session.Query<PointRow>("""
        SELECT name, lat, lon, state FROM sampling_point WHERE owner >= @from AND owner < @beyond AND place >= @code AND place < @end AND lat IS NOT NULL AND lon IS NOT NULL
        ORDER BY owner, id LIMIT @most
        """, new { from = region.Owners.From, beyond = region.Owners.Beyond, code = region.Code, end = region.Beyond, most = MostPoints })
        .ConvertAll(p => new MapPoint(p.Name, p.Lat, p.Lon, p.State == 1));

    sealed class PointRow
    {
        public string Name { get; init; } = "";

        public double Lat { get; init; }

        public double Lon { get; init; }

        public int State { get; init; }
    }
}
