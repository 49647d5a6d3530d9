using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Reads outlines of places.</summary>
public static class BoundaryBook
{
    /// <summary>The most outlines that one map holds; a level that has more is asked for inside a smaller place.</summary>
    public const int Most = 20_000;

    /// <summary>The outlines of one level inside a place, by code; the place's own where the level is its own.</summary>
    public static List<PlaceShape> Inside(Session session, string territory, PlaceLevel level) => session.Query<PlaceShape>("""
        SELECT code, shape, points, min_lon, min_lat, max_lon, max_lat, at, actor FROM place_shape
        WHERE level = @level AND code >= @territory AND code < @end ORDER BY code LIMIT @most
        """, new { level = (short)level, territory, end = PlaceTree.EndOf(territory), most = Most });

    /// <summary>The middle of each outline's box, latitude first, by code.</summary>
    public static Dictionary<string, (double Lat, double Lon)> Boxes(Session session, string territory, PlaceLevel level) => session.Query<Box>("""
        SELECT code, (min_lat + max_lat) / 2 AS lat, (min_lon + max_lon) / 2 AS lon FROM place_shape
        WHERE level = @level AND code >= @territory AND code < @end ORDER BY code LIMIT @most
        """, new { level = (short)level, territory, end = PlaceTree.EndOf(territory), most = Most }).ToDictionary(b => b.Code, b => (b.Lat, b.Lon), StringComparer.Ordinal);

    /// <summary>How many outlines each level has inside a place, the highest level first.</summary>
    public static List<(PlaceLevel Level, long Count)> Levels(Session session, string territory) =>
        [.. session.Query<Counted>("""
            SELECT level, count(*) AS n FROM place_shape WHERE level >= 1 AND code >= @territory AND code < @end GROUP BY level ORDER BY level
            """, new { territory, end = PlaceTree.EndOf(territory) }).Select(c => (c.Level, c.N))];

    sealed class Box
    {
        public string Code { get; init; } = "";

        public double Lat { get; init; }

        public double Lon { get; init; }
    }

    sealed class Counted
    {
        public PlaceLevel Level { get; init; }

        public long N { get; init; }
    }
}
