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

[Trait("area", "laboratory")]
public sealed class AlertTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_07_members_are_found_where_they_are_now_and_held_by_the_county_that_owns_that_place(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var home = await world.Persons(1);
        var hospital = await world.Persons(1, PresentKind.Hospital, "220202001001.h1");
        var away = await world.Persons(1, PresentKind.Elsewhere, "220283001001");
        var left = await world.Persons(1, PresentKind.LeftRegion);
        var dead = await world.Persons(1, PresentKind.Deceased);
        Guid[] all = [.. home, .. hospital, .. away, .. left, .. dead];
        var tube = await world.Tube(all);
        var (_, alerts) = await world.Result((tube.Code, 25));
        var holds = world.Store.Read(s => s.Query<(string Owner, string Area)>("SELECT owner, area FROM duty WHERE kind = 7 AND state = 0 ORDER BY owner, area"));
        Assert.Equal([("220202", "220202001001.h1"), ("220204", LabWorld.Community), ("220204", LabWorld.Community), ("220283", "220283001001")], holds);
        var found = world.Alert(alerts[0]);
        Assert.Equal(MemberOutcome.Dead, found.Members.Single(m => m.Person == dead[0]).Outcome);
        Assert.Equal(0, world.OpenDuties(DutyKind.HoldMember, dead));
        Assert.Equal("alert_members_unhandled", (await Close(world, alerts[0])).Refusal!.Code);
        // The neighbour's own staff records its hold, and nobody else's.
        var neighbour = world.Team with { Grants = [new Grant(Role.Investigator, LabWorld.Neighbour)] };
        var hold = new RecordHoldHandler(world.Store, world.Work);
        Assert.True((await hold.Handle(neighbour, new RecordHold(alerts[0], hospital[0]))).Ok);
        Assert.Equal("not_allowed", (await hold.Handle(neighbour, new RecordHold(alerts[0], home[0]))).Refusal!.Code);
        var gone = await new RecordGoneHandler(world.Store, world.Work).Handle(world.Team, new RecordGone(alerts[0], left[0], MemberOutcome.Left, "told the CDC of 230100"));
        Assert.True(gone.Ok);
        Assert.Equal(0, world.OpenDuties(DutyKind.DecideMember, left));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_positive_tube_of_no_round_as_of_a_contacts_test_day_raises_an_alert_like_any_other(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var contact = await world.Persons(1);
        var own = await world.Tube(contact, TubeKind.Single, ofNoRound: true);
        var alert = Assert.Single((await world.Result((own.Code, 25))).Alerts);
        Assert.Equal((null, "COVID-19"), (world.Alert(alert).Alert.Round, world.Alert(alert).Alert.Disease));
        Assert.Equal((1, 1), (world.OpenDuties(DutyKind.HoldMember, contact), world.OpenDuties(DutyKind.DecideMember, contact)));
        Assert.True((await Confirm(world, alert, contact[0])).Ok);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_whole_way_from_the_alert_to_its_end_with_a_clock_on_every_arrow(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var pool = await world.Tube(persons);
        var alert = (await world.Result((pool.Code, 25))).Alerts[0];
        var raised = world.Alert(alert).Alert;
        Assert.Equal((10, 60, 120, 480), (Minutes(raised.AckDue, raised), Minutes(raised.HoldDue, raised), Minutes(raised.ResampleDue, raised), Minutes(raised.DecideDue, raised)));
        Assert.Equal("CN-COVID-8@1", raised.Protocol);
        await Hold(world, alert, persons[..1]);
        Assert.Equal(AlertState.Raised, world.Alert(alert).Alert.State);
        await new AcknowledgeAlertHandler(world.Store, world.Work).Handle(world.Team, new AcknowledgeAlert(alert));
        await Hold(world, alert, persons[1..]);
        Assert.Equal(AlertState.MembersHeld, world.Alert(alert).Alert.State);
        Assert.Equal("no_own_positive_result", (await Confirm(world, alert, persons[0])).Refusal!.Code);

        world.Clock.Advance(TimeSpan.FromHours(1));
        var own = await Singles(world, persons);
        Assert.Equal(0, world.OpenDuties(DutyKind.ResampleMember, persons));
        Assert.Equal(AlertState.Resampled, world.Alert(alert).Alert.State);
        var (_, more) = await world.Result((own[0].Code, 24), (own[1].Code, null), (own[2].Code, null));
        Assert.Empty(more);
        Assert.Equal("own_result_not_negative", (await Clear(world, alert, persons[0])).Refusal!.Code);
        Assert.Equal("alert_needs_signature", (await Clear(world, alert, persons[1])).Refusal!.Code);
        Assert.True((await Confirm(world, alert, persons[0])).Ok);
        Assert.Equal(AlertState.PositiveFound, world.Alert(alert).Alert.State);
        Assert.Equal("alert_members_unhandled", (await Close(world, alert)).Refusal!.Code);
        Assert.True((await Clear(world, alert, persons[1])).Ok);
        Assert.True((await Clear(world, alert, persons[2])).Ok);
        Assert.True((await Close(world, alert)).Ok);
        Assert.Equal([persons[0]], persons.Where(p => world.Uncovered([p]) == 1));
        Assert.Equal(0, world.OpenDuties(DutyKind.DecideMember, persons));
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM outbox WHERE kind = 'member_confirmed'")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_08_a_pool_whose_members_are_all_negative_alone_waits_for_a_second_sample_and_a_signature(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var pool = await world.Tube(persons);
        var alert = (await world.Result((pool.Code, 25))).Alerts[0];
        await new AcknowledgeAlertHandler(world.Store, world.Work).Handle(world.Team, new AcknowledgeAlert(alert));
        await Hold(world, alert, persons);
        world.Clock.Advance(TimeSpan.FromHours(1));
        var first = await Singles(world, persons);
        await world.Result((first[0].Code, null), (first[1].Code, null));
        Assert.Equal(AlertState.Unresolved, world.Alert(alert).Alert.State);
        Assert.Equal(2, world.OpenDuties(DutyKind.ResampleMember, persons));
        var settle = new SettleAlertHandler(world.Store, world.Work);
        Assert.Equal("second_sample_missing", (await settle.Handle(world.Team, new SettleAlert(alert, true, "neighbours negative"))).Refusal!.Code);
        world.Clock.Advance(TimeSpan.FromHours(3));
        var soon = await Singles(world, persons);
        await world.Result((soon[0].Code, null), (soon[1].Code, null));
        Assert.Equal("second_sample_missing", (await settle.Handle(world.Team, new SettleAlert(alert, true, "neighbours negative"))).Refusal!.Code);
        world.Clock.Advance(TimeSpan.FromHours(24));
        var second = await Singles(world, persons);
        Assert.Equal(0, world.OpenDuties(DutyKind.ResampleMember, persons));
        await world.Result((second[0].Code, null), (second[1].Code, null));
        Assert.Equal(AlertState.Unresolved, world.Alert(alert).Alert.State);
        Assert.Equal(2, world.Uncovered(persons));
        Assert.True((await settle.Handle(world.Team, new SettleAlert(alert, true, "neighbours negative, no contamination"))).Ok);
        Assert.Equal(AlertState.Cleared, world.Alert(alert).Alert.State);
        Assert.Equal(0, world.Uncovered(persons));
        Assert.True((await Close(world, alert)).Ok);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_09_one_positive_member_clears_nobody_else_and_the_case_counts_one(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var pool = await world.Tube(persons);
        var alert = (await world.Result((pool.Code, 25))).Alerts[0];
        world.Clock.Advance(TimeSpan.FromHours(1));
        var own = await Singles(world, persons[..1]);
        await world.Result((own[0].Code, 20));
        Assert.True((await Confirm(world, alert, persons[0])).Ok);
        Assert.Equal("no_own_negative_result", (await Clear(world, alert, persons[1])).Refusal!.Code);
        Assert.Equal(2, world.OpenDuties(DutyKind.HoldMember, persons[1..]));
        Assert.True((await Confirm(world, alert, persons[0])).Ok);
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM outbox WHERE kind = 'member_confirmed'")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_17_the_whole_household_of_a_household_tube_is_held(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var household = Uuid7.New(world.Clock);
        var persons = await world.Persons(3, household: household);
        var tube = await world.Tube(persons[..2], TubeKind.Household);
        var alert = (await world.Result((tube.Code, 25))).Alerts[0];
        Assert.Equal(persons.Order(), world.Alert(alert).Members.Select(m => m.Person).Order());
        Assert.Equal(3, world.OpenDuties(DutyKind.HoldMember, persons));
        Assert.Equal(3, world.OpenDuties(DutyKind.ResampleMember, persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_registration_that_arrives_after_the_alert_is_a_member_all_the_same(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var tube = await world.Tube(persons[..2]);
        var alert = (await world.Result((tube.Code, 25))).Alerts[0];
        await world.Register(tube.Id, persons[2]);
        Assert.Equal(1, await world.Resamples.Look());
        Assert.Equal(persons.Order(), world.Alert(alert).Members.Select(m => m.Person).Order());
        Assert.Equal(3, world.OpenDuties(DutyKind.HoldMember, persons));
        Assert.Equal(0, await world.Resamples.Look());
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_18_an_antigen_is_shown_beside_and_confirms_nobody(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(1);
        var alert = (await world.Result(((await world.Tube(persons)).Code, 25))).Alerts[0];
        await world.Write(s => s.Execute("""
            INSERT INTO antigen (owner, id, round, person, person_owner, occurred_at, corrected_at, result, kit_lot, self, device)
            VALUES (@County, @id, @Round, @person, @County, @now, @now, 2, 'lot', 0, @id)
            """, new { LabWorld.County, id = Uuid7.New(world.Clock), world.Round, person = persons[0], now = world.Clock.GetUtcNow() }));
        Assert.Equal("no_own_positive_result", (await Confirm(world, alert, persons[0])).Refusal!.Code);
        var seen = world.Store.Read(s => AlertViews.One(s, world.Team, alert)).Value;
        Assert.Equal("positive", Assert.Single(seen.Members).Antigen);
        Assert.Single(world.Store.Read(s => AlertViews.Page(s, world.Team, closed: false, null, 10)).Items);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_13_an_own_result_amended_to_positive_takes_the_clearance_back(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var pool = await world.Tube(persons);
        var alert = (await world.Result((pool.Code, 25))).Alerts[0];
        world.Clock.Advance(TimeSpan.FromHours(1));
        var own = await Singles(world, persons);
        var (run, _) = await world.Result((own[0].Code, 20), (own[1].Code, null));
        await Confirm(world, alert, persons[0]);
        Assert.True((await Clear(world, alert, persons[1])).Ok);
        Assert.Equal(0, world.Uncovered(persons[1..]));
        var amended = (await ResultTests.Amend(world, run, own[1].Id, 2, 22)).Value;
        Assert.Contains(amended.Actions, a => a.Action == "member_cleared");
        Assert.Equal(MemberOutcome.Open, world.Alert(alert).Members.Single(m => m.Person == persons[1]).Outcome);
        Assert.Equal(1, world.OpenDuties(DutyKind.DecideMember, persons[1..]));
        Assert.Equal(1, world.Uncovered(persons[1..]));
        Assert.True((await Confirm(world, alert, persons[1])).Ok);
        var sampled = world.Alert(alert).Members.Single(m => m.Person == persons[1]).ResampleAt;
        Assert.Contains($"\"sampleAt\":\"{sampled:yyyy-MM-ddTHH:mm:ss}", world.Store.Read(s => s.Query<string>(
            "SELECT body FROM outbox WHERE kind = 'member_confirmed' ORDER BY id DESC")[0]), StringComparison.Ordinal);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_laboratory_raises_by_one_action_and_the_release_does_not_raise_again(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var tube = await world.Tube(persons);
        var raised = (await world.Raise.Handle(world.Technician, new RaiseAlert(world.Lab.Id, tube.Id, "early curve"))).Value;
        Assert.Equal(raised, (await world.Raise.Handle(world.Technician, new RaiseAlert(world.Lab.Id, tube.Id, "again"))).Value);
        var (_, alerts) = await world.Result((tube.Code, 25));
        Assert.Empty(alerts);
        Assert.Equal(2, world.OpenDuties(DutyKind.HoldMember, persons));
        world.AssertVerified();
    }

    static int Minutes(DateTimeOffset due, AlertRow alert) => (int)(due - alert.RaisedAt).TotalMinutes;

    static async Task<List<(Guid Id, string Code)>> Singles(LabWorld world, IReadOnlyList<Guid> persons)
    {
        var tubes = new List<(Guid, string)>();
        foreach (var person in persons)
            tubes.Add(await world.Tube([person], TubeKind.Single));
        await world.Resamples.Look();
        return tubes;
    }

    static async Task Hold(LabWorld world, Guid alert, IEnumerable<Guid> persons)
    {
        foreach (var person in persons)
            Assert.True((await new RecordHoldHandler(world.Store, world.Work).Handle(world.Team, new RecordHold(alert, person))).Ok);
    }

    static Task<Outcome<Done>> Confirm(LabWorld world, Guid alert, Guid person) =>
        new ConfirmMemberHandler(world.Store, world.Work).Handle(world.Team, new ConfirmMember(alert, person));

    static Task<Outcome<Done>> Clear(LabWorld world, Guid alert, Guid person) =>
        new ClearMemberHandler(world.Store, world.Work).Handle(world.Team, new ClearMember(alert, person));

    static Task<Outcome<Done>> Close(LabWorld world, Guid alert) =>
        new CloseAlertHandler(world.Store, world.Work).Handle(world.Team, new CloseAlert(alert, "all decided"));
}
