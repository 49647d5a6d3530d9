using System.Globalization;
using System.Text;
using System.Text.Json;
using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>An outline that was read: its geometry as GeoJSON with six digits (a tenth of a metre), and the box around it.</summary>
sealed record ReadShape(string GeoJson, int Points, double MinLon, double MinLat, double MaxLon, double MaxLat);

/// <summary>
/// Reads and checks a geometry of GeoJSON (RFC 7946): Polygon or MultiPolygon, rings closed and of four positions at least, longitude and
/// latitude in degrees. Heights are dropped, and positions that fall together once they are rounded. Pure.
/// </summary>
static class ShapeReader
{
    /// <summary>More positions than a map of a place needs; a coast in full detail is simplified before it is imported.</summary>
    public const int MostPoints = 200_000;

    public static Outcome<ReadShape> Read(JsonElement geometry)
    {
        if (geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("type", out var type)
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
            return new ShapeMissing();
        var pen = new Pen();
        bool read;
        switch (type.GetString())
        {
            case "Polygon":
                pen.Text.Append("""{"type":"Polygon","coordinates":""");
                read = pen.Polygon(coordinates);
                break;
            case "MultiPolygon":
                pen.Text.Append("""{"type":"MultiPolygon","coordinates":""");
                read = pen.List(coordinates, pen.Polygon);
                break;
            default:
                return new ShapeKindUnknown();
        }
        return read ? new ReadShape(pen.Text.Append('}').ToString(), pen.Points, pen.MinLon, pen.MinLat, pen.MaxLon, pen.MaxLat) : pen.Why!;
    }

    sealed class Pen
    {
        public StringBuilder Text { get; } = new();

        public int Points { get; private set; }

        public double MinLon { get; private set; } = double.MaxValue;

        public double MinLat { get; private set; } = double.MaxValue;

        public double MaxLon { get; private set; } = double.MinValue;

        public double MaxLat { get; private set; } = double.MinValue;

        public Refusal? Why { get; private set; }

        public bool Polygon(JsonElement rings) => List(rings, Ring);

        public bool List(JsonElement items, Func<JsonElement, bool> one)
        {
            if (items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0)
                return No(new ShapeMissing());
            Text.Append('[');
            var first = true;
            foreach (var item in items.EnumerateArray())
            {
                if (!first)
                    Text.Append(',');
                first = false;
                if (!one(item))
                    return false;
            }
            Text.Append(']');
            return true;
        }

        bool Ring(JsonElement positions)
        {
            if (positions.ValueKind != JsonValueKind.Array || positions.GetArrayLength() < 4)
                return No(new ShapeRingBroken());
            var ring = new List<(double Lon, double Lat)>(positions.GetArrayLength());
            foreach (var position in positions.EnumerateArray())
            {
                if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2
                    || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number)
                    return No(new ShapeRingBroken());
                var (lon, lat) = (Math.Round(position[0].GetDouble(), 6), Math.Round(position[1].GetDouble(), 6));
                if (!(Math.Abs(lon) <= 180 && Math.Abs(lat) <= 90))
                    return No(new ShapeNotDegrees());
                if (ring.Count == 0 || ring[^1] != (lon, lat))
                    ring.Add((lon, lat));
            }
            if (ring.Count < 4 || ring[0] != ring[^1])
                return No(new ShapeRingBroken());
            Points += ring.Count;
            if (Points > MostPoints)
                return No(new ShapeTooFine());
            Text.Append('[');
            for (var i = 0; i < ring.Count; i++)
            {
                var (lon, lat) = ring[i];
                Text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}[{lon},{lat}]");
                (MinLon, MaxLon) = (Math.Min(MinLon, lon), Math.Max(MaxLon, lon));
                (MinLat, MaxLat) = (Math.Min(MinLat, lat), Math.Max(MaxLat, lat));
            }
            Text.Append(']');
            return true;
        }

        bool No(Refusal why)
        {
            Why = why;
            return false;
        }
    }
}

/// <summary>A feature without a geometry.</summary>
public sealed record ShapeMissing() : FieldRefusal("geometry", "shape_missing", RefusalKind.Invalid,
    "This feature has no geometry with coordinates.", "该要素没有含坐标的几何图形。");

/// <summary>A geometry that bounds nothing.</summary>
public sealed record ShapeKindUnknown() : FieldRefusal("geometry", "shape_kind_unknown", RefusalKind.Invalid,
    "A boundary is a Polygon or a MultiPolygon. Points and lines bound nothing.", "边界须为Polygon或MultiPolygon，点和线不能作为边界。");

/// <summary>A ring that is none.</summary>
public sealed record ShapeRingBroken() : FieldRefusal("geometry", "shape_ring_broken", RefusalKind.Invalid,
    "A ring needs at least four positions, each with longitude and latitude, and its last position must be its first.", "环至少需要四个含经纬度的坐标点，且首尾相同。");

/// <summary>Coordinates of a projection, or latitude before longitude.</summary>
public sealed record ShapeNotDegrees() : FieldRefusal("geometry", "shape_not_degrees", RefusalKind.Invalid,
    "The coordinates are not longitude and latitude in degrees. Convert the file to WGS 84 (EPSG:4326), longitude first.", "坐标不是以度为单位的经纬度，请转换为WGS 84（EPSG:4326），经度在前。");

/// <summary>More detail than a map draws.</summary>
public sealed record ShapeTooFine() : FieldRefusal("geometry", "shape_too_fine", RefusalKind.TooLarge,
    "This boundary has more than 200,000 positions. Simplify it and send it again.", "该边界坐标点超过20万个，请简化后重新导入。");
