using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;
using static Qipan.Conformance.Sampling.RoundFixture;

namespace Qipan.Conformance.Sampling;

[Trait("area", "sampling")]
public sealed class RosterTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_roster_is_opened_to_its_end_after_a_kill_between_and_within_steps_and_nobody_stands_on_it_twice(StoreKind kind)
    {
        const int Many = (2 * RosterSteps.AtOnce) + 1_000;
        var clock = new FakeClock(Start);
        await using var test = await TestStores.Open(kind, clock, Field.Schemas);
        await Seed(test.Store, [.. Enumerable.Range(1, Many).Select(n => Person(n, n % 10 == 1 ? "220204002001" : Second + ".c01.b" + (n % 7)))]);
        var round = await Plan(test.Store, "220204001");
        Assert.True((await new PublishRoundHandler(test.Store).Handle(Field.Boss, round, new PublishRound(Field.County))).Ok);

        Assert.Equal(1, await Rosters(test.Store).Once(most: 1, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<IOException>(() => test.Store.Write<Done>(new WriteScope(Field.Boss.Actor, Field.County), s =>
        {
            Assert.True(RosterSteps.Step(s, Field.County, 1).Ok);
            throw new IOException("killed before the commit");
        }));
        await test.Store.DisposeAsync();
        await using var again = await Stores.Open(test.Settings, clock, Field.Schemas);
        Assert.Equal(9_000, Open(again, round));
        Assert.Equal(2, await Rosters(again).Once(stop: TestContext.Current.CancellationToken));

        Assert.Equal(Many - (Many / 10), Open(again, round));
        Assert.Equal(Many - (Many / 10), again.Read(s => s.Scalar<long>("SELECT sum(open) FROM duty_count WHERE owner = @County AND kind = 1", new { Field.County })));
        Assert.Equal(0, await Rosters(again).Once(stop: TestContext.Current.CancellationToken));
        Assert.Equal("state_forbids", (await new PublishRoundHandler(again).Handle(Field.Boss, round, new PublishRound(Field.County))).Refusal!.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Who_is_registered_while_a_roster_is_being_opened_is_not_on_it(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        await Seed(field.Store, Person(1), Person(2));
        var round = await Plan(field.Store, First);
        Assert.True((await new PublishRoundHandler(field.Store).Handle(Field.Boss, round, new PublishRound(Field.County))).Ok);
        await Seed(field.Store, new PersonRow
        {
            Owner = Field.County,
            Id = Id(3),
            Name = "",
            NameKey = "",
            Residence = First,
            PresentOwner = Field.County,
            PresentPlace = First,
            PresentSince = Start,
            PresentKind = PresentKind.Residence,
            CreatedAt = field.Clock.GetUtcNow().AddMilliseconds(1),
            Source = "intake",
        });
        await Rosters(field.Store).Once(stop: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], Roster(field.Store, round).Keys);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_roster_holds_who_lives_there_and_is_there_by_age_and_unit_and_exempts_by_rule_with_a_reason(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var unit = Id(9_000);
        string?[] births = ["2021", "2019-03-22", "2019-03-21", "2004-03-22", "2004-03-21", "1962-03-22", "1962", "1942-03-21", null, "2022-09-09"];
        await Seed(field.Store, [.. births.Select((b, i) => Person(i + 1, birth: b)),
            Person(20, present: PresentKind.Deceased), Person(21, present: PresentKind.LeftRegion), Person(22, merged: Id(1)), Person(23, Second),
            Person(24, "220204001001.b1"), Person(25, groups: (long)SpecialGroups.Dialysis), Person(26, present: PresentKind.Hospital)]);
        await field.Store.Write(new WriteScope(Actor.System, Field.County), s => Outcome.Of(s.Insert(UnitRow.Rows,
            [new UnitRow { Owner = Field.County, Id = unit, Kind = UnitKind.Community, Name = "社区", Territory = First }])));
        var round = await Plan(field.Store, First);
        var exempt = new ExemptByRuleHandler(field.Store);
        Assert.Equal("exemption_too_wide", (await exempt.Handle(Field.Boss, round, new ExemptByRule(Field.County, "all", First))).Refusal!.Code);
        Assert.Equal("reason_missing", (await exempt.Handle(Field.Boss, round, new ExemptByRule(Field.County, " ", UnderAge: 3))).Refusal!.Code);
        Assert.True((await exempt.Handle(Field.Boss, round, new ExemptByRule(Field.County, "tested with the mother", UnderAge: 3))).Ok);
        await Publish(field.Store, round);
        Assert.True((await exempt.Handle(Field.Boss, round, new ExemptByRule(Field.County, "tested in hospital", Groups: (long)SpecialGroups.Dialysis))).Ok);
        await Rosters(field.Store).Once(stop: TestContext.Current.CancellationToken);

        var roster = Roster(field.Store, round);
        Assert.Equal([.. Enumerable.Range(1, 10), 24, 25, 26], roster.Keys);
        Assert.Equal([1, 2], roster.Where(r => r.Value == "waived tested with the mother").Select(r => r.Key));
        Assert.Equal("waived tested in hospital", roster[25]);
        var rows = field.Store.Read(s => s.Query<Banded>("""
            SELECT d.age_band, d.owner_unit, d.due_at, d.ended_by, p.birth FROM duty d JOIN person p ON p.id = d.subject_id WHERE d.kind = 1
            """));
        Assert.All(rows, r => Assert.Equal((AgeBands.Of(r.Birth, new DateOnly(2022, 3, 21)), unit, Start.AddDays(1)), (r.AgeBand, r.OwnerUnit, r.DueAt)));
        Assert.Equal(6, rows.Select(r => r.AgeBand).Distinct().Count());
        Assert.All(rows.Where(r => r.EndedBy is not null), r => Assert.Equal(Field.Boss.Actor.ToString(), r.EndedBy));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_cancelled_round_withdraws_all_its_duties_and_opens_no_more(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        await Seed(field.Store, Person(1), Person(2), Person(3));
        var (round, other) = (await Published(field.Store, First), await Published(field.Store, First));
        await Result(field.Store, await Sample(field, round, 1));
        Assert.Equal("reason_missing", (await new CancelRoundHandler(field.Store).Handle(Field.Boss, round, new CancelRound(Field.County, ""))).Refusal!.Code);
        Assert.True((await new CancelRoundHandler(field.Store).Handle(Field.Boss, round, new CancelRound(Field.County, "storm"))).Ok);
        await Rosters(field.Store).Once(stop: TestContext.Current.CancellationToken);
        Assert.All(Roster(field.Store, round).Values, s => Assert.Equal("withdrawn storm", s));
        Assert.All(Roster(field.Store, other).Values, s => Assert.Equal("open", s));
        await Seed(field.Store, Person(4));
        Assert.Equal("round_not_open", (await new AddToRoundHandler(field.Store).Handle(Field.Boss, round, new AddToRound(Field.County, [Id(4)], "new"))).Refusal!.Code);
        Assert.Equal((0, null), (Board(field, round).Total.Should, Board(field, round).Total.Coverage));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Persons_are_added_and_exempted_by_name_item_by_item_with_a_reason(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        await Seed(field.Store, Person(1), Person(2), Person(3));
        var round = await Published(field.Store, First);
        await Seed(field.Store, Person(4), Person(5, present: PresentKind.LeftRegion), Person(6, merged: Id(4)));
        await Result(field.Store, await Sample(field, round, 3));

        var added = (await new AddToRoundHandler(field.Store).Handle(Field.Boss, round,
            new AddToRound(Field.County, [Id(4), Id(1), Id(5), Id(6), Id(7)], "arrived today"))).Value;
        Assert.Equal(["accepted", "already_had", "person_not_here", "accepted", "person_unknown"], added.Items.Select(i => i.Code ?? i.Verdict));
        var exempted = (await new ExemptPersonsHandler(field.Store).Handle(Field.Boss, round, new ExemptPersons(Field.County, [Id(1), Id(3), Id(9)], "bedridden"))).Value;
        Assert.Equal(["accepted", "state_forbids", "duty_unknown"], exempted.Items.Select(i => i.Code ?? i.Verdict));
        Assert.Equal(["waived bedridden", "open", "done", "open"], Roster(field.Store, round).Values);
        var device = await new ExemptPersonsHandler(field.Store).Handle(Field.Boss with { Actor = field.Device.Actor }, round, new ExemptPersons(Field.County, [Id(2)], "x"));
        Assert.Equal("name_missing", device.Refusal!.Code);
        var elsewhere = Field.Boss with { Grants = [new Qipan.Http.Grant(Qipan.Http.Role.RoundOfficer, Second)] };
        Assert.Equal("not_allowed", (await new ExemptPersonsHandler(field.Store).Handle(elsewhere, round, new ExemptPersons(Field.County, [Id(2)], "x"))).Refusal!.Code);
    }

    static long Open(Store store, Guid round) => store.Read(s => s.Scalar<long>(
        "SELECT count(*) FROM duty WHERE owner = @County AND kind = 1 AND basis_id = @basis AND state = 0", new { Field.County, basis = round.ToString("N") }));

    public sealed class Banded
    {
        public AgeBand AgeBand { get; init; }

        public Guid OwnerUnit { get; init; }

        public DateTimeOffset DueAt { get; init; }

        public string? EndedBy { get; init; }

        public string? Birth { get; init; }
    }
}
