using Xunit;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;

namespace Qipan.Conformance.Laboratory;

[Trait("area", "laboratory")]
public sealed class LoadRunTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Every_refused_well_has_its_reason_and_the_rest_goes_on(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(6);
        var good = await world.Tube([persons[0]]);
        var other = await world.Tube([persons[1]], round: Uuid7.New(world.Clock));
        var rejected = await world.Tube([persons[2]], state: TubeState.Rejected);
        var twice = await world.Tube([persons[3]]);
        var clash = await world.Tube([persons[4]], code: "SAME01", conflict: true);
        await world.Tube([persons[5]], code: "SAME01", conflict: true);
        var loaded = await world.LoadPlate([
            (good.Code, null, null), ("NOSUCH", null, null), (rejected.Code, null, null), (twice.Code, null, null), (twice.Code, null, null),
            (clash.Code, 20.0, 20.0), ("", null, null), (other.Code, null, null)]);
        var run = Assert.Single(loaded.Value.Runs);
        // A tube of another round is taken when the run names no round.
        Assert.Equal(2, run.Tubes);
        Assert.Equal(
            ["code_conflict", "sample_name_missing", "tube_rejected", "tube_twice_in_run", "tube_twice_in_run", "tube_unknown"],
            run.Refused.Select(r => r.Code).Order());
        Assert.Equal(run.Refused.Select(r => r.Code).Distinct().Order(),
            world.Store.Read(s => Discrepancies.Of(s, run.Run!.Value)).Select(d => d.Detail.Split('"')[3]).Order());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_same_file_again_is_already_had_and_changes_nothing(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var tube = await world.Tube(await world.Persons(1));
        var first = (await world.LoadPlate(new Dictionary<string, double?> { [tube.Code] = null }, plate: "P1")).Value.Runs[0];
        var again = (await world.LoadPlate(new Dictionary<string, double?> { [tube.Code] = null }, plate: "P1")).Value.Runs[0];
        Assert.Equal((first.Run, false, true), (again.Run, first.AlreadyHad, again.AlreadyHad));
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM result")));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_layout_says_which_tube_is_in_which_well_and_a_plate_without_any_keeps_nothing(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var one = await world.Tube(await world.Persons(1));
        var nothing = (await world.LoadPlate([("sample 1", null, null)], plate: "P9")).Value.Runs[0];
        Assert.Null(nothing.Run);
        var layout = await new ImportPlateLayoutHandler(world.Store).Handle(world.Technician, new ImportPlateLayout(
            world.Lab.Id, "P9", System.Text.Encoding.UTF8.GetBytes($"well,tube\r\nA1,{one.Code}\r\nH11,NTC\r\nH12,阳性对照\r\nZ99,x\r\n")));
        Assert.Equal((3, "well_unknown"), (layout.Value.Wells, Assert.Single(layout.Value.Refused).Code));
        var mapped = (await world.LoadPlate([("sample 1", null, null)], plate: "P9")).Value.Runs[0];
        Assert.Equal((1, "ControlOk"), (mapped.Tubes, mapped.State));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_06_results_before_reception_or_without_it_are_kept_unverified_and_not_released(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var early = await world.Tube([persons[0]]);
        var never = await world.Tube([persons[1]], state: TubeState.InTransit);
        var fine = await world.Tube([persons[2]]);
        world.Clock.Advance(TimeSpan.FromHours(3));
        var run = (await world.LoadPlate(
            [(early.Code, null, null), (never.Code, null, null)], start: world.Clock.GetUtcNow().AddHours(-5))).Value.Runs[0];
        Assert.Equal(["result_before_reception", "result_of_tube_not_received"], run.Alarms.Select(a => a.Code).Order());
        await new ReviewRunHandler(world.Store).Handle(world.First, new ReviewRun(run.Run!.Value));
        await new ReviewRunHandler(world.Store).Handle(world.Second, new ReviewRun(run.Run!.Value));
        Assert.Equal("run_unverified", (await world.Release.Handle(world.Second, new ReleaseRuns([run.Run!.Value]))).Refusal!.Code);
        Assert.Equal("tubes_not_received", (await new VerifyResultsHandler(world.Store).Handle(world.Second, new VerifyResults(run.Run!.Value, "clock"))).Refusal!.Code);
        Assert.Equal(2, world.Uncovered(persons[..2]));
        Assert.Equal(2, world.Store.Read(s => Discrepancies.Of(s, run.Run!.Value)).Count(d => d.Kind == "lab_integrity"));
        await world.Result((fine.Code, null));
        Assert.Equal(0, world.Uncovered([persons[2]]));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_06_results_above_the_rated_capacity_wait_for_a_person_who_answers_for_them(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind, perDay: 2);
        var persons = await world.Persons(3);
        var tubes = new List<(Guid Id, string Code)>();
        foreach (var person in persons)
            tubes.Add(await world.Tube([person]));
        await world.Result((tubes[0].Code, null), (tubes[1].Code, null));
        var third = (await world.LoadPlate(new Dictionary<string, double?> { [tubes[2].Code] = null })).Value.Runs[0];
        Assert.Equal("above_rated_capacity", Assert.Single(third.Alarms).Code);
        Assert.Equal("run_unverified", (await world.ReviewAndRelease(third.Run!.Value)).Refusal!.Code);
        Assert.Equal(1, (await new VerifyResultsHandler(world.Store).Handle(world.First, new VerifyResults(third.Run!.Value, "second shift, checked on site"))).Value);
        Assert.True((await world.Release.Handle(world.Second, new ReleaseRuns([third.Run!.Value]))).Ok);
        Assert.Equal(0, world.Uncovered(persons));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_run_needs_two_different_reviewers_and_the_first_does_not_release(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var tube = await world.Tube(await world.Persons(2));
        var run = (await world.LoadPlate(new Dictionary<string, double?> { [tube.Code] = null })).Value.Runs[0].Run!.Value;
        var review = new ReviewRunHandler(world.Store);
        Assert.Equal("run_not_reviewed", (await world.Release.Handle(world.Second, new ReleaseRuns([run]))).Refusal!.Code);
        Assert.Equal("not_allowed", (await review.Handle(world.Technician, new ReviewRun(run))).Refusal!.Code);
        Assert.True((await review.Handle(world.First, new ReviewRun(run))).Ok);
        Assert.Equal("same_reviewer", (await review.Handle(world.First, new ReviewRun(run))).Refusal!.Code);
        Assert.True((await review.Handle(world.Second, new ReviewRun(run))).Ok);
        Assert.Equal(0, world.OpenDuties(DutyKind.ReviewRun, [run]));
        Assert.Equal("first_reviewer_releases", (await world.Release.Handle(world.First, new ReleaseRuns([run]))).Refusal!.Code);
        Assert.True((await world.Release.Handle(world.Second, new ReleaseRuns([run]))).Ok);
        var again = (await world.Release.Handle(world.Second, new ReleaseRuns([run]))).Value.Items[0];
        Assert.True(again.AlreadyHad);
        var stranger = world.Second with { Unit = new UnitId(Guid.Empty) };
        Assert.Equal("not_of_this_laboratory", (await review.Handle(stranger, new ReviewRun(run))).Refusal!.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_queue_gives_the_longest_waiting_tubes_and_a_planned_plate_maps_its_run(StoreKind kind)
    {
        await using var world = await LabWorld.Open(kind);
        var persons = await world.Persons(3);
        var old = await world.Tube([persons[0]]);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var young = await world.Tube([persons[1]]);
        var plan = new PlanPlateHandler(world.Store, Qipan.Protocols.LoadProtocols.From((string?)null).Value, new LaboratorySettings(), LocalDays.China);
        var plate = (await plan.Handle(world.Technician, new PlanPlate(world.Lab.Id, "PLAN-1"))).Value;
        Assert.Equal((old.Code, young.Code), (plate.Wells["A1"].Tube, plate.Wells["A2"].Tube));
        Assert.Equal(4, plate.Wells.Count);
        Assert.Equal("queue_empty", (await plan.Handle(world.Technician, new PlanPlate(world.Lab.Id, "PLAN-2"))).Refusal!.Code);
        Assert.Equal(2, (await new DropPlateHandler(world.Store).Handle(world.Technician, new DropPlate(world.Lab.Id, "PLAN-1", "instrument broke"))).Value);
        Assert.True((await plan.Handle(world.Technician, new PlanPlate(world.Lab.Id, "PLAN-3"))).Ok);
    }
}
