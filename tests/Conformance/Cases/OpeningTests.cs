using Qipan.Cases;
using Qipan.Conformance.Laboratory;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Cases;

/// <summary>How a case comes to be, and how often.</summary>
[Trait("area", "cases")]
public sealed class OpeningTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_13_a_confirmed_member_is_a_case_as_of_the_time_of_the_sample_with_six_clocks(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (person, _, sampled) = await Confirmed(world);
        world.Lab.Clock.Advance(TimeSpan.FromHours(1));
        await world.Hear();
        var row = Assert.Single(world.Store.Read(s => CaseBook.OfPersons(s, [person])));
        Assert.Equal(("220204-2022-00001", CaseClass.Asymptomatic, "CN-COVID-8@1"), (row.No, row.Class, row.Protocol));
        Assert.Equal((sampled, world.Lab.Clock.GetUtcNow()), (row.FirstPositiveAt, row.FoundAt));
        Assert.True(sampled < row.FoundAt.AddHours(-1));
        Assert.Equal("result", row.OpenedByKind);
        Assert.Equal([2, 4, 4, 24, 4, 24], CaseDuties.Clocks.Select(k => (world.Duty(row, k).DueAt - row.FoundAt).TotalHours));
        Assert.All(CaseDuties.Clocks, k => Assert.Equal(DutyState.Open, world.Duty(row, k).State));
        Assert.Contains(row.Id.ToString(), Assert.Single(world.Told("case_opened")));
        // By its number the case leads back to the result, and from there to the run and the tube.
        var number = world.Store.Read(s => new TrailWalk([new CasesTrail(), new LaboratoryTrail()]).From(s, new Ref("case", row.No)));
        var step = Assert.Single(number.Under);
        Assert.Equal(row.Ref, step.Subject);
        Assert.Contains(step.Acts, a => a.Action == "open_case");
        Assert.Equal(["run", "tube"], Assert.Single(step.Under, u => u.Subject.Kind == "result").Under.Select(u => u.Subject.Kind));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task News_that_come_twice_open_one_case(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (person, news, _) = await Confirmed(world);
        await world.Hear();
        await world.Lab.Write(s =>
        {
            s.Publish(LabWorld.County, news);
            return 0;
        });
        await world.Hear();
        Assert.Single(world.Store.Read(s => CaseBook.OfPersons(s, [person])));
        Assert.Single(world.Told("case_opened"));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_12_an_opening_result_that_is_amended_flags_the_case_and_back_takes_the_flag_away(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (person, news, _) = await Confirmed(world);
        await world.Hear();
        var run = world.Store.Read(s => s.One<Guid>("SELECT run FROM result WHERE tube = @Tube", new { news.Tube }));
        async Task Amend(int version, double? ct) => Assert.True((await new AmendResultHandler(world.Lab.Change).Handle(world.Lab.First, new AmendResult(
            run, news.Tube, version, new Dictionary<string, double?> { ["ORF1ab"] = ct, ["N"] = ct }, "read again"))).Ok);
        await Amend(2, null);
        await world.Hear();
        var row = Assert.Single(world.Store.Read(s => CaseBook.OfPersons(s, [person])));
        Assert.Equal((CaseFlags.OpeningResultChanged, CaseClass.Asymptomatic), (row.Flags, row.Class));
        await Amend(3, 22);
        await world.Hear();
        Assert.Equal("", world.Now(row.Id).Flags);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_34_a_discharged_person_who_is_positive_again_is_no_new_case(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case(more: c => c with { Clinical = ClinicalState.Discharged, Outcome = CaseOutcome.Recovered, OutcomeOn = new DateOnly(2022, 3, 10) });
        var again = await Again(world, row, new DateTimeOffset(2022, 3, 20, 2, 0, 0, TimeSpan.Zero));
        Assert.Equal((OpenVerdict.Repositive, row.Id), (again.Verdict, again.Case.Id));
        await world.Hear();
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM re_positive")));
        Assert.Equal(CaseFlags.Repositive, world.Now(row.Id).Flags);
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM case_record")));
        // A sample of before the discharge that is read now puts the discharge in question (INV-13).
        var late = await Again(world, row, new DateTimeOffset(2022, 3, 9, 2, 0, 0, TimeSpan.Zero));
        Assert.Equal(OpenVerdict.SamePerson, late.Verdict);
        await world.Hear();
        Assert.Equal($"{CaseFlags.LatePositive} {CaseFlags.Repositive}", world.Now(row.Id).Flags);
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM re_positive")));
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_38_one_person_is_one_case_wherever_it_is_opened(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        NewCase Elsewhere(string disease) => new()
        {
            Owner = LabWorld.Neighbour,
            Person = row.Person,
            Disease = disease,
            Class = CaseClass.Confirmed,
            BasisKind = "report",
            BasisId = "other",
        };
        var same = await world.Lab.Write(s => world.Work.Open(s, Elsewhere("covid-19")));
        Assert.Equal((OpenVerdict.SamePerson, row.Id), (same.Value.Verdict, same.Value.Case.Id));
        Assert.Equal(OpenVerdict.Opened, (await world.Lab.Write(s => world.Work.Open(s, Elsewhere("MEASLES")))).Value.Verdict);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_38_a_case_handed_over_from_outside_is_investigated_here_and_counted_there(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var person = await world.Person();
        var open = new OpenCaseHandler(world.Store, world.Work);
        var incomplete = await open.Handle(world.One, new OpenCase(person, "COVID-19", HandedOverBy: "150502"));
        Assert.Equal("handover_incomplete", incomplete.Refusal!.Code);
        var command = new OpenCase(person, "COVID-19", CaseClass.Confirmed, HandedOverBy: "150502", HandoverNo: "2022-117");
        var opened = (await open.Handle(world.One, command)).Value;
        Assert.Equal((OpenVerdict.Opened, "handover", "150502", "150502", LabWorld.County),
            (opened.Verdict, opened.Case.OpenedByKind, opened.Case.ReportRegion, opened.Case.OnsetRegion, opened.Case.Custody));
        Assert.Equal(OpenVerdict.AlreadyHad, (await open.Handle(world.One, command)).Value.Verdict);
        Assert.Equal(0, world.Store.Read(s => new FigureBook(LocalDays.China).Of(s, world.Staff(Role.Commander), LabWorld.County, "COVID-19",
            new DateOnly(2020, 1, 1), new DateOnly(2030, 1, 1))).Value.Cumulative);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Many_are_opened_at_once_each_with_its_own_verdict_and_the_next_number(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var persons = await world.Lab.Persons(3);
        NewCase New(Guid person, int row) => new()
        {
            Owner = LabWorld.County,
            Person = person,
            Disease = "EBOLA",
            Class = CaseClass.Probable,
            BasisKind = "import_row",
            BasisId = $"list.{row}",
            OutsideNo = $"E{row}",
            Clocks = false,
        };
        NewCase[] wanted =
        [
            New(persons[0], 1), New(persons[0], 2), New(Guid.Empty, 3), New(persons[1], 4) with { Onset = new DateOnly(2022, 3, 20), DeathOn = new DateOnly(2022, 3, 19) },
            New(persons[1], 5) with { Onset = new DateOnly(2030, 1, 1) }, New(persons[2], 6),
        ];
        var answers = await world.Lab.Write(s => world.Work.Open(s, wanted));
        Assert.Equal(["Opened", "SamePerson", "person_unknown", "death_before_onset", "date_in_future", "Opened"],
            answers.Select(a => a.Ok ? a.Value.Verdict.ToString() : a.Refusal!.Code));
        Assert.Equal(["220204-2022-00001", "220204-2022-00002"], answers.Where(a => a is { Ok: true, Value.Verdict: OpenVerdict.Opened }).Select(a => a.Value.Case.No));
        Assert.Equal(0, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM duty WHERE kind >= 11")));
        var again = await world.Lab.Write(s => world.Work.Open(s, wanted));
        Assert.Equal([OpenVerdict.AlreadyHad, OpenVerdict.AlreadyHad], new[] { again[0].Value.Verdict, again[5].Value.Verdict });
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_page_walks_through_all_cases_and_the_open_ends_are_lists(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            all.Add((await world.Case(i == 0 ? CaseClass.Suspect : CaseClass.Confirmed)).Id);
            if (i % 2 == 0)
                world.Lab.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var (seen, after) = (new List<Guid>(), (string?)null);
        do
        {
            var page = world.Store.Read(s => CaseBook.Page(s, new CaseFilter { Territory = "2202" }, after, 2));
            seen.AddRange(page.Items.Select(c => c.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(all.Order(), seen.Order());
        Assert.Equal(5, world.Store.Read(s => CaseBook.Count(s, new CaseFilter { MissingSource = true })));
        Assert.Equal(all[0], Assert.Single(world.Store.Read(s => CaseBook.Page(s, new CaseFilter { Classes = [CaseClass.Suspect] })).Items).Id);
        await new AskedContactsHandler(world.Acts).Handle(world.One, new AskedContacts(all[3]));
        Assert.Equal(4, world.Store.Read(s => CaseBook.Count(s, new CaseFilter { OpenTail = true, Territory = LabWorld.County })));
        Assert.Empty(world.Store.Read(s => CaseBook.Page(s, new CaseFilter { Territory = "23" })).Items);
        Assert.Equal(5, world.Store.Read(s => CaseBook.Page(s, new CaseFilter { Territories = ["230102", LabWorld.County] })).Items.Count);
    }

    static async Task<OpenedCase> Again(CaseWorld world, CaseRow row, DateTimeOffset sample) => (await world.Lab.Write(s => world.Work.Open(s, new NewCase
    {
        Owner = LabWorld.County,
        Person = row.Person,
        Disease = "COVID-19",
        Class = CaseClass.Confirmed,
        BasisKind = "result",
        BasisId = Uuid7.New(world.Lab.Clock).ToString("N"),
        FirstPositiveAt = sample,
    }))).Value;

    /// <summary>A pool, its member's own positive tube, and the team's word; the news wait.</summary>
    static async Task<(Guid Person, Contracts.MemberConfirmed News, DateTimeOffset Sampled)> Confirmed(CaseWorld world)
    {
        var lab = world.Lab;
        var persons = await lab.Persons(2);
        var pool = await lab.Tube(persons);
        var alert = (await lab.Result((pool.Code, 25))).Alerts[0];
        lab.Clock.Advance(TimeSpan.FromHours(1));
        var sampled = lab.Clock.GetUtcNow();
        var own = await lab.Tube([persons[0]], TubeKind.Single);
        await lab.Resamples.Look();
        lab.Clock.Advance(TimeSpan.FromHours(3));
        await lab.Result((own.Code, 22));
        Assert.True((await new ConfirmMemberHandler(lab.Store, lab.Work).Handle(lab.Team, new ConfirmMember(alert, persons[0]))).Ok);
        return (persons[0], new Contracts.MemberConfirmed(persons[0], alert, own.Id, sampled), sampled);
    }
}
