using Qipan.Cases;
using Qipan.Conformance.Laboratory;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Cases;

/// <summary>What is done to a case, what it leaves in its history, and which clock it stops.</summary>
[Trait("area", "cases")]
public sealed class CaseActTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Each_clock_ends_by_its_own_evidence(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var review = new ReviewCaseHandler(world.Acts);
        Assert.Equal("case_not_reported", (await review.Handle(world.Other, new ReviewCase(row.Id))).Refusal!.Code);
        world.Lab.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await new ReportCaseHandler(world.Acts).Handle(world.One, new ReportCase(row.Id))).Ok);
        Assert.Equal("case_already_reported", (await new ReportCaseHandler(world.Acts).Handle(world.One, new ReportCase(row.Id))).Refusal!.Code);
        Assert.Equal("same_person", (await review.Handle(world.One, new ReviewCase(row.Id))).Refusal!.Code);
        Assert.Equal([DutyKind.ReportCase], Done(world, row));
        Assert.True((await review.Handle(world.Other, new ReviewCase(row.Id))).Ok);
        Assert.Equal([DutyKind.ReportCase, DutyKind.ReviewCase], Done(world, row));

        var move = new MoveInvestigationHandler(world.Acts);
        Assert.Equal("state_forbids", (await move.Handle(world.One, new MoveInvestigation(row.Id, InvestigationState.FullDone))).Refusal!.Code);
        Assert.True((await move.Handle(world.One, new MoveInvestigation(row.Id, InvestigationState.Contacted))).Ok);
        Assert.True((await move.Handle(world.One, new MoveInvestigation(row.Id, InvestigationState.CoreDone))).Ok);
        Assert.Contains(DutyKind.InvestigateCore, Done(world, row));
        Assert.True((await move.Handle(world.One, new MoveInvestigation(row.Id, InvestigationState.FullDone))).Ok);
        Assert.Contains(DutyKind.InvestigateFull, Done(world, row));
        Assert.Equal("same_person", (await move.Handle(world.One, new MoveInvestigation(row.Id, InvestigationState.Reviewed))).Refusal!.Code);
        Assert.True((await move.Handle(world.Other, new MoveInvestigation(row.Id, InvestigationState.Reviewed))).Ok);
        Assert.Equal("reason_missing", (await move.Handle(world.Other, new MoveInvestigation(row.Id, InvestigationState.Reopened))).Refusal!.Code);
        Assert.True((await move.Handle(world.Other, new MoveInvestigation(row.Id, InvestigationState.Reopened, "a day is missing"))).Ok);
        Assert.Equal((DutyState.Open, DutyState.Done), (world.Duty(row, DutyKind.InvestigateFull).State, world.Duty(row, DutyKind.InvestigateCore).State));
        Assert.True((await move.Handle(world.One, new MoveInvestigation(row.Id, InvestigationState.FullDone))).Ok);
        Assert.Equal(DutyState.Done, world.Duty(row, DutyKind.InvestigateFull).State);

        Assert.True((await new AskedContactsHandler(world.Acts).Handle(world.One, new AskedContacts(row.Id))).Ok);
        Assert.Equal("reason_missing", (await new DeclareSourceHandler(world.Acts).Handle(world.One, new DeclareSource(row.Id, " "))).Refusal!.Code);
        Assert.True((await new DeclareSourceHandler(world.Acts).Handle(world.One, new DeclareSource(row.Id, "nobody ill around, looked at scans of 14 days"))).Ok);
        Assert.Equal(CaseDuties.Clocks.Order(), Done(world, row).Order());
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_25_a_conversion_is_one_infection_in_two_lines(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case(CaseClass.Asymptomatic);
        world.Lab.Clock.Advance(TimeSpan.FromDays(1));
        await world.Case();
        Assert.True((await new ClassifyCaseHandler(world.Acts).Handle(world.One, new ClassifyCase(row.Id, CaseClass.Confirmed))).Ok);
        Assert.Equal(["asymptomatic", "confirmed"], world.History(row)["class"]);
        Assert.Contains("\"asymptomatic\",\"to\":\"confirmed\"", Assert.Single(world.Told("case_reclassified")));
        var figures = Figures(world, "2202", new DateOnly(2022, 3, 22));
        Assert.Equal((2, 1, 0), (figures.NewConfirmed, figures.OfWhichConverted, figures.NewAsymptomatic));
        Assert.Equal((1, 2), (figures.CumulativeBefore, figures.Cumulative));
        Assert.Equal("state_forbids", (await new ClassifyCaseHandler(world.Acts).Handle(world.One, new ClassifyCase(row.Id, CaseClass.Asymptomatic))).Refusal!.Code);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_11_a_false_positive_withdraws_its_clocks_and_says_so(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var classify = new ClassifyCaseHandler(world.Acts);
        Assert.Equal("reason_missing", (await classify.Handle(world.One, new ClassifyCase(row.Id, CaseClass.RuledOut))).Refusal!.Code);
        Assert.True((await classify.Handle(world.One, new ClassifyCase(row.Id, CaseClass.RuledOut, "13 of 13 negative on re-test"))).Ok);
        Assert.All(CaseDuties.Clocks, k => Assert.Equal(DutyState.Withdrawn, world.Duty(row, k).State));
        Assert.Contains("\"to\":\"ruled_out\"", Assert.Single(world.Told("case_reclassified")));
        var correction = Assert.Single(Figures(world, LabWorld.County, new DateOnly(2022, 3, 21)).Corrections);
        Assert.Equal((-1, "ruled_out", "13 of 13 negative on re-test"), (correction.By, correction.Kind, correction.Reason));
        Assert.Equal("case_ruled_out", (await new ReportCaseHandler(world.Acts).Handle(world.One, new ReportCase(row.Id))).Refusal!.Code);
        // The same person may become a case on a new fact.
        var again = await world.Case(more: c => c with { Person = row.Person });
        Assert.NotEqual(row.Id, again.Id);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_26_a_case_of_another_region_leaves_a_correction_with_its_reason(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var attribute = new AttributeCaseHandler(world.Acts);
        Assert.Equal("region_wrong", (await attribute.Handle(world.One, new AttributeCase(row.Id, "onset elsewhere", "2301"))).Refusal!.Code);
        Assert.True((await attribute.Handle(world.One, new AttributeCase(row.Id, "onset in Harbin", OnsetRegion: "230102"))).Ok);
        var (here, there) = (Figures(world, "22", new DateOnly(2022, 3, 21)), Figures(world, "23", new DateOnly(2022, 3, 21), "23"));
        Assert.Equal((1, 0, "onset in Harbin"), (here.NewConfirmed, here.Cumulative, here.Corrections[0].Reason));
        Assert.Equal((0, 1, "attributed_here"), (there.NewConfirmed, there.Cumulative, there.Corrections[0].Kind));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_27_another_day_of_onset_is_told_and_impossible_ones_are_refused(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var correct = new CorrectCaseHandler(world.Acts);
        Task<Outcome<CaseStatus>> Onset(DateOnly day, long? version = null) => correct.Handle(world.One, new CorrectCase(row.Id, "asked again", Onset: day, Version: version));
        Assert.True((await Onset(new DateOnly(2022, 3, 18))).Ok);
        Assert.Contains("\"from\":null,\"to\":\"2022-03-18\"", Assert.Single(world.Told("onset_corrected")));
        Assert.Equal("date_in_future", (await Onset(new DateOnly(2022, 3, 22))).Refusal!.Code);
        Assert.Equal("nothing_changed", (await Onset(new DateOnly(2022, 3, 18))).Refusal!.Code);
        Assert.Equal("case_changed", (await Onset(new DateOnly(2022, 3, 17), version: 1)).Refusal!.Code);
        Assert.Equal("death_before_onset",
            (await correct.Handle(world.One, new CorrectCase(row.Id, "register", DeathOn: new DateOnly(2022, 3, 17)))).Refusal!.Code);
        Assert.True((await correct.Handle(world.One, new CorrectCase(row.Id, "no symptoms after all", Clear: ["onset"]))).Ok);
        Assert.Null(world.Now(row.Id).Onset);
        Assert.Equal(2, world.Told("onset_corrected").Count);
        Assert.True((await correct.Handle(world.One, new CorrectCase(row.Id, "register", DeathOn: new DateOnly(2022, 3, 20)))).Ok);
        Assert.Equal((CaseOutcome.Died, ClinicalState.Dead), (world.Now(row.Id).Outcome, world.Now(row.Id).Clinical));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_course_goes_its_ways_and_the_isolation_is_told_once(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var course = new RecordCourseHandler(world.Acts, LocalDays.China);
        Assert.Equal("state_forbids", (await course.Handle(world.One, new RecordCourse(row.Id, ClinicalState.Discharged))).Refusal!.Code);
        foreach (var step in new[] { ClinicalState.Admitted, ClinicalState.Eligible, ClinicalState.Discharged, ClinicalState.Monitoring, ClinicalState.Done })
            Assert.True((await course.Handle(world.One, new RecordCourse(row.Id, step, step == ClinicalState.Admitted ? CaseSeverity.Mild : null))).Ok);
        Assert.Equal((CaseOutcome.Recovered, new DateOnly(2022, 3, 21)), (world.Now(row.Id).Outcome, world.Now(row.Id).OutcomeOn));
        Assert.True((await course.Handle(world.One, new RecordCourse(row.Id, Severity: CaseSeverity.Severe))).Ok);
        Assert.Equal(["unknown", "mild", "severe"], world.History(row)["severity"]);
        var isolate = new IsolateCaseHandler(world.Acts);
        Assert.True((await isolate.Handle(world.One, new IsolateCase(row.Id))).Ok);
        world.Lab.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("case_isolated_already", (await isolate.Handle(world.One, new IsolateCase(row.Id))).Refusal!.Code);
        Assert.Single(world.Told("case_isolated"));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_proposed_class_follows_what_is_found_and_a_person_decides(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case(CaseClass.Suspect, c => c with { FirstPositiveAt = world.Lab.Clock.GetUtcNow() });
        DefinedClass? Proposed() => world.Store.Read(s => world.Definitions.Propose(s, world.Now(row.Id))).Value.Class;
        Assert.Equal(DefinedClass.Asymptomatic, Proposed());
        var record = new RecordFindingsHandler(world.Acts, world.Definitions);
        Assert.Equal("finding_unknown", (await record.Handle(world.One, new RecordFindings(row.Id, [new CaseFinding("green_ears", true)]))).Refusal!.Code);
        Assert.True((await record.Handle(world.One, new RecordFindings(row.Id, [new CaseFinding("fever_or_respiratory", true), new CaseFinding("imaging", false)]))).Ok);
        Assert.Equal((DefinedClass.Confirmed, CaseClass.Suspect), (Proposed(), world.Now(row.Id).Class));
        Assert.True((await record.Handle(world.One, new RecordFindings(row.Id, [new CaseFinding("fever_or_respiratory", false)]))).Ok);
        Assert.Equal(DefinedClass.Asymptomatic, Proposed());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Who_investigates_elsewhere_neither_sees_nor_changes_a_case(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var stranger = world.Staff(Role.Investigator, "230102");
        Assert.Equal("not_allowed", (await world.Views.One(stranger, row.No)).Refusal!.Code);
        Assert.Equal("not_allowed", (await new ReportCaseHandler(world.Acts).Handle(stranger, new ReportCase(row.Id))).Refusal!.Code);
        Assert.Equal("not_allowed", (await new ReportCaseHandler(world.Acts).Handle(world.Staff(Role.Commander), new ReportCase(row.Id))).Refusal!.Code);
        var seen = await world.Views.One(world.Staff(Role.Commander), row.No);
        Assert.Equal((row.Id, 6), (seen.Value.Case.Id, seen.Value.Clocks.Count));
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM access_log WHERE subject_kind = 'case'")));
        // Counted to the other region, it is seen there, and changed here.
        Assert.True((await new AttributeCaseHandler(world.Acts).Handle(world.One, new AttributeCase(row.Id, "onset there", OnsetRegion: "230102"))).Ok);
        Assert.True((await world.Views.One(stranger, row.No)).Ok);
        Assert.Equal("not_allowed", (await new ReportCaseHandler(world.Acts).Handle(stranger, new ReportCase(row.Id))).Refusal!.Code);
    }

    static CaseFigures Figures(CaseWorld world, string territory, DateOnly day, string grant = "22") => world.Store.Read(s =>
        new FigureBook(LocalDays.China).Of(s, world.Staff(Role.Commander, grant), territory, "COVID-19", day, day)).Value;

    static List<DutyKind> Done(CaseWorld world, CaseRow row) => [.. CaseDuties.Clocks.Where(k => world.Duty(row, k).State == DutyState.Done)];
}
