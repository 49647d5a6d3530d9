namespace Qipan.Situation;

/// <summary>
/// A map without outlines: one tile for each area, about where it lies 瓦片图. Rows are filled from north to south with as many areas as make the whole
/// about as wide as the region is, each row from west to east; areas whose place nobody knows come last, in their order. Pure.
/// </summary>
public static class TileGrid
{
    /// <summary>Where each stands, in the order given. No two stand on one tile.</summary>
    public static IReadOnlyList<(int Column, int Row)> Of(IReadOnlyList<(double Lat, double Lon)?> places)
    {
        var tiles = new (int, int)[places.Count];
        var known = Enumerable.Range(0, places.Count).Where(i => places[i] is not null).OrderByDescending(i => places[i]!.Value.Lat).ThenBy(i => places[i]!.Value.Lon).ToList();
        var columns = Columns(known.ConvertAll(i => places[i]!.Value), places.Count);
        var row = 0;
        foreach (var line in known.Chunk(columns))
        {
            // The last line may be short: it stands below those areas that it lies below.
            var shift = line.Length == columns || known.Count == 0 ? 0
                : (int)Math.Round(Share(known.ConvertAll(i => places[i]!.Value.Lon), line.Average(i => places[i]!.Value.Lon)) * (columns - line.Length));
            foreach (var (i, at) in line.OrderBy(i => places[i]!.Value.Lon).ThenBy(i => i).Select((i, at) => (i, at)))
                tiles[i] = (at + shift, row);
            row++;
        }
        foreach (var line in Enumerable.Range(0, places.Count).Where(i => places[i] is null).Chunk(columns))
        {
            for (var at = 0; at < line.Length; at++)
                tiles[line[at]] = (at, row);
            row++;
        }
        return tiles;
    }

    /// <summary>As many as make the tiles lie as wide to high as the region does; a square where that is not known.</summary>
    static int Columns(List<(double Lat, double Lon)> known, int count)
    {
        if (count == 0)
            return 1;
        var ratio = 1.3;
        if (known.Count > 1)
        {
            var (high, middle) = (known.Max(p => p.Lat) - known.Min(p => p.Lat), known.Average(p => p.Lat));
            var wide = (known.Max(p => p.Lon) - known.Min(p => p.Lon)) * Math.Cos(middle * Math.PI / 180);
            ratio = high > 0 && wide > 0 ? Math.Clamp(wide / high, 0.6, 2.5) : 1.3;
        }
        return Math.Clamp((int)Math.Round(Math.Sqrt(count * ratio)), 1, count);
    }

    static double Share(List<double> all, double one)
    {
        var (least, most) = (all.Min(), all.Max());
        return most > least ? Math.Clamp((one - least) / (most - least), 0, 1) : 0.5;
    }
}
