using Qipan.Cases;
using Qipan.Kernel;
using Xunit;

namespace Qipan.Unit.Cases;

/// <summary>Chains as a table and as figures. The five cases of the filter are those of src/Web/tests/picture.test.ts.</summary>
public sealed class ChainSetTests
{
    static readonly DateOnly First = new(2022, 3, 1);
    static readonly Guid Market = new(7, 0, 0, new byte[8]);

    [Fact]
    public void Cases_are_wanted_by_day_place_cluster_class_and_what_is_open()
    {
        var set = Five();
        Assert.Equal("11111", Wanted(set, new ChainFilter()));
        Assert.Equal("00011", Wanted(set, new ChainFilter { From = new DateOnly(2022, 3, 5), To = new DateOnly(2022, 3, 6) }));
        Assert.Equal("10000", Wanted(set, new ChainFilter { Place = "990103" }));
        Assert.Equal("10000", Wanted(set, new ChainFilter { Cluster = Market }));
        Assert.Equal("00000", Wanted(set, new ChainFilter { Cluster = Guid.Empty }));
        Assert.Equal("01010", Wanted(set, new ChainFilter { Class = CaseClass.Confirmed }));
        Assert.Equal("10001", Wanted(set, new ChainFilter { Open = "sources" }));
        Assert.Equal("01110", Wanted(set, new ChainFilter { Open = "tails" }));
    }

    [Fact]
    public void A_chain_is_a_line_with_its_head_its_depth_and_its_open_ends()
    {
        var lines = ChainLines.Of(Five(), new ChainFilter());
        Assert.Equal(2, lines.Count);
        var line = lines[0];
        Assert.Equal(("c0", 4, 4, 1, 3, 2), (line.Head.No, line.Cases, line.Wanted, line.Heads, line.Depth, line.Largest));
        Assert.Equal((1, 3, First, First.AddDays(7)), (line.MissingSources, line.OpenTails, line.First, line.Last));
        Assert.Equal(("c4", 1, 1), (lines[1].Head.No, lines[1].Cases, lines[1].Depth));
        var some = ChainLines.Of(Five(), new ChainFilter { From = First.AddDays(6) });
        Assert.Equal(("c0", 4, 1), (some.Single().Head.No, some[0].Cases, some[0].Wanted));
    }

    [Fact]
    public void A_circle_has_a_first_case_and_no_depth()
    {
        var set = Set([4, 2, 6], [(0, 1), (1, 2), (2, 0)]);
        var line = ChainLines.Of(set, new ChainFilter()).Single();
        Assert.Equal(("c1", 3, 0, 0), (line.Head.No, line.Cases, line.Heads, line.Depth));
        Assert.Empty(ChainFigures.Of(set).Generations);
    }

    [Fact]
    public void A_link_from_elsewhere_takes_the_head_away_and_is_no_edge()
    {
        var cases = new[] { Case(0, 0), Case(1, 2) };
        var set = new ChainSet(cases, [new ChainLink { FromCase = new Guid(9, 9, 9, new byte[8]), ToCase = cases[0].Id, Confidence = LinkConfidence.Confirmed }], LocalDays.China);
        Assert.False(set.IsHead(0));
        Assert.True(set.FromOutside(0));
        Assert.True(set.IsHead(1));
        Assert.Empty(set.Links);
    }

    [Fact]
    public void A_case_stands_at_its_onset_else_at_its_first_positive_else_at_its_finding()
    {
        var found = new DateTimeOffset(2022, 3, 9, 17, 0, 0, TimeSpan.Zero);
        ChainCase[] cases =
        [
            Case(0, 5), Case(1, 0) with { Onset = null, FirstPositiveAt = found, FoundAt = found.AddDays(3) }, Case(2, 0) with { Onset = null, FoundAt = found.AddDays(1) },
        ];
        var set = new ChainSet(cases, [], LocalDays.China);
        // 17:00 UTC is the next day in China.
        Assert.Equal([(First.AddDays(5), DayBasis.Onset), (new DateOnly(2022, 3, 10), DayBasis.FirstPositive), (new DateOnly(2022, 3, 11), DayBasis.Found)],
            set.Cases.Select(set.DayOf));
    }

    [Fact]
    public void A_place_is_the_street_where_the_case_is_counted_and_the_county_where_it_is_not_there_now()
    {
        Assert.Equal("990102001", (Case(0, 0) with { OnsetRegion = "990102", CurrentRegion = "990102001001.c01" }).Place);
        Assert.Equal("990102", (Case(0, 0) with { OnsetRegion = "990102", CurrentRegion = "990103004" }).Place);
    }

    [Fact]
    public void The_figures_count_what_their_summaries_sum_up()
    {
        var set = Set([0, 3, 7, 4, 5], [(0, 1), (1, 2), (0, 3)]);
        var figures = ChainFigures.Of(set);
        var serial = figures.Delays.Single(d => d.Name == "serial_interval");
        Assert.Equal([(3, 1), (4, 2)], serial.Counts);
        Assert.Equal((3, 11 / 3.0), (serial.Summary.N, serial.Summary.Mean!.Value));
        Assert.All(figures.Delays, d => Assert.Equal(d.Summary.N, d.Counts.Sum(c => c.Many)));
        Assert.Equal([2, 2, 1], figures.Generations);
        Assert.Equal([(1, 1), (4, 1)], figures.Sizes);
        Assert.Equal([3, 1, 1], figures.Offspring.Counts);
    }

    static string Wanted(ChainSet set, ChainFilter filter) =>
        string.Concat(set.Cases.OrderBy(c => c.No, StringComparer.Ordinal).Select(c => filter.Wants(set, c) ? '1' : '0'));

    static ChainSet Five() => Set([0, 3, 7, 4, 5], [(0, 1), (1, 2), (0, 3)]);

    static ChainSet Set(int[] days, (int From, int To)[] links)
    {
        var sources = links.Select(l => l.To).ToHashSet();
        var cases = days.Select((day, i) => Case(i, day) with
        {
            Class = i % 2 == 1 ? CaseClass.Confirmed : CaseClass.Asymptomatic,
            OnsetRegion = i % 5 == 0 ? "990103" : "990102",
            CurrentRegion = i % 5 == 0 ? "990103001" : "990102001",
            Cluster = i % 7 == 0 ? Market : null,
            SourceState = sources.Contains(i) ? SourceState.Named : SourceState.Open,
            ContactsAskedAt = sources.Contains(i) ? null : DateTimeOffset.UnixEpoch,
        }).ToList();
        return new ChainSet(cases, [.. links.Select(l => new ChainLink { FromCase = cases[l.From].Id, ToCase = cases[l.To].Id, Confidence = LinkConfidence.Confirmed })], LocalDays.China);
    }

    static ChainCase Case(int i, int day) => new()
    {
        Owner = "990102",
        Id = new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)i]),
        No = $"c{i}",
        Class = CaseClass.Confirmed,
        Onset = First.AddDays(day),
        FoundAt = new DateTimeOffset(2022, 4, 1, 0, 0, 0, TimeSpan.Zero),
        OnsetRegion = "990102",
        CurrentRegion = "990102",
        ReportRegion = "990102",
    };
}
