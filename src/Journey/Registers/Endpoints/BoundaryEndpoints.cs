using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Outlines of places as GeoJSON.</summary>
static class BoundaryEndpoints
{
    public static void Map(RouteGroupBuilder registers) => registers.MapGet("/boundaries", Inside).Needs(Permission.SeeFigures);

    /// <summary>A FeatureCollection with code, name and nameEn of each place. Outlines are no secret: every county may draw its neighbours.</summary>
    static IResult Inside(Store store, string? territory, WireWord<PlaceLevel>? level)
    {
        if (territory is { Length: > 0 } && PlaceCode.Parse(territory) is { Ok: false } wrong)
            return Answers.Problem(wrong.Refusal);
        var (shapes, names) = store.Read(s =>
        {
            var of = level?.Value ?? BoundaryBook.Levels(s, territory ?? "").Select(l => l.Level).FirstOrDefault(PlaceLevel.County);
            var inside = BoundaryBook.Inside(s, territory ?? "", of);
            return (inside, PlaceTree.ByCodes(s, inside.ConvertAll(b => b.Code)));
        });
        return Results.Stream(async stream =>
        {
            await using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var shape in shapes)
            {
                json.WriteStartObject();
                json.WriteString("type", "Feature");
                json.WriteStartObject("properties");
                json.WriteString("code", shape.Code);
                json.WriteString("name", names.GetValueOrDefault(shape.Code)?.Name ?? shape.Code);
                json.WriteString("nameEn", names.GetValueOrDefault(shape.Code)?.NameEn);
                json.WriteEndObject();
                json.WritePropertyName("geometry");
                json.WriteRawValue(shape.Shape, skipInputValidation: true);
                json.WriteEndObject();
                if (json.BytesPending > 65_536)
                    await json.FlushAsync();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }, "application/geo+json");
    }
}
