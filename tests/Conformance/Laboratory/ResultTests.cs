using Qipan.Duties;
using Qipan.Laboratory;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Laboratory;

[Trait("area", "laboratory")]
public sealed class ResultTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_negative_pool_covers_its_members_with_the_result_as_evidence(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(10);
        var tube = await world.Tube(persons);
        var (_, alerts) = await world.Result((tube.Code, null));
        Assert.Empty(alerts);
        Assert.Equal(0, world.Uncovered(persons));
        Assert.Equal(0, world.OpenDuties(DutyKind.ResultTube, [tube.Id]));
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(DISTINCT evidence_id) FROM duty WHERE kind = 1 AND state = 1")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_01_a_person_in_two_tubes_is_covered_once_and_only_when_both_are_negative(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(5);
        var one = await world.Tube(persons[..3]);
        var two = await world.Tube(persons[2..]);
        await world.Result((one.Code, null));
        Assert.Equal([persons[2], persons[3], persons[4]], persons.Where(p => world.Uncovered([p]) == 1));
        await world.Result((two.Code, null));
        Assert.Equal(0, world.Uncovered(persons));
        Assert.Equal(5, world.Store.Read(s => s.Scalar<int>("SELECT sum(done) FROM duty_count WHERE kind = 1")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_01_any_positive_tube_wins_whatever_came_first(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(4);
        var negative = await world.Tube(persons[..2]);
        await world.Result((negative.Code, null));
        Assert.Equal(0, world.Uncovered(persons[..2]));
        // The second tube of persons[1] arrives late and is positive: the first evidence is true, and not enough.
        var positive = await world.Tube([persons[1], persons[2], persons[3]]);
        await world.Result((positive.Code, 25));
        Assert.Equal([persons[1], persons[2], persons[3]], persons.Where(p => world.Uncovered([p]) == 1));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_01_a_second_tube_makes_its_person_wait_again_and_its_rejection_lets_them_go(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var one = await world.Tube(persons);
        await world.Result((one.Code, null));
        Assert.Equal(0, world.Uncovered(persons));
        var second = await world.Tube([persons[1]]);
        await world.Write(s =>
        {
            new FollowTubes().Changed(s, LabWorld.County, [second.Id]);
            return 0;
        });
        Assert.Equal([persons[1]], persons.Where(p => world.Uncovered([p]) == 1));
        world.AssertVerified();
        var rejected = await new RejectTubeHandler(world.Store).Handle(world.Technician, new RejectTube(world.Lab.Id, second.Id, Qipan.Sampling.RejectReason.Leaking));
        Assert.True(rejected.Ok);
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_tube_that_counts_otherwise_while_it_is_in_a_run_stays_in_it(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var tube = await world.Tube(persons);
        var run = (await world.LoadPlate(new Dictionary<string, double?> { [tube.Code] = null })).Value.Runs[0].Run!.Value;
        await world.Write(s =>
        {
            new FollowTubes().Changed(s, LabWorld.County, [tube.Id]);
            return 0;
        });
        Assert.Equal(Qipan.Sampling.TubeState.InRun, world.Store.Read(s => s.Scalar<Qipan.Sampling.TubeState>("SELECT state FROM tube WHERE id = @Id", new { tube.Id })));
        Assert.True((await world.ReviewAndRelease(run)).Ok);
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_registration_taken_back_covers_nobody_any_more(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var tube = await world.Tube(persons);
        await world.Result((tube.Code, null));
        await world.Write(s =>
        {
            s.Execute("UPDATE registration SET state = 3 WHERE person = @person", new { person = persons[0] });
            new FollowTubes().Changed(s, LabWorld.County, [tube.Id]);
            return 0;
        });
        Assert.Equal([persons[0]], persons.Where(p => world.Uncovered([p]) == 1));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_10_grey_single_target_and_invalid_are_never_negative(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var tubes = new List<(Guid Id, string Code)>();
        foreach (var person in persons)
            tubes.Add(await world.Tube([person]));
        var run = (await world.LoadPlate([(tubes[0].Code, 39.0, null), (tubes[1].Code, 25.0, null), (tubes[2].Code, 0.0, null)])).Value.Runs[0];
        Assert.Equal(new Dictionary<string, int> { ["SINGLE_TARGET"] = 1, ["GREY"] = 1, ["INVALID"] = 1 }, run.Calls);
        var released = (await world.ReviewAndRelease(run.Run!.Value)).Value.Items[0];
        Assert.Equal(3, released.Alerts.Count);
        Assert.Equal(3, world.Uncovered(persons));
        // The invalid tube waits for another run; its result is still to come.
        Assert.Equal(1, world.OpenDuties(DutyKind.ResultTube, tubes.Select(t => t.Id)));
        Assert.Equal(7, world.Store.Read(s => s.One<int>("SELECT state FROM tube WHERE id = @Id", new { tubes[2].Id })));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_10_a_failed_control_requeues_its_tubes_and_covers_nobody(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var tube = await world.Tube(persons);
        var failed = (await world.LoadPlate(new Dictionary<string, double?> { [tube.Code] = null }, controls: false)).Value.Runs[0];
        Assert.Equal("ControlFailed", failed.State);
        Assert.False((await new ReviewRunHandler(world.Store).Handle(world.First, new ReviewRun(failed.Run!.Value))).Ok);
        Assert.Equal(7, world.Store.Read(s => s.One<int>("SELECT state FROM tube WHERE id = @Id", new { tube.Id })));
        await world.Result((tube.Code, null));
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_10_a_control_found_failed_after_release_drops_coverage_back_and_lists_what_was_done(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(6);
        var one = await world.Tube(persons[..3]);
        var two = await world.Tube(persons[3..]);
        var (run, _) = await world.Result((one.Code, null), (two.Code, null));
        Assert.Equal(0, world.Uncovered(persons));
        var fell = (await new InvalidateRunHandler(world.Store, world.Resamples).Handle(world.First, new InvalidateRun(run, "contaminated reagent"))).Value;
        Assert.Equal((2, 6), (fell.Requeued, fell.Actions));
        Assert.Equal(6, world.Uncovered(persons));
        Assert.Equal(2, world.OpenDuties(DutyKind.ResultTube, [one.Id, two.Id]));
        world.AssertVerified();
        await world.Result((one.Code, null), (two.Code, null));
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_12_negative_to_positive_raises_an_alert_and_lists_what_was_done_under_the_old_version(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var tube = await world.Tube(persons);
        var (run, _) = await world.Result((tube.Code, null));
        var amended = (await Amend(world, run, tube.Id, 2, 28)).Value;
        Assert.Equal(("POS", true), (amended.Call, amended.TookEffect));
        Assert.Equal(3, amended.Actions.Count(a => a is { Action: "duty_done", Undo: "reopened" }));
        Assert.Equal(3, world.Uncovered(persons));
        Assert.Equal(3, world.OpenDuties(DutyKind.HoldMember, persons));
        world.AssertVerified();
        Assert.True((await Amend(world, run, tube.Id, 2, 28)).Value.AlreadyHad);
        Assert.Equal("result_version_there", (await Amend(world, run, tube.Id, 2, 20)).Refusal!.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_12_the_latest_version_wins_whatever_the_order_of_arrival(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var tube = await world.Tube(persons);
        var (run, _) = await world.Result((tube.Code, 25));
        Assert.Equal(2, world.Uncovered(persons));
        Assert.True((await Amend(world, run, tube.Id, 3, null)).Value.TookEffect);
        Assert.Equal(0, world.Uncovered(persons));
        Assert.False((await Amend(world, run, tube.Id, 2, 30)).Value.TookEffect);
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_12_positive_to_negative_lists_what_has_to_be_undone(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var tube = await world.Tube(persons);
        var (run, alerts) = await world.Result((tube.Code, 25));
        await new RecordHoldHandler(world.Store, world.Work).Handle(world.Team, new RecordHold(alerts[0], persons[0]));
        var amended = (await Amend(world, run, tube.Id, 2, null)).Value;
        Assert.Equal(["alert_raised", "member_held"], amended.Actions.Select(a => a.Action));
        Assert.Equal(0, world.Uncovered(persons));
        foreach (var person in persons)
            Assert.True((await new ClearMemberHandler(world.Store, world.Work).Handle(world.Team, new ClearMember(alerts[0], person))).Ok);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_withdrawn_result_says_nothing_and_its_tube_waits_for_another_run(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(2);
        var tube = await world.Tube(persons);
        var (run, _) = await world.Result((tube.Code, null));
        var withdrawn = await new WithdrawResultHandler(world.Change).Handle(world.First, new WithdrawResult(run, tube.Id, 2, "swapped tubes"));
        Assert.True(withdrawn.Value.TookEffect);
        Assert.Equal(2, world.Uncovered(persons));
        world.AssertVerified();
        await world.Result((tube.Code, null));
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_call_that_its_Ct_values_do_not_give_is_found(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var tube = await world.Tube(await world.Persons(1));
        await world.Result((tube.Code, null));
        await world.Write(s => s.Execute("UPDATE result SET ct = '{\"ORF1ab\":20,\"N\":20}'"));
        await world.Write(s => s.Execute("UPDATE registration SET result_state = 0"));
        var found = world.Store.Read(s => new VerifyLaboratory().Verify(s, new Tally()).ToList());
        Assert.Contains(found, f => f.Contains("its Ct values say POS, it says NEG", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains("does not say what its tube's result says", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains("not all own tubes are negative", StringComparison.Ordinal));
    }

    internal static Task<Qipan.Kernel.Outcome<AmendedResult>> Amend(LabWorld world, Guid run, Guid tube, int version, double? ct) =>
        new AmendResultHandler(world.Change).Handle(world.First, new AmendResult(
            run, tube, version, new Dictionary<string, double?> { ["ORF1ab"] = ct, ["N"] = ct, ["internal control"] = 24 }, $"version {version} {ct}"));
}
