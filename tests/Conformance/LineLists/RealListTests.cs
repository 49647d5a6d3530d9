using System.Globalization;
using Qipan.LineLists;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.LineLists;

/// <summary>
/// Real line lists, imported and asked for their chains. The figures are those that the files give when they are counted another way
/// (tests/Unit/Cases/RealChainTests counts the same from the files alone).
/// </summary>
[Trait("area", "lists")]
public sealed class RealListTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task MERS_in_Korea_2015_is_stored_with_162_cases_and_98_links_and_its_chains_are_those_of_the_file(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var dry = await world.Real("mers_korea_2015__linelist.csv", "mers-korea-2015", ListWorld.County, dryRun: true);
        Assert.Equal((162, 162, 0, 0L), ((int)dry.Rows, (int)dry.Accepted, (int)dry.Refused, world.Count("case_record")));
        var cases = await world.Real("mers_korea_2015__linelist.csv", "mers-korea-2015", ListWorld.County);
        var links = await world.Real("mers_korea_2015__contacts.csv", "mers-korea-2015-links");
        Assert.Equal((162, 98, 98, 0), ((int)cases.Accepted, (int)links.Accepted, (int)links.Drawn, (int)links.Waiting));
        var chains = world.Chains("MERS");
        Assert.Equal((162, 98, 67, 94, 67, 0), (chains.Cases, chains.Links, chains.Chains, chains.Largest, chains.Heads, chains.Circles));
        Assert.Equal(98 / 162.0, chains.Offspring.Mean, 10);
        Assert.Equal(0.02421, chains.Offspring.Dispersion!.Value, 5);
        // The file counts the days between the two onsets itself.
        var said = File.ReadLines(Path.Combine(world.Folder, "mers_korea_2015__contacts.csv")).Skip(1)
            .Select(l => double.Parse(l[(l.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture)).Average();
        Assert.Equal((98, said), (chains.SerialInterval.N, chains.SerialInterval.Mean!.Value));
        Assert.Equal(14.46939, said, 5);
        Assert.Equal((19, 1), ((int)Count(world, "outcome = 2"), (int)Count(world, "origin = 2")));
        var again = await world.Real("mers_korea_2015__linelist.csv", "mers-korea-2015", ListWorld.County);
        Assert.Equal((0, 162), ((int)again.Accepted, (int)again.Had));
        Assert.Equal((98, 162L, 162L), ((int)(await world.Real("mers_korea_2015__contacts.csv", "mers-korea-2015-links")).Had, world.Count("case_record"), world.Count("person")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Ebola_is_stored_with_5829_cases_and_2116_of_3800_links_and_the_others_wait(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        // Links first: all of them wait, and are drawn when their cases arrive.
        var early = await world.Real("ebola_sim_clean__contacts.csv", "ebola-sim-links");
        Assert.Equal((3800, 0, 3800), ((int)early.Accepted, (int)early.Drawn, (int)early.Waiting));
        var cases = await world.Real("ebola_sim_clean__linelist.csv", "ebola-sim-clean", ListWorld.County);
        Assert.Equal((5829, 5829, 2116, 1684), ((int)cases.Rows, (int)cases.Accepted, (int)cases.Drawn, (int)cases.Waiting));
        Assert.Equal(197, cases.Notices["dropped_outcome_on"]);
        var chains = world.Chains("EBOLA");
        Assert.Equal((5829, 2116, 3713, 12, 3713), (chains.Cases, chains.Links, chains.Chains, chains.Largest, chains.Heads));
        Assert.Equal((2116, 9.0), (chains.SerialInterval.N, chains.SerialInterval.Median!.Value));
        Assert.Equal(11.060491, chains.SerialInterval.Mean!.Value, 6);
        Assert.Equal(0.9363, chains.Offspring.Dispersion!.Value, 4);
        Assert.Equal((2564, 1963), ((int)Count(world, "outcome = 2"), (int)Count(world, "outcome = 1")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_uncleaned_Ebola_list_is_taken_but_for_the_200_rows_whose_outcome_lies_before_their_onset(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var dry = await world.Real("ebola_sim__linelist.csv", "ebola-sim-dirty", ListWorld.County, dryRun: true);
        var report = await world.Real("ebola_sim__linelist.csv", "ebola-sim-dirty", ListWorld.County);
        Assert.Equal((5888, 5688, 200), ((int)report.Rows, (int)report.Accepted, (int)report.Refused));
        Assert.Equal((100, 100, 56), ((int)report.Reasons["outcome_before_onset"], (int)report.Reasons["death_before_onset"], (int)report.Notices["incubation_zero"]));
        Assert.Equal((dry.Accepted, dry.Refused, dry.FirstRefused), (report.Accepted, report.Refused, report.FirstRefused), new ByItems());
        var beside = File.ReadAllLines(report.RefusedFile!);
        Assert.Equal(201, beside.Length);
        Assert.StartsWith("18,outcome_before_onset,\"date_of_outcome: ", beside[1]);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Measles_in_Hagelloch_1861_is_stored_with_188_cases_and_184_links_from_a_column(StoreKind kind)
    {
        await using var world = await ListWorld.Open(kind);
        var report = await world.Real("measles_hagelloch_1861.csv", "measles-hagelloch-1861", ListWorld.County);
        Assert.Equal((188, 184, 0), ((int)report.Accepted, (int)report.Drawn, (int)report.Waiting));
        var chains = world.Chains("MEASLES");
        Assert.Equal((188, 184, 4, 173, 4), (chains.Cases, chains.Links, chains.Chains, chains.Largest, chains.Heads));
        Assert.Equal(30, chains.Nodes.Max(n => n.Offspring));
        Assert.Equal((184, 10.0), (chains.SerialInterval.N, chains.SerialInterval.Median!.Value));
        Assert.Equal(10.391304, chains.SerialInterval.Mean!.Value, 6);
        Assert.Equal(new DateOnly(1861, 11, 21), world.Case("1").Onset);
        Assert.Equal(12, Count(world, "death_on IS NOT NULL"));
        world.AssertVerified();
    }

    static long Count(ListWorld world, string where) => world.Store.Read(s => s.Scalar<long>($"SELECT count(*) FROM case_record WHERE {where}"));

    sealed class ByItems : IEqualityComparer<(long, long, IReadOnlyList<ListItem>)>
    {
        public bool Equals((long, long, IReadOnlyList<ListItem>) x, (long, long, IReadOnlyList<ListItem>) y) =>
            (x.Item1, x.Item2) == (y.Item1, y.Item2) && x.Item3.SequenceEqual(y.Item3);

        public int GetHashCode((long, long, IReadOnlyList<ListItem>) obj) => obj.Item1.GetHashCode();
    }
}
