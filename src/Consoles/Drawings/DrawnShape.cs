using System.Globalization;
using System.Text;
using System.Text.Json;
using Qipan.Registers;

namespace Qipan.Consoles.Drawings;

/// <summary>Outlines of places as paths of a drawing: degrees made as wide as they are at the middle of the region. Pure.</summary>
static class DrawnShape
{
    public const int Wide = 1000;

    /// <summary>The height of the drawing that holds them all.</summary>
    public static int High(IReadOnlyCollection<PlaceShape> shapes) => shapes.Count == 0 ? 0 : (int)Math.Ceiling(Frame(shapes).High);

    /// <summary>By code, in a drawing <see cref="Wide"/> wide; the key "" holds its height.</summary>
    public static Dictionary<string, string> Paths(IReadOnlyCollection<PlaceShape> shapes)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        if (shapes.Count == 0)
            return paths;
        var frame = Frame(shapes);
        foreach (var shape in shapes)
        {
            using var json = JsonDocument.Parse(shape.Shape);
            var text = new StringBuilder();
            Draw(json.RootElement.GetProperty("coordinates"), frame, text);
            paths[shape.Code] = text.ToString();
        }
        paths[""] = ((int)Math.Ceiling(frame.High)).ToString(CultureInfo.InvariantCulture);
        return paths;
    }

    static void Draw(JsonElement part, (double West, double North, double Scale, double Narrow, double High) frame, StringBuilder text)
    {
        if (part[0].ValueKind == JsonValueKind.Array && part[0][0].ValueKind == JsonValueKind.Number)
        {
            var first = true;
            var last = "";
            foreach (var position in part.EnumerateArray())
            {
                var at = string.Create(CultureInfo.InvariantCulture,
                    $"{(position[0].GetDouble() - frame.West) * frame.Scale * frame.Narrow:0.#} {(frame.North - position[1].GetDouble()) * frame.Scale:0.#}");
                if (at != last)
                    text.Append(first ? 'M' : 'L').Append(at);
                (first, last) = (false, at);
            }
            text.Append('Z');
            return;
        }
        foreach (var inner in part.EnumerateArray())
            Draw(inner, frame, text);
    }

    static (double West, double North, double Scale, double Narrow, double High) Frame(IReadOnlyCollection<PlaceShape> shapes)
    {
        var (west, east, south, north) = (shapes.Min(s => s.MinLon), shapes.Max(s => s.MaxLon), shapes.Min(s => s.MinLat), shapes.Max(s => s.MaxLat));
        var narrow = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = Wide / Math.Max(1e-9, (east - west) * narrow);
        var high = (north - south) * scale;
        return high <= 1200 ? (west, north, scale, narrow, high) : (west - ((east - west) * ((high / 1200) - 1) / 2), north, scale * 1200 / high, narrow, 1200);
    }
}
