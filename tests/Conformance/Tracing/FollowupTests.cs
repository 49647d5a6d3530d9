using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Tracing;

/// <summary>Visits, self-reports, missed ones, and tests that results answer.</summary>
[Trait("area", "tracing")]
public sealed class FollowupTests
{
    static async Task<(TraceCity City, ContactRow Contact)> Open(StoreKind kind)
    {
        var city = await TraceCity.Open(kind);
        await city.People(3);
        var office = await city.Venue("Office of test", "office");
        await city.Visit(1, office, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Visit(2, office, "2022-03-20T12:00", "2022-03-20T13:00");
        await city.Case(1, 1, "2022-03-20", "2022-03-21T08:00", "2022-03-21T09:00");
        await city.Ask(1);
        await city.Accept(city.Contact(1, 2));
        return (city, city.Contact(1, 2));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_visit_that_nobody_made_is_missed_a_day_later_and_the_last_ones_stay_open(StoreKind kind)
    {
        var (city, contact) = await Open(kind);
        await using var _ = city;
        var missed = new CloseMissed(city.Store, TraceCity.Settings);
        Assert.Equal(0, await missed.Look());
        city.Clock.Set(TraceCity.At("2022-03-23T12:01"));
        Assert.Equal(3, await missed.Look());
        Assert.Equal([(1, 1), (1, 2), (2, 1)], city.Tasks(contact).Where(t => t.State == TaskState.Missed).Select(t => (t.Day, t.Slot)).Order());
        city.Verify();
        city.Clock.Set(TraceCity.At("2022-05-01T00:00"));
        await missed.Look();
        Assert.Equal([(14, 1), (14, 2)], city.Tasks(contact).Where(t => t is { Kind: TaskKind.Visit, State: TaskState.Open }).Select(t => (t.Day, t.Slot)).Order());
        // A visit that is late is made all the same, and says so.
        await city.SeenOn(contact, 14);
        Assert.True(city.Tasks(contact).Single(t => t is { Kind: TaskKind.Visit, State: TaskState.Done }).Late);
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_self_report_stands_for_the_visit_of_its_part_of_the_day_but_not_on_the_last_day(StoreKind kind)
    {
        var (city, contact) = await Open(kind);
        await using var _ = city;
        var report = new ReportCheckHandler(city.Store, city.Work);
        city.Clock.Set(TraceCity.At("2022-03-22T08:00"));
        Assert.True((await report.Handle(TraceCity.Investigator, new ReportCheck(contact.Id, 36.5, Symptoms: false))).Ok);
        var morning = city.Tasks(contact).Single(t => t is { Kind: TaskKind.Visit, Day: 2, Slot: 1 });
        Assert.Equal((TaskState.Done, VisitFinding.SeenWell, "self_check"), (morning.State, morning.Finding, morning.EvidenceKind));
        city.Clock.Set(TraceCity.At("2022-03-22T20:00"));
        Assert.True((await report.Handle(TraceCity.Investigator, new ReportCheck(contact.Id, 38.4, Symptoms: true))).Ok);
        Assert.Equal("ill", city.Contact(1, 2).Flag);
        Assert.Contains("ill", city.Missing(2));

        city.Clock.Set(TraceCity.At("2022-04-03T08:00"));
        Assert.True((await report.Handle(TraceCity.Investigator, new ReportCheck(contact.Id, 36.5, Symptoms: false))).Ok);
        Assert.Equal(TaskState.Open, city.Tasks(contact).Single(t => t is { Kind: TaskKind.Visit, Day: 14, Slot: 1 }).State);
        Assert.Equal(3, city.Tasks(contact).Count(t => t.Kind == TaskKind.SelfCheck));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_negative_result_ends_the_test_of_its_day_and_one_that_falls_makes_it_due_again(StoreKind kind)
    {
        var (city, contact) = await Open(kind);
        await using var _ = city;
        city.Clock.Set(TraceCity.At("2022-03-24T10:00"));
        var registration = await city.Sample(2, "2022-03-24T10:00");
        var (result, run) = (TraceCity.Id(801), TraceCity.Id(802));
        await city.Write(session => session.Execute("""
            INSERT INTO result (owner, id, tube, run, version, call, ct, state, reported_at, verified)
            SELECT owner, @result, tube, @run, 1, 1, '{}', 2, corrected_at, 1 FROM registration WHERE id = @registration
            """, new { result, run, registration }));
        await city.Write(session => ContactTests.Done(session, ContactTests.OfRun(session, run)));
        var done = city.Tasks(contact).Where(t => t is { Kind: TaskKind.Test, State: TaskState.Done }).ToList();
        Assert.Equal([(4, "result", result.ToString("N"), false)], done.Select(t => (t.Day, t.EvidenceKind!, t.EvidenceId!, t.Late)));
        Assert.Equal(1, ProposeTests.Duties(city, 18, state: 1));
        Assert.Equal(2, city.Missing(2).Count(c => c == "test"));

        await city.Write(session =>
        {
            session.Execute("UPDATE result SET state = 4 WHERE id = @result", new { result });
            session.Execute("UPDATE registration SET result_state = 0 WHERE id = @registration", new { registration });
            ContactTests.Fell(session, result, ContactTests.OnResult(session, result));
        });
        Assert.Equal(TaskState.Open, city.Tasks(contact).Single(t => t is { Kind: TaskKind.Test, Day: 4 }).State);
        Assert.Equal(0, ProposeTests.Duties(city, 18, state: 1));
        Assert.Equal("result_fell", city.Contact(1, 2).Flag);
        Assert.Contains("pending", city.Missing(2));
        city.Verify();
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_teams_day_holds_what_is_due_and_what_earlier_days_left_open(StoreKind kind)
    {
        var (city, contact) = await Open(kind);
        await using var _ = city;
        city.Clock.Set(TraceCity.At("2022-03-22T09:00"));
        var page = city.Store.Read(s => DayList.Of(s, TraceCity.Investigator, LocalDays.China, contact.Team!.Value, new DateOnly(2022, 3, 22), null, 3)).Value;
        var items = page.Items.ToList();
        while (page.Next is { } next)
        {
            page = city.Store.Read(s => DayList.Of(s, TraceCity.Investigator, LocalDays.China, contact.Team!.Value, new DateOnly(2022, 3, 22), next, 3)).Value;
            items.AddRange(page.Items);
        }
        Assert.Equal([(TaskKind.Visit, 1, 1), (TaskKind.Visit, 1, 2), (TaskKind.Visit, 2, 1), (TaskKind.Visit, 2, 2), (TaskKind.Test, 1, 1)],
            items.Select(i => (i.Kind, i.Day, i.Slot)).Order());
        var stranger = TraceCity.Investigator with { Grants = [new Http.Grant(Http.Role.GridWorker, "990102")] };
        Assert.Empty(city.Store.Read(s => DayList.Of(s, stranger, LocalDays.China, contact.Team!.Value, new DateOnly(2022, 3, 22), null, 100)).Value.Items);
    }
}
