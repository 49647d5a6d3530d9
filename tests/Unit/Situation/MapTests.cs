using FsCheck;
using FsCheck.Fluent;
using Qipan.Consoles.Drawings;
using Qipan.Situation;
using Xunit;

namespace Qipan.Unit.Situation;

public sealed class MapTests
{
    [Fact]
    public void Tiles_lie_as_the_places_do()
    {
        // Four corners and a middle: north is up, west is left.
        var tiles = TileGrid.Of([(44, 125), (44, 127), (43, 125), (43, 127)]);
        Assert.Equal([(0, 0), (1, 0), (0, 1), (1, 1)], tiles);
    }

    [Fact]
    public void Places_that_nobody_can_find_stand_last() =>
        Assert.Equal((0, 1), TileGrid.Of([null, (44, 125), (44, 127)])[0]);

    [Fact]
    public void No_two_areas_share_a_tile() => Prop.ForAll<(byte Lat, byte Lon, bool Known)[]>(places =>
    {
        var tiles = TileGrid.Of([.. places.Select(p => p.Known ? ((double, double)?)(30 + (p.Lat / 16.0), 110 + (p.Lon / 8.0)) : null)]);
        return tiles.Distinct().Count() == places.Length && tiles.All(t => t.Column >= 0 && t.Row >= 0);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, "1")]
    [InlineData(3, "1 2 3")]
    [InlineData(40, "1 2 5 10 20")]
    [InlineData(3000, "1 5 10 50 200 1000")]
    public void Classes_of_colour_begin_at_round_numbers(double most, string breaks) => Assert.Equal(breaks, string.Join(' ', Breaks.Of(most)));

    [Fact]
    public void Classes_of_colour_rise_and_the_largest_lies_in_the_last() => Prop.ForAll<uint>(most =>
    {
        var breaks = Breaks.Of(most % 2_000_000);
        return breaks.Count is >= 1 and <= 6 && breaks.Zip(breaks.Skip(1)).All(b => b.First < b.Second) && (breaks[^1] <= Math.Max(1, most % 2_000_000));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_delay_has_the_first_value_that_the_share_does_not_exceed()
    {
        var delay = new DelayCurve("waiting", [(0, 5), (2, 4), (9, 1)]);
        Assert.Equal((10L, 0.0, 2.0, 9), (delay.Of, delay.Median!.Value, delay.P90!.Value, delay.Quantile(1)!.Value));
        Assert.Null(new DelayCurve("waiting", []).Median);
    }
}
