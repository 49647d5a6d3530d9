using Qipan.Cases;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Merging;

/// <summary>Two rows of the register that are one person: what follows, what does not go together, and the way back.</summary>
[Trait("area", "registers")]
public sealed class MergeTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_samples_results_cases_contacts_and_lists_follow_and_come_back_exactly(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var (a, b, c, other) = (await world.Person(1), await world.Person(2), await world.Person(3), await world.Person(4));
        var (one, two) = (await world.Tube(MergeWorld.ById(a), MergeWorld.ById(c)), await world.Tube(MergeWorld.ById(b)));
        await world.Lab.Result((two.Code, null));
        var index = await world.Case(other);
        var (contact, _) = (await world.Contact(index, b), await world.Contact(index, c));
        var measles = await world.Case(b, "measles");
        await world.Listed(measles);
        await world.Roster(Guid.Parse("01900000-0000-7000-8000-00000000aaaa"), a, b, c);
        Assert.Empty(world.Differences());
        var before = world.Dump();

        var issues = await world.Join(a, b);
        Assert.Empty(world.Differences());
        Assert.Equal([MergeIssues.OnOneRoster, MergeIssues.TwoTubes], issues.Order());
        world.Store.Read(s =>
        {
            Assert.Equal(2, s.Scalar<int>("SELECT count(*) FROM registration WHERE person = @a AND duplicate = 1", new { a }));
            Assert.Equal(a, s.One<Guid>("SELECT person FROM contact WHERE id = @contact", new { contact }));
            Assert.True(s.Scalar<int>("SELECT count(*) FROM contact_task WHERE person = @a", new { a }) > 0);
            Assert.Equal(a, CaseBook.ByIds(s, [measles.Id])[measles.Id].Person);
            // One person, one duty of the round: the tube that is not resulted yet holds it open (INV-01).
            Assert.Equal(0, s.Scalar<int>("SELECT state FROM duty WHERE kind = 1 AND subject_id = @a", new { a }));
            Assert.Equal(3, s.Scalar<int>("SELECT sum(open) + sum(done) FROM duty_count WHERE kind = 1"));
            Assert.Empty(world.Merges.Columns.Where(x => !x.Own && x.Column is not ("id" or "basis_id") && x.Table != "duty")
                .Where(x => s.Scalar<int>($"SELECT count(*) FROM {x.Table} WHERE {x.Column} = @b", new { b }) > 0));
            return 0;
        });

        Assert.Empty(await world.Part(a, b));
        Assert.Empty(world.Differences());
        Assert.Equal(before, world.Dump());
        Assert.NotEqual(one.Id, two.Id);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_two_open_cases_two_custodies_and_two_contacts_are_listed_and_count_once(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var (a, other) = (await world.Person(1, kind: PresentKind.Hospital, place: "220204001001.c08"), await world.Person(3));
        var b = await world.Person(2, kind: PresentKind.CentralIsolation, place: "220204001001.c09");
        var index = await world.Case(other);
        await world.Contact(index, a);
        var second = await world.Contact(index, b);
        await world.Case(a);
        var twice = await world.Case(b);
        var before = world.Dump();
        var today = DateOnly.FromDateTime(world.Lab.Clock.GetUtcNow().Date);
        int Cumulative() => world.Store.Read(s => new FigureBook(Kernel.LocalDays.China).Of(s, world.Officer, "220204", "COVID-19", today.AddDays(-1), today.AddDays(2))).Value.Cumulative;
        Assert.Equal(3, Cumulative());

        var issues = await world.Join(a, b);
        Assert.Equal([MergeIssues.TwoCases, MergeIssues.TwoContacts, MergeIssues.TwoCustodies], issues.Order());
        Assert.Empty(world.Differences());
        Assert.Equal(2, Cumulative());
        Assert.Equal(CaseFlags.SamePerson, world.Store.Read(s => CaseBook.ByIds(s, [twice.Id]))[twice.Id].Flags);
        Assert.Equal("same_person", world.Store.Read(s => s.One<string>("SELECT flag FROM contact WHERE id = @second", new { second })));
        Assert.Equal(3, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM person_merge_issue WHERE state = 0")));

        await world.Part(a, b);
        Assert.Equal(3, Cumulative());
        Assert.Empty(world.Differences());
        Assert.Equal(before, world.Dump());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_does_not_go_together_is_a_duty_until_somebody_says_what_was_done(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var (a, b) = (await world.Person(1), await world.Person(2));
        await world.Tube(MergeWorld.ById(a));
        await world.Tube(MergeWorld.ById(b));
        Assert.NotEmpty(await world.Join(a, b));
        var merge = world.Store.Read(s => s.One<Guid>("SELECT id FROM person_merge WHERE loser = @b", new { b }));
        var settle = new SettleMergeHandler(world.Store);
        Caller Who(Role role, string territory) => new(new Actor(ActorKind.Staff, new Guid("01900000-0000-7000-8000-00000000c001")), new UnitId(Guid.Empty), territory, [new Grant(role, territory)]);
        var officer = world.Officer;
        int Open() => world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM duty WHERE kind = 22 AND state = 0 AND subject_id = @merge", new { merge }));
        Assert.Equal(1, Open());

        Assert.Equal("reason_missing", (await settle.Handle(new SettleMerge(merge, " "), officer)).Refusal!.Code);
        Assert.Equal("merge_unknown", (await settle.Handle(new SettleMerge(new Guid("01900000-0000-7000-8000-00000000dead"), "looked at"), officer)).Refusal!.Code);
        Assert.Equal("not_allowed", (await settle.Handle(new SettleMerge(merge, "looked at"), Who(officer.Grants[0].Role, "220283"))).Refusal!.Code);
        Assert.Equal(1, Open());
        Assert.True((await settle.Handle(new SettleMerge(merge, "both tubes are of one morning"), officer)).Ok);
        Assert.Equal(0, Open());
        Assert.Equal(0, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM person_merge_issue WHERE state = 0")));
        Assert.Empty(world.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_who_is_held_under_the_other_id_is_held_until_they_come_apart(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var a = await world.Person(1);
        var b = await world.Person(2, kind: PresentKind.CentralIsolation, place: "220204001001.c09");
        var before = world.Dump();
        Assert.Empty(await world.Join(a, b));
        Assert.Equal((PresentKind.CentralIsolation, "220204001001.c09"), Where(world, a));
        Assert.Empty(world.Differences());
        Assert.Empty(await world.Part(a, b));
        Assert.Equal((PresentKind.Residence, "220204001001"), Where(world, a));
        Assert.Equal(before, world.Dump());

        // A later move is of the person, under whichever id it is told, and is not taken back.
        await world.Join(a, b);
        world.Lab.Clock.Advance(TimeSpan.FromHours(1));
        await world.Lab.Write(s => RecordWhereaboutsHandler.Handle(s, [new(b, PresentKind.Hospital, "220204001001.c07", s.Now, "test")]));
        Assert.Equal((PresentKind.Hospital, "220204001001.c07"), Where(world, a));
        Assert.Equal([MergeIssues.MovedSince], await world.Part(a, b));
        Assert.Equal((PresentKind.Hospital, "220204001001.c07"), Where(world, a));
        Assert.Empty(world.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_what_devices_send_under_the_old_id_reaches_the_survivor_and_goes_back(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var (a, b) = (await world.Person(1), await world.Person(2));
        await world.Join(a, b);
        var (byId, byDocument, his) = (await world.Tube(MergeWorld.ById(b)), await world.Tube(MergeWorld.ByPassport(2)), await world.Tube(MergeWorld.ByPassport(1)));
        await world.Lab.Result((byId.Code, null), (byDocument.Code, null), (his.Code, null));
        Assert.Equal(3, Samples(world, a));
        Assert.Empty(world.Differences());
        Assert.Equal(0, world.Lab.Uncovered([a]));

        Assert.Empty(await world.Part(a, b));
        Assert.Equal((1, 2), (Samples(world, a), Samples(world, b)));
        Assert.Equal(0, world.Lab.Uncovered([a, b]));
        Assert.Empty(world.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_members_of_an_alert_follow_with_what_they_are_evidence_for(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var (a, b, c) = (await world.Person(1), await world.Person(2), await world.Person(3));
        var tube = await world.Tube(MergeWorld.ById(b), MergeWorld.ById(c));
        var (_, alerts) = await world.Lab.Result((tube.Code, 25));
        await new Qipan.Laboratory.RecordHoldHandler(world.Store, world.Lab.Work).Handle(world.Lab.Team, new Qipan.Laboratory.RecordHold(alerts.Single(), b));
        Assert.Empty(world.Differences());
        var before = world.Dump();

        // Both in one open alert cannot be one yet.
        Assert.Equal("both_in_open_alert", (await world.Decide.Handle(new DecideDuplicate(b, c, true, "the same"), world.Officer)).Refusal?.Code);
        Assert.Equal(before, world.Dump());
        await world.Join(a, b);
        Assert.Empty(world.Differences());
        Assert.Equal(a, world.Store.Read(s => s.One<Guid>("SELECT person FROM pool_alert_member WHERE person <> @c", new { c })));
        Assert.Empty(await world.Part(a, b));
        Assert.Empty(world.Differences());
        Assert.Equal(before, world.Dump());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_a_merge_across_counties_keeps_each_county_s_roster(StoreKind kind)
    {
        await using var world = await MergeWorld.Open(kind);
        var here = await world.Person(1);
        var there = await world.Person(2, roster: false, owner: LabNeighbour);
        var tube = await world.Tube(MergeWorld.ById(here));
        await world.Join(there, here);
        await world.Lab.Result((tube.Code, null));
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT state FROM duty WHERE kind = 1 AND subject_id = @there", new { there })));
        Assert.Empty(world.Differences());
        await world.Part(there, here);
        Assert.Equal(1, world.Store.Read(s => s.Scalar<int>("SELECT state FROM duty WHERE kind = 1 AND subject_id = @here", new { here })));
        Assert.Empty(world.Differences());
        Assert.Equal(0, world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM round_guest")));
    }

    const string LabNeighbour = Qipan.Conformance.Laboratory.LabWorld.Neighbour;

    static int Samples(MergeWorld world, Guid person) => world.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM registration WHERE person = @person", new { person }));

    static (PresentKind, string?) Where(MergeWorld world, Guid person) => world.Store.Read(s => PersonDirectory.ByIds(s, [person]))[person] is var row
        ? (row.PresentKind, row.PresentPlace) : default;
}
