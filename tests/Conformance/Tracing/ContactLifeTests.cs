using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Tracing;

/// <summary>From the decision to a correct release: INV-24 and INV-28 to INV-33, each by its name.</summary>
[Trait("area", "tracing")]
public sealed class ContactLifeTests
{
    /// <summary>The case is person 1; persons 2 (close) and 3 (met 2, not 1) are proposed.</summary>
    static async Task<TraceCity> Open(StoreKind kind)
    {
        var city = await TraceCity.Open(kind);
        await city.People(9);
        var (canteen, park) = (await city.Venue("Canteen of test", "restaurant"), await city.Venue("Park of test", "office"));
        await city.Visit(1, canteen, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Visit(2, canteen, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Visit(2, park, "2022-03-20T15:00", "2022-03-20T16:00");
        await city.Visit(3, park, "2022-03-20T15:00", "2022-03-20T16:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(1);
        return city;
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_contact_is_released_when_the_days_the_tests_and_the_last_visit_are_there_and_not_before(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        var contact = city.Contact(1, 2);
        Assert.Equal((ContactState.Determined, "CN-COVID-8@1", TraceCity.At("2022-04-10T13:00")), (contact.State, contact.Protocol, contact.ReleaseAt));
        await city.Quarantine(contact);
        Assert.Equal(0, ProposeTests.Duties(city, 16));
        Assert.Equal(["test", "test", "test", "double_sample", "last_visit", "time"], city.Missing(2).OrderByDescending(c => c == "test").ThenBy(c => c, StringComparer.Ordinal));

        foreach (var (day, at) in new[] { (1, "2022-03-21T10:00"), (4, "2022-03-24T10:00"), (7, "2022-03-27T10:00"), (14, "2022-04-03T10:00"), (14, "2022-04-03T10:05") })
        {
            city.Clock.Set(TraceCity.At(at));
            await city.Sample(2, at);
            Assert.True(day > 0);
        }
        await city.SeenOn(contact, 14);
        Assert.Equal(["time"], city.Missing(2));
        city.Clock.Set(TraceCity.At("2022-04-10T12:59"));
        var early = await city.Release.Handle(TraceCity.Investigator, new ReleaseContacts([contact.Id]));
        Assert.Equal("release_not_ready", early.Value.Items[0].Code);
        city.Clock.Set(TraceCity.At("2022-04-10T13:00"));
        var released = await city.Release.Handle(TraceCity.Investigator, new ReleaseContacts([contact.Id]));
        Assert.True(released.Value.Items[0].Done);
        Assert.Equal(ContactState.Released, city.Contact(1, 2).State);
        var decision = city.Store.Read(s => s.One<string>("SELECT checklist FROM release_decision WHERE contact = @Id", new { contact.Id }))!;
        Assert.Equal(5, TracingJson.Read<List<CheckLine>>(decision).SelectMany(l => l.Evidence).Count(e => e.StartsWith("registration/", StringComparison.Ordinal)));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_sample_without_a_result_or_one_that_is_not_negative_holds_the_release(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        await city.Sample(2, "2022-03-21T10:00", SampleAnswer.Pending);
        await city.Sample(2, "2022-03-24T10:00", SampleAnswer.NotNegative);
        await city.Sample(2, "2022-03-27T10:00", SampleAnswer.Negative, tubeKind: 10);
        Assert.Contains("pending", city.Missing(2));
        Assert.Contains("not_negative", city.Missing(2));
        // A pool says nothing of one person in isolation: three single tests are missing as before.
        Assert.Equal(3, city.Missing(2).Count(c => c == "test"));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_28_Of_several_exposures_the_latest_end_counts_and_all_rows_end_together(StoreKind kind)
    {
        await using var city = await Open(kind);
        var office = await city.Venue("Second office of test", "office");
        await city.Visit(4, office, "2022-03-20T17:00", "2022-03-20T18:00");
        await city.Visit(2, office, "2022-03-20T17:00", "2022-03-20T18:00");
        await city.Case(2, 4, "2022-03-20", "2022-03-21T08:30", "2022-03-21T08:45");
        await city.Ask(2);
        await city.Accept(city.Contact(1, 2));
        Assert.Contains("undecided", city.Missing(2));
        await city.Accept(city.Contact(2, 2));
        Assert.DoesNotContain("undecided", city.Missing(2));
        Assert.Equal(TraceCity.At("2022-04-10T13:00"), city.Contact(1, 2).ReleaseAt);
        Assert.Equal(TraceCity.At("2022-04-10T18:00"), city.Contact(2, 2).ReleaseAt);
        await Finish(city, 2, city.Contact(1, 2), city.Contact(2, 2));
        city.Clock.Set(TraceCity.At("2022-04-10T14:00"));
        Assert.Equal(["time"], city.Missing(2));
        Assert.False((await city.Release.Handle(TraceCity.Investigator, new ReleaseContacts([city.Contact(1, 2).Id]))).Value.Items[0].Done);
        city.Clock.Set(TraceCity.At("2022-04-10T18:00"));
        Assert.True((await city.Release.Handle(TraceCity.Investigator, new ReleaseContacts([city.Contact(1, 2).Id]))).Value.Items[0].Done);
        Assert.Equal([ContactState.Released, ContactState.Released], [city.Contact(1, 2).State, city.Contact(2, 2).State]);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_24_Contacts_of_a_case_that_is_none_are_withdrawn_and_other_exposures_go_on(StoreKind kind)
    {
        await using var city = await Open(kind);
        var office = await city.Venue("Second office of test", "office");
        await city.Visit(4, office, "2022-03-20T17:00", "2022-03-20T18:00");
        await city.Visit(2, office, "2022-03-20T17:00", "2022-03-20T18:00");
        await city.Case(2, 4, "2022-03-20", "2022-03-21T08:30", "2022-03-21T08:45");
        await city.Ask(2);
        await city.Accept(city.Contact(1, 2), city.Contact(1, 3, 2), city.Contact(2, 2));

        await city.SetCase(1, "class", (short)5);
        var (withdrawn, _) = (await city.Consequences.RuledOut(TraceCity.CaseId(1))).Value;
        Assert.Equal(withdrawn, city.Contacts(1).Count(c => c.State == ContactState.Withdrawn));
        Assert.All(city.Contacts(1), c => Assert.Equal(("the index case was ruled out", $"case/{TraceCity.CaseId(1):N}"), (c.Reason, c.EndedBy)));
        Assert.All(city.Tasks(city.Contact(1, 2)), t => Assert.Equal(TaskState.Withdrawn, t.State));
        Assert.Equal(ContactState.Determined, city.Contact(2, 2).State);
        Assert.NotEqual(["nothing_active"], city.Missing(2));
        Assert.Equal(["nothing_active"], city.Missing(3));
        city.Verify();

        // It is one after all: what fell with it stands again.
        await city.SetCase(1, "class", (short)3);
        Assert.True((await city.Consequences.Restored(TraceCity.CaseId(1))).Value > 0);
        Assert.Equal(ContactState.Determined, city.Contact(1, 2).State);
        Assert.Contains(city.Tasks(city.Contact(1, 2)), t => t.State == TaskState.Open);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_29_A_contact_of_a_contact_who_turned_positive_is_a_close_contact_with_a_clock_of_its_own(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2), city.Contact(1, 3, 2));
        var secondary = city.Contact(1, 3, 2);
        Assert.Equal(TraceCity.At("2022-03-27T16:00"), secondary.ReleaseAt);
        await city.Sample(3, "2022-03-21T10:00");
        await city.Sample(2, "2022-03-21T10:00", SampleAnswer.NotNegative);
        city.Clock.Set(TraceCity.At("2022-03-21T18:00"));
        await city.Case(2, 2, null, "2022-03-21T18:00", "2022-03-21T18:00", kind: 4, positive: "2022-03-21T10:00");

        var (converted, upgraded) = (await city.Consequences.BecameCase(TraceCity.CaseId(2))).Value;
        Assert.Equal((1, 1), (converted, upgraded));
        Assert.Equal(ContactState.Upgraded, city.Contact(1, 3, 2).State);
        var close = city.Contact(2, 3);
        Assert.Equal((ContactKind.Close, ContactState.Determined, 1, secondary.LastExposure), (close.Kind, close.State, close.Ring, close.LastExposure));
        Assert.Equal(TraceCity.At("2022-04-10T16:00"), close.ReleaseAt);
        // The test that was done before still counts.
        Assert.Equal(2, city.Missing(3).Count(c => c == "test"));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_29_A_contact_of_a_contact_of_two_cases_is_one_close_contact_of_the_third(StoreKind kind)
    {
        await using var city = await Open(kind);
        var market = await city.Venue("Market of test", "office");
        await city.Visit(4, market, "2022-03-20T10:00", "2022-03-20T11:00");
        await city.Visit(2, market, "2022-03-20T10:00", "2022-03-20T11:00");
        await city.Case(4, 4, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(4);
        await city.Accept(city.Contact(1, 2), city.Contact(1, 3, 2), city.Contact(4, 2), city.Contact(4, 3, 2));
        city.Clock.Set(TraceCity.At("2022-03-21T18:00"));
        await city.Case(2, 2, null, "2022-03-21T18:00", "2022-03-21T18:00", kind: 4, positive: "2022-03-21T10:00");

        Assert.Equal((2, 2), (await city.Consequences.BecameCase(TraceCity.CaseId(2))).Value);
        Assert.All([city.Contact(1, 3, 2), city.Contact(4, 3, 2)], r => Assert.Equal(ContactState.Upgraded, r.State));
        var close = Assert.Single(city.Contacts(2), r => r.Person == TraceCity.Id(3));
        Assert.Equal((ContactKind.Close, ContactState.Determined, 1), (close.Kind, close.State, close.Ring));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_30_A_contact_that_becomes_a_case_ends_and_revives_with_the_remaining_days_when_it_is_none(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        await city.Quarantine(city.Contact(1, 2));
        var before = city.Contact(1, 2);
        city.Clock.Set(TraceCity.At("2022-03-24T12:00"));
        await city.Case(2, 2, "2022-03-23", "2022-03-24T12:00", "2022-03-24T12:00", kind: 1);
        await city.Consequences.BecameCase(TraceCity.CaseId(2));
        Assert.Equal((ContactState.ConvertedToCase, ContactState.UnderQuarantine), (city.Contact(1, 2).State, city.Contact(1, 2).BeforeState));
        var link = Assert.Single(city.Store.Read(s => Links.Holding(s, [TraceCity.CaseId(2)])));
        Assert.Equal((TraceCity.CaseId(1), LinkConfidence.Suspected, new DateOnly(2022, 3, 20)), (link.FromCase, link.Confidence, link.ExposureOn));
        Assert.Equal(["nothing_active"], city.Missing(2));
        Assert.DoesNotContain(city.Tasks(before), t => t.State == TaskState.Open);

        city.Clock.Set(TraceCity.At("2022-03-26T09:00"));
        await city.SetCase(2, "class", (short)5);
        var (_, revived) = (await city.Consequences.RuledOut(TraceCity.CaseId(2))).Value;
        Assert.Equal(1, revived);
        var again = city.Contact(1, 2);
        Assert.Equal((ContactState.UnderQuarantine, before.ReleaseAt, before.LastExposure), (again.State, again.ReleaseAt, again.LastExposure));
        Assert.Equal(6, city.Tasks(again).Where(t => t.State == TaskState.Open && t.Kind == TaskKind.Visit).Min(t => t.Day));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_31_A_room_mate_who_turns_positive_extends_the_stay_from_the_last_exposure_to_them(StoreKind kind)
    {
        await using var city = await Open(kind);
        await city.Accept(city.Contact(1, 2));
        await city.Quarantine(city.Contact(1, 2));
        const string Room = TraceCity.Community + ".c09.b1.u1.301";
        city.Clock.Set(TraceCity.At("2022-03-22T10:00"));
        await city.Write(session => Assert.True(RecordWhereaboutsHandler.Handle(session,
            [.. new[] { 2, 5 }.Select(p => new RecordWhereabouts(TraceCity.Id(p), PresentKind.CentralIsolation, Room, city.Clock.GetUtcNow(), "isolation/test"))]).Ok));
        city.Clock.Set(TraceCity.At("2022-03-25T09:00"));
        await city.Case(2, 5, null, "2022-03-25T09:00", "2022-03-25T09:00", kind: 4, positive: "2022-03-25T07:00");
        await city.Ask(2);
        var mate = city.Contact(2, 2);
        Assert.Equal(("household", "room", TraceCity.At("2022-03-25T09:00")), (mate.Situation, mate.Sources, mate.LastExposure));
        await city.Accept(mate);
        Assert.Equal(TraceCity.At("2022-04-15T09:00"), city.Contact(2, 2).ReleaseAt);
        Assert.Equal(TraceCity.At("2022-04-15T09:00"), city.Store.Read(s => ContactViews.One(s, TraceCity.Investigator, city.Work.Days, mate.Id, city.Clock.GetUtcNow())).Value.ReleaseAt);
        Assert.Equal(2, city.Missing(2).Count(c => c == "time"));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_33_Another_protocol_changes_no_stay_until_somebody_signs_and_can_be_taken_back(StoreKind kind)
    {
        await using var city = await Open(kind);
        city.Clock.Set(TraceCity.At("2022-06-25T09:00"));
        var office = await city.Venue("June office of test", "office");
        await city.Visit(6, office, "2022-06-23T12:00", "2022-06-23T13:00");
        await city.Visit(7, office, "2022-06-23T12:00", "2022-06-23T13:00");
        await city.Case(3, 6, "2022-06-24", "2022-06-25T08:00", "2022-06-25T09:00");
        await city.Ask(3);
        await city.Accept(city.Contact(3, 7));
        await city.Quarantine(city.Contact(3, 7));
        var (reevaluate, decide) = (new ReevaluatePlansHandler(city.Store, TraceCity.Book, LocalDays.China, city.Work), new DecidePlansHandler(city.Store, city.Work));
        Assert.Equal(0, (await reevaluate.Handle(TraceCity.Investigator, new ReevaluatePlans(TraceCity.County))).Value.Proposed);

        city.Clock.Set(TraceCity.At("2022-06-28T09:00"));
        Assert.Equal(1, (await reevaluate.Handle(TraceCity.Investigator, new ReevaluatePlans(TraceCity.County))).Value.Proposed);
        Assert.Equal(0, (await reevaluate.Handle(TraceCity.Investigator, new ReevaluatePlans(TraceCity.County))).Value.Proposed);
        var proposal = city.Store.Read(s => s.Query<PlanProposal>("SELECT * FROM plan_proposal"))[0];
        Assert.Equal(("CN-COVID-8@1", "CN-COVID-9@1", TraceCity.At("2022-07-14T13:00"), TraceCity.At("2022-07-03T13:00")),
            (proposal.OldProtocol, proposal.NewProtocol, proposal.OldEnd, proposal.NewEnd));
        Assert.Equal("CN-COVID-8@1", city.Contact(3, 7).Protocol);
        Assert.IsType<ReasonNeeded>((await decide.Handle(TraceCity.Investigator, new DecidePlans([proposal.Id], PlanProposalState.Accepted, " "))).Refusal);

        Assert.Equal(1, (await decide.Handle(TraceCity.Investigator, new DecidePlans([proposal.Id], PlanProposalState.Accepted, "order 9"))).Value.Decided);
        Assert.Equal(("CN-COVID-9@1", TraceCity.At("2022-07-03T13:00")), (city.Contact(3, 7).Protocol, city.Contact(3, 7).ReleaseAt));
        city.Verify();
        Assert.Equal(1, (await decide.Handle(TraceCity.Investigator, new DecidePlans([proposal.Id], PlanProposalState.Reverted, "too early"))).Value.Decided);
        Assert.Equal(("CN-COVID-8@1", TraceCity.At("2022-07-14T13:00")), (city.Contact(3, 7).Protocol, city.Contact(3, 7).ReleaseAt));
        Assert.Equal(0, (await decide.Handle(TraceCity.Investigator, new DecidePlans([proposal.Id], PlanProposalState.Accepted, "again"))).Value.Decided);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_rejection_needs_a_reason_keeps_it_and_is_the_last_word_until_more_is_known(StoreKind kind)
    {
        await using var city = await Open(kind);
        var contact = city.Contact(1, 2);
        Assert.IsType<ReasonNeeded>((await city.Decide.Handle(TraceCity.Investigator, new DecideContacts([contact.Id], false))).Refusal);
        Assert.Equal(1, (await city.Decide.Handle(TraceCity.Investigator, new DecideContacts([contact.Id], false, "behind glass"))).Value.Decided);
        await city.Ask(1);
        Assert.Equal((ContactState.Rejected, "behind glass"), (city.Contact(1, 2).State, city.Contact(1, 2).Reason));
        Assert.Equal("state_forbids", (await city.Decide.Handle(TraceCity.Investigator, new DecideContacts([contact.Id], true))).Value.Items[0].Code);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_wave_of_proposals_is_decided_at_once_each_with_its_own_plan_duties_and_history(StoreKind kind)
    {
        const int Wave = 700;
        await using var city = await TraceCity.Open(kind);
        await city.People(Wave + 1);
        var hall = await city.Venue("Hall of test", "office");
        await city.Visit(1, hall, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Crowd(2, Wave, hall, "2022-03-20T12:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        Assert.Equal(Wave, (await city.Ask(1)).New);
        Assert.Equal(Wave, ProposeTests.Duties(city, 15));

        var all = new DecideAllHandler(city.Store, city.Decide);
        Assert.IsType<ReasonNeeded>((await all.Handle(TraceCity.Investigator, new DecideAll(TraceCity.CaseId(1), 1, false))).Refusal);
        // Those who were there for less than half of the time that counts in full are none; the others are.
        var rejected = (await all.Handle(TraceCity.Investigator, new DecideAll(TraceCity.CaseId(1), 1, false, UpTo: 0.2, Reason: "behind glass"))).Value.Decided;
        Assert.InRange(rejected, 1, Wave - 1);
        Assert.Equal(Wave - rejected, (await all.Handle(TraceCity.Investigator, new DecideAll(TraceCity.CaseId(1), 1, true))).Value.Decided);
        Assert.Equal(0, ProposeTests.Duties(city, 15));
        Assert.Equal(Wave - rejected, ProposeTests.Duties(city, 16));
        Assert.Equal((Wave - rejected) * ((14 * 2) + 5), ProposeTests.Duties(city, 17) + ProposeTests.Duties(city, 18));
        Assert.Equal(Wave, city.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM contact_change")));
        var page = city.Store.Read(s => ContactLists.Of(s, TraceCity.Investigator, new ContactFilter(TraceCity.County), null, 100));
        var seen = page.Items.Select(c => c.Id).ToHashSet();
        while (page.Next is { } next)
        {
            page = city.Store.Read(s => ContactLists.Of(s, TraceCity.Investigator, new ContactFilter(TraceCity.County), next, 100));
            Assert.All(page.Items, c => Assert.True(seen.Add(c.Id)));
        }
        Assert.Equal(Wave - rejected, seen.Count);
        city.Verify();
    }

    /// <summary>All samples of the eighth edition, and the last visits of the rows.</summary>
    static async Task Finish(TraceCity city, int person, params ContactRow[] rows)
    {
        await city.Quarantine(rows);
        foreach (var at in new[] { "2022-03-21T10:00", "2022-03-24T10:00", "2022-03-27T10:00", "2022-04-03T10:00", "2022-04-03T10:05" })
        {
            city.Clock.Set(TraceCity.At(at));
            await city.Sample(person, at);
        }
        foreach (var row in rows)
            await city.SeenOn(row, 14);
    }
}
