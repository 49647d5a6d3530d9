using System.Text.Json;
using Qipan.Kernel;
using Qipan.Registers;
using Xunit;

namespace Qipan.Unit.Registers;

public sealed class ShapeReaderTests
{
    const string Square = "[[126.5,43.8],[126.6,43.8],[126.6,43.9],[126.5,43.9],[126.5,43.8]]";

    static Outcome<ReadShape> Read(string geometry)
    {
        using var document = JsonDocument.Parse(geometry);
        return ShapeReader.Read(document.RootElement.Clone());
    }

    [Fact]
    public void An_outline_keeps_six_digits_and_knows_the_box_around_it()
    {
        var read = Read("""{"type":"Polygon","coordinates":[[[126.12345678,43.8,205],[126.6,43.8,1],[126.6,43.9,1],[126.12345678,43.8,205]]]}""").Value;
        Assert.Equal("""{"type":"Polygon","coordinates":[[[126.123457,43.8],[126.6,43.8],[126.6,43.9],[126.123457,43.8]]]}""", read.GeoJson);
        Assert.Equal((4, 126.123457, 43.8, 126.6, 43.9), (read.Points, read.MinLon, read.MinLat, read.MaxLon, read.MaxLat));
    }

    [Fact]
    public void Several_parts_and_holes_stay()
    {
        var read = Read($$"""{"type":"MultiPolygon","coordinates":[[{{Square}},{{Square}}],[{{Square}}]]}""").Value;
        Assert.Equal(15, read.Points);
        Assert.StartsWith("""{"type":"MultiPolygon","coordinates":[[[[126.5,43.8]""", read.GeoJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[126.5,43.8]}""", "shape_kind_unknown")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "shape_missing")]
    [InlineData("""{"type":"Polygon"}""", "shape_missing")]
    [InlineData("null", "shape_missing")]
    [InlineData("""{"type":"Polygon","coordinates":[[[126.5,43.8],[126.6,43.8],[126.6,43.9],[126.5,43.9]]]}""", "shape_ring_broken")]
    [InlineData("""{"type":"Polygon","coordinates":[[[126.5,43.8],[126.6,43.8],[126.5,43.8]]]}""", "shape_ring_broken")]
    [InlineData("""{"type":"Polygon","coordinates":[[[126.5,"43.8"],[126.6,43.8],[126.6,43.9],[126.5,43.8]]]}""", "shape_ring_broken")]
    [InlineData("""{"type":"Polygon","coordinates":[[[43.8,126.5],[43.8,126.6],[43.9,126.6],[43.8,126.5]]]}""", "shape_not_degrees")]
    [InlineData("""{"type":"Polygon","coordinates":[[[42573021,4852314],[42574021,4852314],[42574021,4853314],[42573021,4852314]]]}""", "shape_not_degrees")]
    public void What_bounds_nothing_is_refused_with_its_reason(string geometry, string code) => Assert.Equal(code, Read(geometry).Refusal!.Code);
}
