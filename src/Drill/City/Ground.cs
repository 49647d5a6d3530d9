using System.Globalization;
using System.Text;

namespace Qipan.Drill.City;

/// <summary>A cell of the drawing board: west, south, east, north, each between 0 and 1.</summary>
public readonly record struct Cell(double West, double South, double East, double North)
{
    /// <summary>One of so many columns and rows, counted from the south-west, with a share of its width left free on every side.</summary>
    public Cell Part(int column, int columns, int row, int rows, double margin = 0)
    {
        var (width, height) = ((East - West) / columns, (North - South) / rows);
        return new Cell(West + ((column + margin) * width), South + ((row + margin) * height),
            West + ((column + 1 - margin) * width), South + ((row + 1 - margin) * height));
    }
}

/// <summary>
/// Where things stand: a geometry of the drill's own on no real map. Every place is a cell of a board, and the board is bent a little, so that
/// streets curve and a river runs through; neighbours keep one border, because both bend it the same way. Pure.
/// </summary>
public static class Ground
{
    /// <summary>The south-west corner, and how far the board reaches: about 14 by 11 kilometres.</summary>
    const double Longitude = 126.40, Latitude = 43.76, Wide = 0.175, High = 0.100;

    /// <summary>A point of the board on the ground, in degrees.</summary>
    public static (double Longitude, double Latitude) At(double across, double up)
    {
        var bent = across + (0.035 * Math.Sin((up * 5.1) + 0.6)) + (0.012 * Math.Sin((up * 13.7) + (across * 3)));
        var risen = up + (0.030 * Math.Sin((across * 4.3) + 1.1)) + (0.010 * Math.Sin((across * 11.9) - (up * 2)));
        return (Longitude + (bent * Wide), Latitude + (risen * High));
    }

    public static (double Longitude, double Latitude) Middle(Cell cell) => At((cell.West + cell.East) / 2, (cell.South + cell.North) / 2);

    /// <summary>The cells of districts: two columns with a river between them, as many rows as are needed.</summary>
    public static Cell District(int index, int districts)
    {
        var rows = (districts + 1) / 2;
        var row = index / 2;
        return index % 2 == 0 ? new Cell(0.52, row / (double)rows, 1, (row + 1.0) / rows) : new Cell(0, row / (double)rows, 0.48, (row + 1.0) / rows);
    }

    /// <summary>The ring of a cell, counter-clockwise and closed (RFC 7946), with so many points on each side.</summary>
    public static List<(double Longitude, double Latitude)> Ring(Cell cell, int perSide)
    {
        var ring = new List<(double, double)>((perSide * 4) + 1);
        for (var side = 0; side < 4; side++)
            for (var i = 0; i < perSide; i++)
            {
                var t = i / (double)perSide;
                var (across, up) = side switch
                {
                    0 => (cell.West + (t * (cell.East - cell.West)), cell.South),
                    1 => (cell.East, cell.South + (t * (cell.North - cell.South))),
                    2 => (cell.East - (t * (cell.East - cell.West)), cell.North),
                    _ => (cell.West, cell.North - (t * (cell.North - cell.South))),
                };
                ring.Add(At(across, up));
            }
        ring.Add(ring[0]);
        return ring;
    }

    /// <summary>The places that have a shape, as a FeatureCollection of polygons whose property <c>code</c> is the place's.</summary>
    /// <param name="places">Any.</param>
    /// <param name="longestCode">Places with longer codes are left out: 12 to the community, 20 with buildings.</param>
    public static string GeoJson(IEnumerable<CityPlace> places, int longestCode = 20)
    {
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[""");
        var any = false;
        foreach (var place in places.Where(p => p.Cell is not null && p.Code.Length <= longestCode))
        {
            json.Append(any ? ",\n" : "\n").Append(CultureInfo.InvariantCulture,
                $$$"""{"type":"Feature","properties":{"code":"{{{place.Code}}}","name":"{{{place.Name}}}","name_en":"{{{place.EnglishName}}}"},"geometry":{"type":"Polygon","coordinates":[[""");
            json.AppendJoin(',', Ring(place.Cell!.Value, PerSide(place.Code.Length))
                .Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.Longitude:F6},{p.Latitude:F6}]")));
            json.Append("]]}}");
            any = true;
        }
        return json.Append("\n]}\n").ToString();
    }

    /// <summary>Long borders are drawn with more points, so that those of a district and of its communities fall together.</summary>
    static int PerSide(int codeLength) => codeLength switch { <= 6 => 60, <= 9 => 20, <= 12 => 12, <= 16 => 3, _ => 1 };
}
