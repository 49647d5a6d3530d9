using Qipan.Engine;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Tracing;

[Trait("area", "tracing")]
public sealed class ProposeTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Who_met_the_case_and_who_met_those_are_proposed_with_their_evidence(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(6);
        var (canteen, park) = (await city.Venue("Canteen of test", "restaurant"), await city.Venue("Park of test", "park"));
        await city.Visit(1, canteen, "2022-03-19T12:00", "2022-03-19T13:00");
        await city.Visit(2, canteen, "2022-03-19T12:30", "2022-03-19T13:30");
        await city.Visit(3, canteen, "2022-03-19T13:00", "2022-03-19T14:00");   // touches the case, meets 2
        await city.Visit(4, canteen, "2022-03-10T12:00", "2022-03-10T13:00");
        await city.Visit(1, canteen, "2022-03-10T12:00", "2022-03-10T13:00");   // before the window
        await city.Visit(2, park, "2022-03-20T08:00", "2022-03-20T09:00");
        await city.Visit(5, park, "2022-03-20T08:30", "2022-03-20T10:00");
        await city.Case(1, person: 1, onset: "2022-03-20", found: "2022-03-21T08:00", isolated: "2022-03-21T09:00");

        var report = await city.Ask(1);

        Assert.Equal((1, 2, 3), (report.Ring1, report.Ring2, report.New));
        Assert.StartsWith("onset_date 2022-03-20: 2022-03-18", report.Window, StringComparison.Ordinal);
        var close = city.Contact(1, 2);
        Assert.Equal((ContactKind.Close, "shared_meal", ContactState.Proposed, 1800L), (close.Kind, close.Situation, close.State, close.Seconds));
        Assert.Equal(TraceCity.At("2022-03-19T13:00"), close.LastExposure);
        var meeting = Assert.Single(close.ReadEvidence().Meetings);
        Assert.Equal((canteen.ToString("N"), TraceCity.At("2022-03-19T12:30").ToUnixTimeSeconds(), false), (meeting.Venue, meeting.From, meeting.Inferred));
        Assert.Contains("overlap 30 min 0.5", close.ReadEvidence().Rating, StringComparison.Ordinal);
        Assert.All([3, 5], person =>
        {
            var secondary = city.Contact(1, person, ring: 2);
            Assert.Equal((ContactKind.Secondary, close.Id), (secondary.Kind, secondary.IndexContact));
        });
        Assert.Equal("CN-COVID-8@1", close.Protocol);
        Assert.Equal(3, Duties(city, 15));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Proposing_again_changes_nothing_and_new_visits_add_what_they_show(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(4);
        var office = await city.Venue("Office of test", "office");
        await city.Visit(1, office, "2022-03-19T09:00", "2022-03-19T17:00");
        await city.Visit(2, office, "2022-03-19T09:00", "2022-03-19T12:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(1);
        var before = city.Contacts(1);
        Assert.Equal(0, (await city.Ask(1)).New);
        Assert.Equal(before, city.Contacts(1));

        await city.Visit(3, office, "2022-03-19T10:00", "2022-03-19T11:00");
        Assert.Equal(1, (await city.Ask(1)).New);
        Assert.Equal([1, 1], city.Contacts(1).Select(c => c.Ring));
        Assert.Equal(2, Duties(city, 15));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_43_A_leave_that_nobody_recorded_marks_the_evidence_and_nothing_is_decided_by_the_program(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(4);
        var shop = await city.Venue("Shop of test", "shop");
        await city.Visit(1, shop, "2022-03-19T12:00", "2022-03-19T12:30", area: 1, kind: LeaveKind.Inferred);
        await city.Visit(2, shop, "2022-03-19T12:10", "2022-03-19T12:20", area: 1);
        await city.Visit(3, shop, "2022-03-19T12:10", "2022-03-19T12:20", area: 2);    // the next hall
        await city.Visit(4, shop, "2022-03-19T12:10", "2022-03-19T12:20");             // it is not known where
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(1);
        var found = city.Contacts(1).Where(c => c.Ring == 1).ToList();
        Assert.Equal([TraceCity.Id(2), TraceCity.Id(4)], found.Select(c => c.Person).Order());
        Assert.All(found, c => Assert.True(c.ReadEvidence().Inferred));
        Assert.All(found, c => Assert.Equal((ContactState.Proposed, null, null), (c.State, c.Plan, c.DeterminedBy)));
        // Sharing a sub-area weighs more than sharing a shop.
        Assert.True(city.Contact(1, 2).Rating > city.Contact(1, 4).Rating);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_household_is_proposed_for_the_whole_window_and_a_contacts_household_as_contacts_of_contacts(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(1, 2, household: TraceCity.Id(900));
        await city.People(3, 2, household: TraceCity.Id(901));
        var canteen = await city.Venue("Canteen of test", "restaurant");
        await city.Visit(1, canteen, "2022-03-19T12:00", "2022-03-19T13:00");
        await city.Visit(3, canteen, "2022-03-19T12:00", "2022-03-19T13:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T08:30");
        var report = await city.Ask(1);
        Assert.Equal((2, 1), (report.Ring1, report.Ring2));
        var spouse = city.Contact(1, 2);
        Assert.Equal(("household", 1.0, TraceCity.At("2022-03-18T00:00"), TraceCity.At("2022-03-21T08:30")),
            (spouse.Situation, spouse.Rating, spouse.FirstExposure, spouse.LastExposure));
        Assert.Equal((ContactKind.Secondary, city.Contact(1, 3).Id), (city.Contact(1, 4, 2).Kind, city.Contact(1, 4, 2).IndexContact));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_09_A_tube_queue_proposes_only_when_the_investigator_asks(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(4);
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Write(session =>
        {
            session.Execute("""
                INSERT INTO tube (owner, id, code, kind, capacity, state, opened_at, opened_by, count, conflict, priority, reject_reason, holder, updated_at)
                VALUES (@County, @tube, 'Q1', 10, 10, 3, @opened, @device, 4, 0, 0, 0, 'x', @opened)
                """, new { TraceCity.County, tube = TraceCity.Id(700), device = TraceCity.Id(701), opened = TraceCity.At("2022-03-19T09:58") });
            for (var person = 1; person <= 4; person++)
                session.Execute("""
                    INSERT INTO registration (owner, id, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method, scope_version,
                      supplement, duplicate, state, result_state, area)
                    VALUES (@County, @id, @person, @County, @tube, @position, @at, @at, 1, @device, 1, 1, 0, 0, 2, 0, @Community)
                    """, new
                {
                    TraceCity.County,
                    TraceCity.Community,
                    id = TraceCity.Id(710 + person),
                    person = TraceCity.Id(person),
                    tube = TraceCity.Id(700),
                    device = TraceCity.Id(701),
                    position = (short)person,
                    at = TraceCity.At("2022-03-19T10:00").AddMinutes(person == 4 ? 90 : person * 2),
                });
        });
        Assert.Equal(0, (await city.Ask(1)).Ring1);
        var asked = await city.Propose.Handle(new ProposeContacts(TraceCity.CaseId(1), TimeSpan.FromMinutes(15)), Actor.System);
        Assert.Equal(2, asked.Value.Ring1);
        Assert.Contains("in the same tube", city.Contact(1, 2).ReadEvidence().Facts[0].Said, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_coach_is_proposed_by_the_transport_rules_and_a_class_as_a_list(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(6);
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        var file = Path.Combine(Directory.CreateTempSubdirectory("qipan-roster-").FullName, "roster.csv");
        await File.WriteAllTextAsync(file, $"""
            kind,name,person,from,to,vehicle,coach,seat,crew
            vehicle,G1234,{TraceCity.Id(1):N},2022-03-19T08:00,2022-03-19T11:00,train_sealed,05,12F,
            vehicle,G1234,{TraceCity.Id(2):N},2022-03-19T08:00,2022-03-19T11:00,train_sealed,05,01A,
            vehicle,G1234,{TraceCity.Id(3):N},2022-03-19T08:00,2022-03-19T11:00,train_sealed,06,12F,
            vehicle,G1234,{TraceCity.Id(4):N},2022-03-19T08:00,2022-03-19T11:00,train_sealed,05,,1
            class,Class 3,{TraceCity.Id(1):N},2022-03-18T08:00,2022-03-18T16:00,,,,
            class,Class 3,{TraceCity.Id(5):N},2022-03-18T08:00,2022-03-18T16:00,,,,
            class,Class 3,nobody,2022-03-18T08:00,2022-03-18T16:00,,,,
            tram,X,{TraceCity.Id(6):N},2022-03-18T08:00,2022-03-18T16:00,,,,

            """, TestContext.Current.CancellationToken);
        var import = new ImportRosterHandler(city.Store, Sampling.Field.Keys, LocalDays.China);
        var read = (await import.Handle(new ImportFile(file), Actor.System)).Value;
        Assert.Equal((8, 6, 0, 2), (read.Rows, read.Accepted, read.Had, read.Refused));
        Assert.Equal((0, 6), ((await import.Handle(new ImportFile(file), Actor.System)).Value.Accepted, (await import.Handle(new ImportFile(file), Actor.System)).Value.Had));
        await city.Ask(1);
        Assert.Equal([TraceCity.Id(2), TraceCity.Id(4), TraceCity.Id(5)], city.Contacts(1).Select(c => c.Person).Order());
        Assert.Equal("the same coach 5", city.Contact(1, 2).ReadEvidence().Facts[0].Said);
        Assert.Equal("roster", city.Contact(1, 5).Sources);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Visits_are_imported_with_a_verdict_for_each_row_and_a_leave_that_is_missing_is_inferred(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(2);
        await city.Venue("Noodles of test", "restaurant");
        var file = Path.Combine(Directory.CreateTempSubdirectory("qipan-visits-").FullName, "visits.csv");
        await File.WriteAllTextAsync(file, $"""
            person,venue_name,place,enter,leave,area
            {TraceCity.Id(1):N},Noodles of test,{TraceCity.Community},2022-03-19T12:00,2022-03-19T13:00,
            {TraceCity.Id(2):N},Noodles of test,{TraceCity.County},2022-03-19T12:30,,2
            {TraceCity.Id(3):N},Noodles of test,,2022-03-19T12:30,,
            {TraceCity.Id(1):N},Noodles elsewhere,,2022-03-19T12:30,,
            {TraceCity.Id(1):N},Noodles of test,,at noon,,
            {TraceCity.Id(1):N},Noodles of test,,2022-03-19T15:00,2022-03-19T14:00,

            """, TestContext.Current.CancellationToken);
        var import = new ImportVisitsHandler(city.Store, Sampling.Field.Keys, city.Door, TraceCity.Book, LocalDays.China, TraceCity.Settings);
        var dry = (await import.Handle(new ImportFile(file, DryRun: true), Actor.System)).Value;
        Assert.Null(city.Door.Open!.Find(IdKind.Visitor, TraceCity.Id(1).ToString("N")));
        var report = (await import.Handle(new ImportFile(file), Actor.System)).Value;
        Assert.Equal((6, 2, 0, 4), (report.Rows, report.Accepted, report.Had, report.Refused));
        Assert.Equal(["person_unknown", "venue_unknown", "visit_time_wrong"], report.FirstRefused.OrderBy(r => r.Row).Take(3).Select(r => r.Code));
        Assert.Equal(6, dry.Rows);
        var stay = Assert.Single(city.Door.Open.Itinerary(city.Door.Open.Find(IdKind.Visitor, TraceCity.Id(2).ToString("N"))!.Value));
        Assert.Equal((3600L, LeaveKind.Inferred, (ushort)2), (stay.Leave - stay.Enter, stay.Kind, stay.Area));
        Assert.Equal((0, 2), ((await import.Handle(new ImportFile(file), Actor.System)).Value.Accepted, (await import.Handle(new ImportFile(file), Actor.System)).Value.Had));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_27_An_earlier_onset_proposes_more_and_a_later_one_flags_and_frees_nobody(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(3);
        var canteen = await city.Venue("Canteen of test", "restaurant");
        await city.Visit(1, canteen, "2022-03-18T12:00", "2022-03-18T13:00");
        await city.Visit(2, canteen, "2022-03-18T12:00", "2022-03-18T13:00");
        await city.Visit(1, canteen, "2022-03-15T12:00", "2022-03-15T13:00");
        await city.Visit(3, canteen, "2022-03-15T12:00", "2022-03-15T13:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(1);
        Assert.Equal([TraceCity.Id(2)], city.Contacts(1).Where(c => c.Ring == 1).Select(c => c.Person));
        await city.Accept(city.Contact(1, 2));

        await city.SetCase(1, "onset", "2022-03-16");
        await city.Ask(1);
        Assert.Equal([TraceCity.Id(2), TraceCity.Id(3)], city.Contacts(1).Where(c => c.Ring == 1).Select(c => c.Person).Order());

        await city.SetCase(1, "onset", "2022-03-21");
        Assert.Equal(2, (await city.Ask(1)).Flagged);
        Assert.Equal((ContactState.Determined, "outside_window"), (city.Contact(1, 2).State, city.Contact(1, 2).Flag));
        Assert.NotNull(city.Contact(1, 2).ReleaseAt);
        Assert.Contains(city.Tasks(city.Contact(1, 2)), t => t.State == TaskState.Open);

        await city.SetCase(1, "onset", "2022-03-20");
        await city.Ask(1);
        Assert.Null(city.Contact(1, 2).Flag);
        city.Verify();
    }

    internal static long Duties(TraceCity city, int kind, int state = 0) =>
        city.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = @kind AND state = @state", new { kind = (short)kind, state = (short)state }));
}
