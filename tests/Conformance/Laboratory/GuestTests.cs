using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Laboratory;

/// <summary>Somebody who is registered in one county, and is on a round's roster in another: where they work or stay.</summary>
[Trait("area", "laboratory")]
public sealed class GuestTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_15_a_guest_is_covered_in_the_county_that_added_them_and_counts_in_one(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var (early, late) = (await Neighbour(world), await Neighbour(world));
        var office = new Caller(new Actor(ActorKind.Staff, Uuid7.New(world.Clock)), new UnitId(Guid.Empty), LabWorld.County, [new Grant(Role.RoundOfficer, LabWorld.County)]);
        var add = new AddToRoundHandler(world.Store);
        Task<Outcome<RosterAnswer>> Add(params Guid[] persons) => add.Handle(office, world.Round, new AddToRound(LabWorld.County, persons, "works in the market here"));

        Assert.Equal("accepted", (await Add(early)).Value.Items.Single().Verdict);
        Assert.Equal("already_had", (await Add(early)).Value.Items.Single().Verdict);
        var (tube, code) = await world.Tube([early, late]);
        await world.Write(s => s.Execute("UPDATE registration SET person_owner = @Neighbour WHERE tube = @tube", new { LabWorld.Neighbour, tube }));
        var (run, _) = await world.Result((code, null));
        Assert.Equal([(LabWorld.County, DutyState.Done)], Duties(world, early));

        // Whose result came first: it was noted where nobody waited for it, and is found.
        Assert.Empty(Duties(world, late));
        Assert.Equal("accepted", (await Add(late)).Value.Items.Single().Verdict);
        Assert.Equal([(LabWorld.County, DutyState.Done)], Duties(world, late));
        world.AssertVerified();

        // What falls, falls for guests too.
        Assert.True((await new WithdrawResultHandler(world.Change).Handle(world.First, new WithdrawResult(run, tube, 2, "swapped tubes"))).Ok);
        Assert.Equal([(LabWorld.County, DutyState.Open)], Duties(world, early));
        Assert.Equal([(LabWorld.County, DutyState.Open)], Duties(world, late));
        world.AssertVerified();
    }

    static List<(string, DutyState)> Duties(LabWorld world, Guid person) => world.Store.Read(s => s.Query<Line>(
        "SELECT owner, state FROM duty WHERE kind = 1 AND subject_id = @person ORDER BY owner", new { person })).ConvertAll(l => (l.Owner, l.State));

    static async Task<Guid> Neighbour(LabWorld world)
    {
        var id = Uuid7.New(world.Clock);
        await world.Write(s => s.Insert(PersonRow.Rows, [new PersonRow
        {
            Owner = LabWorld.Neighbour,
            Id = id,
            Name = "",
            NameKey = "",
            Birth = "1980-01-01",
            Residence = LabWorld.Neighbour + "001001",
            Confidence = IdentityConfidence.Verified,
            PresentKind = PresentKind.Residence,
            PresentOwner = LabWorld.Neighbour,
            PresentPlace = LabWorld.Neighbour + "001001",
            PresentSince = world.Clock.GetUtcNow(),
            CreatedAt = world.Clock.GetUtcNow(),
            Source = "test",
            Version = 1,
        }]));
        return id;
    }

    sealed class Line
    {
        public string Owner { get; init; } = "";

        public DutyState State { get; init; }
    }
}
