using Microsoft.Extensions.Logging.Abstractions;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Merging;

/// <summary>Whoever is found twice is somebody's to decide, until it is decided or a merge has made the two one.</summary>
[Trait("area", "duties")]
public sealed class PairDutyTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_likely_pair_is_a_duty_until_somebody_decides(StoreKind kind)
    {
        await using var town = await Town.Open(kind);
        var (spelled, heard) = (await town.Add("章珊", "1985-01-02", phone: "19000000001"), await town.Add("张珊", "1985-01-02", phone: "19000000001"));
        await town.Add("李雷", "1970-01-01");
        await town.Find.Handle(new FindDuplicates(Town.County), Actor.System);
        Assert.True(Assert.Single(town.Pairs()).Score >= Town.Duties.DecidePairsFrom);
        await Hear(town);
        await Hear(town);
        var duty = Assert.Single(Duties(town));
        Assert.Equal((DutyState.Open, "duplicate_pair"), (duty.State, duty.BasisKind));
        Assert.Equal(Town.Duties.DecidePairsWithin, duty.DueAt - town.Pairs()[0].FoundAt);

        // Named the other way round than it was found.
        Assert.True((await town.Decide.Handle(new DecideDuplicate(heard, spelled, false, "two women"), town.Officer)).Ok);
        await Hear(town);
        Assert.Equal(DutyState.Done, Assert.Single(Duties(town)).State);
        Assert.Empty(Differences(town));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_merge_ends_the_duties_of_its_pairs_and_its_undoing_opens_them_again(StoreKind kind)
    {
        await using var town = await Town.Open(kind);
        var (a, b, c) = (await town.Add("章珊", "1985-01-02", phone: "19000000001"), await town.Add("张珊", "1985-01-02", phone: "19000000001"), await town.Add("章姗", "1985-01-02", phone: "19000000001"));
        await town.Find.Handle(new FindDuplicates(Town.County), Actor.System);
        await Hear(town);
        Assert.Equal(3, Duties(town).Count(d => d.State == DutyState.Open));

        // a = b and a = c: that b = c needs nobody any more.
        Assert.True((await town.Decide.Handle(new DecideDuplicate(a, b, true, "one woman"), town.Officer)).Ok);
        Assert.True((await town.Decide.Handle(new DecideDuplicate(a, c, true, "one woman"), town.Officer)).Ok);
        Assert.All(Duties(town), d => Assert.Equal(DutyState.Done, d.State));
        Assert.All(Duties(town), d => Assert.NotNull(town.Store.Read(s => new RegistersTrail().Explain(s, new Ref(d.EvidenceKind!, d.EvidenceId!)))));
        await Hear(town);
        Assert.Empty(Differences(town));

        // Apart again: of b and c nobody has ever said anything.
        Assert.True((await town.Unmerge.Handle(new UnmergePerson(c, "another woman"), town.Officer)).Ok);
        await Hear(town);
        var open = Assert.Single(Duties(town), d => d.State == DutyState.Open);
        Assert.Equal($"{b:N}.{c:N}", open.BasisId);
        Assert.Empty(Differences(town));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task An_unlikely_pair_waits_in_the_list_alone(StoreKind kind)
    {
        await using var town = await Town.Open(kind);
        await town.Add("王芳", "1990-05-06", "990102001001.c02");
        await town.Add("王芳", "1990-05-06", "990102001001.c03");
        await town.Find.Handle(new FindDuplicates(Town.County, 0.3), Actor.System);
        Assert.InRange(Assert.Single(town.Pairs()).Score, 0.3, Town.Duties.DecidePairsFrom - 0.01);
        await Hear(town);
        Assert.Empty(Duties(town));
    }

    static Task<int> Hear(Town town) =>
        new OutboxDispatcher(town.Store, [new HearPairsParked(Town.Duties), new HearPairDecided()], NullLogger<OutboxDispatcher>.Instance).DispatchOnce();

    static List<DutyLine> Duties(Town town) => town.Store.Read(s => s.Query<DutyLine>("SELECT * FROM duty WHERE kind = 10 ORDER BY basis_id"));

    static List<string> Differences(Town town) => town.Store.Read(s => new VerifyLedger([new PairDecisions(), new MergeEvidence()]).Verify(s, new Tally())
        .Concat(new VerifyRegisters().Verify(s, new Tally())).Select(d => d.ToString()!).ToList());
}
