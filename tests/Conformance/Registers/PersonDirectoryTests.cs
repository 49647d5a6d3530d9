using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Registers;

[Trait("area", "registers")]
public sealed class PersonDirectoryTests
{
    const string County = "220204";
    const string Home = "220204001001.c03.b11.u1.501";

    static readonly WriteScope Scope = new(Actor.System, County);

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_temporary_person_moves_between_counties_and_is_at_one_place_at_a_time(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
        var added = (await test.Store.Write(Scope, s => Outcome.Of(PersonDirectory.AddTemporary(s, County,
            new NewTemporaryPerson { Descriptors = "male, about 60", Residence = Home, Birth = "1962" })))).Value;
        Assert.Equal((PresentKind.Residence, County, Home), (added.PresentKind, added.PresentOwner, added.PresentPlace));

        var start = clock.GetUtcNow();
        RecordWhereabouts[] moves =
        [
            new(added.Id, PresentKind.InTransit, null, start.AddHours(2), "transfer/1"),
            new(added.Id, PresentKind.CentralIsolation, "220202001001.c01", start.AddHours(3), "transfer/1"),
        ];
        for (var i = 0; i < 2; i++)
            Assert.True((await test.Store.Write(Scope, s => RecordWhereaboutsHandler.Handle(s, [moves[1]]))).Ok);
        var late = await test.Store.Write(Scope, s => RecordWhereaboutsHandler.Handle(s, [moves[0]]));
        Assert.Equal("whereabouts_backwards", late.Refusal!.Code);
        Assert.True((await test.Store.Write(Scope, s => RecordWhereaboutsHandler.Handle(s,
            [new(added.Id, PresentKind.Hospital, null, start.AddHours(5), "care/1"), new(added.Id, PresentKind.Residence, null, start.AddHours(9), "care/1")]))).Ok);

        var (now, stays) = test.Store.Read(s => (PersonDirectory.ByIds(s, [added.Id])[added.Id],
            s.Query<StayRow>("SELECT * FROM person_stay WHERE owner = @County ORDER BY from_at", new { County })));
        Assert.Equal((County, PresentKind.Residence, County, Home), (now.Owner, now.PresentKind, now.PresentOwner, now.PresentPlace));
        Assert.Equal([PresentKind.Residence, PresentKind.CentralIsolation, PresentKind.Hospital, PresentKind.Residence], stays.Select(s => s.Kind));
        Assert.Equal([County, "220202", "220202", County], stays.Select(s => s.PlaceOwner));
        Assert.Equal(stays.Skip(1).Select(s => (DateTimeOffset?)s.FromAt).Append(null), stays.Select(s => s.ToAt));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_unit_with_the_longest_territory_answers_and_a_county_without_units_has_a_command(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
        var (city, street) = (Uuid7.New(clock), Uuid7.New(clock));
        var found = (await test.Store.Write(new WriteScope(Actor.System, County, WriteScope.Deployment), s =>
        {
            s.Insert(UnitRow.Rows, [
                new UnitRow { Owner = "000000", Id = city, Kind = UnitKind.SamplingTeam, Name = "市采样队", Territory = "2202" },
                new UnitRow { Owner = County, Id = street, Kind = UnitKind.SamplingTeam, Name = "德胜采样队", Territory = "220204001" }]);
            return Outcome.Of(UnitDirectory.ResponsibleForAll(s, UnitKind.SamplingTeam, [Home, "220204002001", "220104001001"]));
        })).Value;
        Assert.Equal([city, street, UnitDirectory.DefaultCommandOf("220104").Value],
            [found["220204002001"].Value, found[Home].Value, found["220104001001"].Value]);
        Assert.Equal(found["220104001001"], test.Store.Read(s => UnitDirectory.ResponsibleFor(s, UnitKind.Cdc, "220104001002")));
    }
}
