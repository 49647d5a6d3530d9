using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.BoardDesk;
using Qipan.Consoles.Drawings;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.MapDesk;

/// <summary>What the map's address says.</summary>
public sealed class MapAsked
{
    public string? Area { get; init; }

    public string? Level { get; init; }

    public string? Disease { get; init; }

    /// <summary>positives (the start), social, coverage or late.</summary>
    public string? Show { get; init; }

    public int? Days { get; init; }
}

/// <summary>The map as a reader may see it.</summary>
public sealed record MapModel(
    BoardMap Map, MapAsked Asked, Territory Territory, IReadOnlyList<(string Code, string Name)> Way, IReadOnlyDictionary<string, string> Outlines)
{
    /// <summary>What the server draws itself; the picture of the browser draws more.</summary>
    const int MostDrawn = 30_000;

    public string Show => Asked.Show is "social" or "coverage" or "late" ? Asked.Show : "positives";

    public static Outcome<MapModel> Load(HttpContext http, Store store, MapBook book, MapAsked asked)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, asked.Area?.ToLowerInvariant());
        if (!chosen.Ok)
            return chosen.Refusal;
        var region = new Region(chosen.Value.Code);
        PlaceLevel? level = Enum.TryParse<PlaceLevel>(asked.Level, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;
        var map = book.Of(http.Caller(), region, level, asked.Disease, Math.Clamp(asked.Days ?? 14, 1, 60));
        return store.Read(s =>
        {
            var shapes = map.Outlines == 0 ? [] : BoundaryBook.Inside(s, region.Code, map.Level);
            return new MapModel(map, asked, chosen.Value, BoardModel.WayTo(s, chosen.Value, RequestLanguage.Of(http)),
                shapes.Sum(p => p.Points) > MostDrawn ? new Dictionary<string, string>() : DrawnShape.Paths(shapes));
        });
    }

    /// <summary>The value of an area under what is shown; null where it is hidden or there is none.</summary>
    public double? Value(MapArea area) => Show switch
    {
        "social" => area.Social,
        "coverage" => area.Should > 0 ? Math.Floor(area.Done * 1000.0 / area.Should) / 10 : null,
        "late" => area.Should > 0 ? area.Late : null,
        _ => area.Positives,
    };

    /// <summary>Where the classes of colour begin: round numbers up to the largest.</summary>
    public IReadOnlyList<double> Breaks => Show == "coverage" ? [0, 20, 40, 60, 80, 95] : Drawings.Breaks.Of(Map.Areas.Max(a => Value(a)) ?? 0);

    /// <summary>0 is nothing, 1 to 6 are classes, -1 is hidden or unknown.</summary>
    public int ClassOf(MapArea area) => Value(area) is not { } value ? -1 : Show != "coverage" && value == 0 ? 0 : 1 + Math.Max(0, Breaks.Count(b => b <= value) - 1);
}

/// <summary>The map 一张图.</summary>
static class MapRoutes
{
    public static void MapMapDesk(this IEndpointRouteBuilder app) => app.MapGet("/map", (HttpContext http, Store store, MapBook book, [AsParameters] MapAsked asked) =>
        Page.Of<MapPage, MapModel>(MapModel.Load(http, store, book, asked), m => new { Model = m })).Needs(Permission.SeeFigures);
}
