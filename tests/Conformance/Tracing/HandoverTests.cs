using Qipan.Cases;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Tracing;

/// <summary>Found here, living there: INV-38 and what stands on it. Person 1 is the case, 2 a close contact who lives in the other county.</summary>
[Trait("area", "tracing")]
public sealed class HandoverTests
{
    const string Other = "220203";

    const string There = "220203002002";

    static readonly Caller Receiver = new(new Actor(ActorKind.Staff, new Guid("01900000-0000-7000-8000-00000000b056")), new UnitId(Guid.Empty), Other,
        [new Grant(Role.Investigator, Other), new Grant(Role.GridWorker, Other)]);

    static async Task<TraceCity> People(StoreKind kind, bool served = true)
    {
        var city = await TraceCity.Open(kind);
        await city.People(9);
        await city.Write(session =>
        {
            session.Execute("UPDATE person SET present_owner = @Other, present_place = @There, present_kind = 8 WHERE id = @id", new { Other, There, id = TraceCity.Id(2) });
            foreach (var county in served ? [TraceCity.County, Other] : new[] { TraceCity.County })
                session.Insert(UnitRow.Rows, [new UnitRow { Owner = county, Id = session.NewId(), Kind = UnitKind.Cdc, Name = "CDC", Territory = county }]);
        });
        return city;
    }

