using Qipan.Cases;
using Qipan.Conformance.Laboratory;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Cases;

/// <summary>Links between cases, itineraries, and the chains that come of them.</summary>
[Trait("area", "cases")]
public sealed class LinkTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_link_names_the_source_and_the_last_one_withdrawn_makes_it_missing_again(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (a, b, c) = (await world.Case(), await world.Case(), await world.Case());
        var links = new AddLinkHandler(world.Store, world.Acts);
        var first = await links.Handle(world.One, new AddLink(a.Id, c.Id, LinkConfidence.Probable, "household", new DateOnly(2022, 3, 18)));
        Assert.True(first.Ok);
        Assert.Equal(first.Value.Id, (await links.Handle(world.One, new AddLink(a.Id, c.Id))).Value.Id);
        var second = await links.Handle(world.One, new AddLink(b.Id, c.Id));
        Assert.Equal((SourceState.Named, DutyState.Done), (world.Now(c.Id).SourceState, world.Duty(c, DutyKind.FindSource).State));
        Assert.Equal(DutyState.Open, world.Duty(a, DutyKind.FindSource).State);
        Assert.Equal("source_named", (await new DeclareSourceHandler(world.Acts).Handle(world.One, new DeclareSource(c.Id, "none"))).Refusal!.Code);
        Assert.True((await links.Handle(world.One, new WithdrawLink(first.Value.Id, "the days do not fit"))).Ok);
        Assert.Equal(SourceState.Named, world.Now(c.Id).SourceState);
        Assert.True((await links.Handle(world.One, new WithdrawLink(second.Value.Id, "the days do not fit"))).Ok);
        Assert.Equal((SourceState.Open, DutyState.Open), (world.Now(c.Id).SourceState, world.Duty(c, DutyKind.FindSource).State));
        Assert.True((await links.Handle(world.One, new AddLink(a.Id, c.Id))).Ok);
        Assert.Equal(DutyState.Done, world.Duty(c, DutyKind.FindSource).State);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Links_to_oneself_to_nobody_and_round_a_circle_are_refused(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (a, b, c) = (await world.Case(), await world.Case(), await world.Case());
        var measles = await world.Case(more: x => x with { Disease = "MEASLES" });
        NewLink[] wanted =
        [
            new(a.Id, b.Id), new(b.Id, c.Id), new(c.Id, a.Id), new(a.Id, a.Id), new(a.Id, Guid.Empty), new(a.Id, measles.Id), new(a.Id, c.Id),
        ];
        var answers = await world.Lab.Write(s => Links.Add(s, wanted));
        Assert.Equal(["ok", "ok", "link_closes_cycle", "link_to_self", "case_unknown", "link_other_disease", "ok"], answers.Select(r => r.Ok ? "ok" : r.Refusal!.Code));
        Assert.Equal("link_closes_cycle", (await new AddLinkHandler(world.Store, world.Acts).Handle(world.One, new AddLink(c.Id, a.Id))).Refusal!.Code);
        Assert.True((await new ClassifyCaseHandler(world.Acts).Handle(world.One, new ClassifyCase(b.Id, CaseClass.RuledOut, "false positive"))).Ok);
        Assert.Equal("case_ruled_out", (await world.Lab.Write(s => Links.Add(s, new NewLink(b.Id, a.Id)))).Refusal!.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Chains_are_kept_until_a_case_or_a_link_of_them_is_another_and_never_for_other_eyes(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var (a, b) = (await world.Case(), await world.Case());
        var book = new ChainBook(LocalDays.China);
        ChainSet Read() => world.Store.Read(s => book.Of(s, world.One, "220204", a.Disease)).Value;
        var first = Read();
        Assert.Same(first, Read());
        // What another disease writes changes nothing here.
        await world.Case(more: x => x with { Disease = "MEASLES" });
        Assert.Same(first.Graph, Read().Graph);

        var link = await new AddLinkHandler(world.Store, world.Acts).Handle(world.One, new AddLink(a.Id, b.Id));
        Assert.Equal((0, 1), (first.Links.Count, Read().Links.Count));
        Assert.True((await new AddLinkHandler(world.Store, world.Acts).Handle(world.One, new WithdrawLink(link.Value.Id, "the days do not fit"))).Ok);
        Assert.Empty(Read().Links);
        Assert.True((await new ClassifyCaseHandler(world.Acts).Handle(world.One, new ClassifyCase(b.Id, CaseClass.RuledOut, "false positive"))).Ok);
        Assert.Single(Read().Cases);
        Assert.Equal("not_allowed", world.Store.Read(s => book.Of(s, world.One with { Grants = [new Grant(Role.Commander, "230102")] }, "220204", a.Disease)).Refusal!.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Many_links_at_once_are_judged_as_one_after_the_other(StoreKind kind)
    {
        const int Many = 150;
        await using var world = await CaseWorld.Open(kind);
        var persons = await world.Lab.Persons(Many);
        var rows = (await world.Lab.Write(s => world.Work.Open(s, [.. persons.Select((p, i) => new NewCase
        {
            Owner = LabWorld.County,
            Person = p,
            Disease = "MERS",
            Class = CaseClass.Confirmed,
            BasisKind = "import_row",
            BasisId = $"list.{i}",
            Clocks = false,
        })]))).Select(o => o.Value.Case.Id).ToList();
        var chain = Enumerable.Range(0, Many - 1).Select(i => new NewLink(rows[i], rows[i + 1])).ToList();
        var answers = await world.Lab.Write(s => Links.Add(s, [.. chain, new NewLink(rows[^1], rows[0])]));
        Assert.All(answers.SkipLast(1), a => Assert.True(a.Ok));
        Assert.Equal("link_closes_cycle", answers[^1].Refusal!.Code);
        var again = await world.Lab.Write(s => Links.Add(s, chain));
        Assert.Equal(answers.SkipLast(1).Select(a => a.Value.Id), again.Select(a => a.Value.Id));
        var report = world.Store.Read(s => new ChainGraphs(LocalDays.China).All(s, "", "MERS"));
        Assert.Equal((Many, Many - 1, 1, 1), (report.Cases, report.Links, report.Chains, report.MissingSources));
        Assert.Equal(Many, report.Generations.Count);
        world.AssertVerified();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Chains_show_their_heads_and_their_open_tails(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var start = new DateOnly(2022, 3, 1);
        var rows = new List<CaseRow>();
        for (var i = 0; i < 5; i++)
            rows.Add(await world.Case(more: c => c with { Onset = start.AddDays(4 * i) }));
        await world.Lab.Write(s => Links.Add(s, [new NewLink(rows[0].Id, rows[1].Id, ExposureOn: start.AddDays(2)), new NewLink(rows[1].Id, rows[2].Id), new NewLink(rows[0].Id, rows[3].Id)]));
        await new AskedContactsHandler(world.Acts).Handle(world.One, new AskedContacts(rows[0].Id));
        var report = world.Store.Read(s => new ChainGraphs(LocalDays.China).Of(s, world.One, "220204", "COVID-19")).Value;
        Assert.Equal((5, 3, 2, 4, 2, 4), (report.Cases, report.Links, report.Chains, report.Largest, report.Heads, report.OpenTails));
        Assert.Equal([2, 2, 1], report.Generations);
        Assert.Equal((3, 20.0 / 3), (report.SerialInterval.N, report.SerialInterval.Mean));
        Assert.Equal((1, 2.0), (report.Incubation.N, report.Incubation.Mean));
        Assert.Equal("not_allowed", world.Store.Read(s => new ChainGraphs(LocalDays.China).Of(s, world.One, "230102", "COVID-19")).Refusal!.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_stay_is_corrected_by_a_new_one_and_nothing_is_overwritten(StoreKind kind)
    {
        await using var world = await CaseWorld.Open(kind);
        var row = await world.Case();
        var now = world.Lab.Clock.GetUtcNow();
        var add = new AddStayHandler(world.Acts);
        var stay = new NewStay { OnDay = new DateOnly(2022, 3, 20), FromAt = now.AddHours(-20), ToAt = now.AddHours(-19), PlaceText = "service area, restaurant" };
        Assert.Equal("stay_ends_before_it_begins", (await add.Handle(world.One, new AddStay(row.Id, stay with { ToAt = now.AddHours(-21) }))).Refusal!.Code);
        Assert.Equal("stay_nowhere", (await add.Handle(world.One, new AddStay(row.Id, stay with { PlaceText = " " }))).Refusal!.Code);
        Assert.Equal("stay_in_future", (await add.Handle(world.One, new AddStay(row.Id, stay with { FromAt = now.AddHours(1), ToAt = null }))).Refusal!.Code);
        var first = (await add.Handle(world.One, new AddStay(row.Id, stay))).Value;
        var earlier = (await add.Handle(world.One, new AddStay(row.Id, new NewStay
        {
            OnDay = new DateOnly(2022, 3, 19),
            DayPart = DayPart.Evening,
            Transport = TransportKind.Train,
            VehicleNo = "G8001",
            Coach = "3",
            SeatRow = "12",
            Seat = "F",
            About = true,
        }))).Value;
        Assert.Equal([earlier, first], Items(world, row).Select(i => i.Id));
        var correct = new CorrectStayHandler(world.Acts);
        var second = (await correct.Handle(world.One, new CorrectStay(row.Id, first, stay with { ToAt = now.AddHours(-18) }, "the receipt says so"))).Value;
        Assert.Equal("item_ended", (await correct.Handle(world.One, new WithdrawStay(row.Id, first, "wrong"))).Refusal!.Code);
        Assert.Equal([earlier, second], Items(world, row).Select(i => i.Id));
        Assert.True((await correct.Handle(world.One, new WithdrawStay(row.Id, earlier, "another person's ticket"))).Ok);
        Assert.Equal([second], Items(world, row).Select(i => i.Id));
        var all = world.Store.Read(s => Itineraries.All(s, row.Owner, row.Id));
        Assert.Equal([ItemState.Corrected, ItemState.Withdrawn, ItemState.Holds], all.Select(i => i.State));
        Assert.Equal((first, "the receipt says so"), (all[2].Replaces, all[0].Reason));
        Assert.Equal("item_unknown", (await correct.Handle(world.One, new WithdrawStay((await world.Case()).Id, second, "not mine"))).Refusal!.Code);
    }

    static List<ItineraryRow> Items(CaseWorld world, CaseRow row) => world.Store.Read(s => Itineraries.Of(s, row.Owner, row.Id));
}