    static async Task<TraceCity> Open(StoreKind kind, bool served = true)
    {
        var city = await People(kind, served);
        var canteen = await city.Venue("Canteen of test", "restaurant");
        await city.Visit(1, canteen, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Visit(2, canteen, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(1);
        return city;
    }

    static HandoverRow Sent(TraceCity city) => city.Store.Read(s => s.Query<HandoverRow>("SELECT * FROM handover")).Single();

    static AcceptHandoverHandler Accepting(TraceCity city) => new(city.Store);

    /// <summary>Open duties about the contact by county: visits, tests, control.</summary>
    static Dictionary<string, int> Open(TraceCity city, ContactRow contact) => city.Store.Read(s => s.Query<string>(
        "SELECT owner FROM duty WHERE state = 0 AND (kind IN (17, 18) AND basis_id = @basis OR kind = 16 AND subject_id = @Id)", new { basis = contact.Id.ToString("N"), contact.Id }))
        .CountBy(o => o).ToDictionary();

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_38_the_sender_keeps_the_duty_until_the_receiver_accepts_and_has_it_no_more_then(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        var sent = Sent(city);
        Assert.Equal((TraceCity.County, Other, There, HandoverState.Requested, false), (sent.Owner, sent.ToOwner, sent.Place, sent.State, sent.Outside));
        var before = Open(city, city.Contact(1, 2));
        Assert.Equal([TraceCity.County], before.Keys);
        Assert.Equal(1, Answering(city, Other));
        city.Verify();

        // One signature is not enough: the sender may not accept for the receiver, and nothing is taken over without the acknowledgement.
        Assert.Equal("handover_unknown", (await Accepting(city).Handle(TraceCity.Investigator, new AcceptHandover(sent.Id, true))).Refusal!.Code);
        Assert.Equal("handover_unacknowledged", (await Accepting(city).Handle(Receiver, new AcceptHandover(sent.Id, false))).Refusal!.Code);
        Assert.Equal(before, Open(city, city.Contact(1, 2)));

        Assert.True((await Accepting(city).Handle(Receiver, new AcceptHandover(sent.Id, true, There + ".c01.b2"))).Ok);
        var taken = city.Contact(1, 2);
        Assert.Equal((Other, There + ".c01.b2", ContactState.Determined), (taken.Custody, taken.Area, taken.State));
        Assert.Equal(new Dictionary<string, int> { [Other] = before[TraceCity.County] }, Open(city, taken));
        Assert.All(city.Tasks(taken).Where(t => t.State == TaskState.Open), t => Assert.Equal((taken.Area, taken.Team), (t.Area, t.Team)));
        Assert.Equal(0, Answering(city, Other));
        city.Verify();

        // Who has custody acts, who sent it does not any more; both still see it.
        var refused = await city.Move.Handle(TraceCity.Investigator, new MoveContacts([taken.Id], ContactState.Located));
        Assert.Equal("contact_unknown", refused.Value.Items[0].Code);
        Assert.True((await city.Move.Handle(Receiver, new MoveContacts([taken.Id], ContactState.UnderQuarantine))).Value.Items[0].Done);
        Assert.All([TraceCity.Investigator, Receiver], who => Assert.True(city.Store.Read(s => ContactViews.One(s, who, city.Work.Days, taken.Id, city.Clock.GetUtcNow())).Ok));
        Assert.Single(city.Store.Read(s => ContactLists.Of(s, Receiver, new ContactFilter(Other), null, 10)).Items);
        Assert.Empty(city.Store.Read(s => ContactLists.Of(s, TraceCity.Investigator, new ContactFilter(TraceCity.County), null, 10)).Items);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_38_a_hand_over_that_nobody_answers_is_late_at_two_eight_and_twenty_four_hours_and_the_sender_still_has_the_person(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        var raise = new RaiseHandovers(city.Store, TraceCity.Settings);
        var levels = new List<int>();
        foreach (var at in new[] { "2022-03-21T10:59", "2022-03-21T11:00", "2022-03-21T16:59", "2022-03-21T17:00", "2022-03-22T09:00" })
        {
            city.Clock.Set(TraceCity.At(at));
            await raise.Look();
            levels.Add(Sent(city).Level);
        }
        Assert.Equal([0, 1, 1, 2, 3], levels);
        Assert.Null(Sent(city).LateAt);
        Assert.Equal([TraceCity.County], Open(city, city.Contact(1, 2)).Keys);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_refused_hand_over_leaves_everything_with_the_sender_who_may_ask_again_and_get_the_person_back_later(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        var (ending, asking) = (new RefuseHandoverHandler(city.Store), new RequestHandoverHandler(city.Store, new HandoverWork(TraceCity.Settings)));
        var first = Sent(city);
        Assert.Equal("reason_missing", (await ending.Handle(Receiver, new RefuseHandover(first.Id, " "))).Refusal!.Code);
        Assert.True((await ending.Handle(Receiver, new RefuseHandover(first.Id, "nobody lives there"))).Ok);
        Assert.Equal("state_forbids", (await Accepting(city).Handle(Receiver, new AcceptHandover(first.Id, true))).Refusal!.Code);
        var contact = city.Contact(1, 2);
        var before = Open(city, contact);
        Assert.Equal([TraceCity.County], before.Keys);

        var again = (await asking.Handle(TraceCity.Investigator, new RequestHandover(HandoverSubject.Contact, contact.Id, null, "lives there, asked the neighbours"))).Value;
        Assert.Equal("handover_under_way", (await asking.Handle(TraceCity.Investigator, new RequestHandover(HandoverSubject.Contact, contact.Id, null, "twice"))).Refusal!.Code);
        Assert.True((await Accepting(city).Handle(Receiver, new AcceptHandover(again.Id, true))).Ok);

        // And back again: the duties that were withdrawn when the person went are open once more.
        var back = (await asking.Handle(Receiver, new RequestHandover(HandoverSubject.Contact, contact.Id, TraceCity.Community, "went home"))).Value;
        Assert.True((await Accepting(city).Handle(TraceCity.Investigator, new AcceptHandover(back.Id, true))).Ok);
        Assert.Equal(before, Open(city, city.Contact(1, 2)));
        Assert.Equal(TraceCity.County, city.Contact(1, 2).Custody);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_36_a_second_exposure_is_followed_by_the_county_that_has_the_person_already(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        await Accepting(city).Handle(Receiver, new AcceptHandover(Sent(city).Id, true));
        var shop = await city.Venue("Shop of test", "restaurant");
        await city.Visit(3, shop, "2022-03-20T17:00", "2022-03-20T18:00");
        await city.Visit(2, shop, "2022-03-20T17:00", "2022-03-20T18:00");
        await city.Case(2, 3, "2022-03-20", "2022-03-21T08:30", "2022-03-21T09:00");
        await city.Ask(2);
        await city.Accept(city.Contact(2, 2));
        Assert.Equal([Other, Other], new[] { city.Contact(1, 2).Custody, city.Contact(2, 2).Custody });
        Assert.Single(city.Store.Read(s => s.Query<HandoverRow>("SELECT * FROM handover")));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_county_outside_this_deployment_accepts_under_a_number_and_the_person_is_followed_here_no_more(StoreKind kind)
    {
        await using var city = await Open(kind, served: false);
        await city.Accept(city.Contact(1, 2));
        var sent = Sent(city);
        Assert.True(sent.Outside);
        Assert.Equal(1, Answering(city, TraceCity.County));
        Assert.Equal("handover_number_missing", (await Accepting(city).Handle(TraceCity.Investigator, new AcceptHandover(sent.Id, true))).Refusal!.Code);
        Assert.True((await Accepting(city).Handle(TraceCity.Investigator, new AcceptHandover(sent.Id, true, Number: "2022-117"))).Ok);
        var gone = city.Contact(1, 2);
        Assert.Equal(ContactState.HandedOver, gone.State);
        Assert.Empty(Open(city, gone));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_request_falls_with_what_it_was_about(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        await city.SetCase(1, "class", (short)5);
        await city.Consequences.RuledOut(TraceCity.CaseId(1));
        Assert.Equal((HandoverState.Cancelled, 0), (Sent(city).State, Answering(city, Other)));
        Assert.Equal("state_forbids", (await Accepting(city).Handle(Receiver, new AcceptHandover(Sent(city).Id, true))).Refusal!.Code);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_38_a_case_is_counted_where_it_was_found_and_investigated_where_it_was_accepted(StoreKind kind)
    {
        await using var city = await People(kind);
        var opened = await city.WriteOf(session => new CaseWork(TraceCity.Book, LocalDays.China, new CasesSettings()).Open(session, new NewCase
        {
            Owner = TraceCity.County,
            Person = TraceCity.Id(5),
            Disease = "COVID-19",
            Class = CaseClass.Confirmed,
            FoundAt = session.Now,
            BasisKind = "report",
            BasisId = "test",
        }));
        var row = opened.Value.Case;
        var asking = new RequestHandoverHandler(city.Store, new HandoverWork(TraceCity.Settings));
        var sent = (await asking.Handle(TraceCity.Investigator, new RequestHandover(HandoverSubject.Case, row.Id, There, "lives there"))).Value;
        Assert.True((await Accepting(city).Handle(Receiver, new AcceptHandover(sent.Id, true))).Ok);

        var taken = city.Store.Read(s => CaseBook.ByIds(s, [row.Id]))[row.Id];
        Assert.Equal((TraceCity.County, Other, row.OnsetRegion, There), (taken.Owner, taken.Custody, taken.OnsetRegion, taken.CurrentRegion));
        var clocks = city.Store.Read(s => s.Query<DutyLine>("SELECT * FROM duty WHERE subject_id = @Id AND state = 0", new { row.Id })).ToLookup(d => d.Owner, d => d.Kind);
        Assert.Equal([DutyKind.ReportCase, DutyKind.ReviewCase], clocks[TraceCity.County].Order());
        Assert.Equal([DutyKind.InvestigateCore, DutyKind.InvestigateFull, DutyKind.TraceContacts, DutyKind.FindSource], clocks[Other].Order());
        Assert.Equal(6, city.Store.Read(s => CaseViews.Clocks(s, taken)).Count(c => c.State == DutyState.Open));
        Assert.Contains(taken.Id, city.Store.Read(s => CaseBook.Page(s, new CaseFilter { Territory = Other })).Items.Select(c => c.Id));
        Assert.Single(city.Store.Read(s => CaseBook.OfPersons(s, [TraceCity.Id(5)])));
        // The receiver reports cases of its own, so both counties are asked; above both, the one that went over is one.
        await city.Write(session => Assert.True(new CaseWork(TraceCity.Book, LocalDays.China, new CasesSettings()).Open(session, new NewCase
        {
            Owner = Other,
            Person = TraceCity.Id(6),
            Disease = "COVID-19",
            Class = CaseClass.Confirmed,
            FoundAt = session.Now,
            BasisKind = "report",
            BasisId = "own",
        }).Ok));
        long Listed(params string[] territories) => city.Store.Read(s => CaseBook.Count(s, new CaseFilter { Territories = territories }));
        Assert.Equal((1, 2, 2, 2), (Listed(TraceCity.County), Listed(Other), Listed("2202"), Listed(TraceCity.County, Other)));
        // The same of its chains: the county that investigates sees the case in them, and above both it stands once.
        var above = new Caller(Receiver.Actor, new UnitId(Guid.Empty), "2202", [new Grant(Role.Investigator, "2202")]);
        int Chained(Caller who, string territory) => city.Store.Read(s => new ChainBook(LocalDays.China).Of(s, who, territory, "COVID-19")).Value.Cases.Count;
        long Counted(Caller who, string territory) => city.Store.Read(s => ChainBook.Diseases(s, who, territory)).Value.Single().Cases;
        Assert.Equal((1, 2, 2), (Chained(TraceCity.Investigator, TraceCity.County), Chained(Receiver, Other), Chained(above, "2202")));
        Assert.Equal((1, 2, 2), (Counted(TraceCity.Investigator, TraceCity.County), Counted(Receiver, Other), Counted(above, "2202")));

        // The receiver investigates: its act ends its duty.
        var acts = new CaseActs(city.Store, LocalDays.China);
        Assert.True((await new AskedContactsHandler(acts).Handle(Receiver, new AskedContacts(row.Id))).Ok);
        Assert.DoesNotContain(DutyKind.TraceContacts, city.Store.Read(s => s.Query<DutyLine>("SELECT * FROM duty WHERE subject_id = @Id AND state = 0", new { row.Id })).Select(d => d.Kind));
        Assert.Empty(city.Store.Read(s => new VerifyCases().Verify(s, new Tally()).ToList()));
    }

    static int Answering(TraceCity city, string county) =>
        city.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM duty WHERE kind = 21 AND state = 0 AND owner = @county", new { county }));
}
