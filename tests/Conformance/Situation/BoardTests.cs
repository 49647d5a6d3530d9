using Qipan.Cases;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Laboratory;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Situation;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Situation;

/// <summary>What the board says of a county, counted beside a plain count of the same rows.</summary>
[Trait("area", "situation")]
public sealed class BoardTests
{
    const string County = "220204";
    const string Other = "220211";

    static readonly Caller Chief = new(Actor.System, default, County, [new Grant(Role.Commander, "2202")]);

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Duties_of_the_day_are_those_due_today_and_those_open_from_before(StoreKind kind)
    {
        await using var test = await Open(kind);
        var (clock, now) = ((FakeClock)test.Store.Clock, test.Store.Clock.GetUtcNow());
        var start = LocalDays.China.StartOf(LocalDays.China.DateOf(now));
        NewDuty Duty(string county, string area, DateTimeOffset due, int n, DutyKind what = DutyKind.VisitContact) => new()
        {
            Owner = county,
            Kind = what,
            Subject = Id(n),
            Basis = new Ref("contact", Id(n)),
            Area = area,
            OwnerUnit = default,
            DueAt = due,
        };
        await Write(test, County, s => Ledger.Open(s,
        [
            Duty(County, County + "001001", start.AddHours(-30), 1), // open from two days ago
            Duty(County, County + "001001", start.AddHours(-30), 2), // done two days ago: not today's any more
            Duty(County, County + "001002", now.AddMinutes(-1), 3), // late since a minute ago
            Duty(County, County + "002001.c01.b02.u1.301", now.AddHours(1), 4), // soon late
            Duty(County, County + "002001.c01.b02.u2.101", now.AddHours(1), 5), // the same, and done
            Duty(County, County + "002001.c01.b03", start.AddDays(1).AddMinutes(1), 6), // tomorrow's
            Duty(County, County + "002001", now.AddHours(1), 7, DutyKind.TestContact),
        ]));
        await Write(test, Other, s => Ledger.Open(s, [Duty(Other, Other + "001001", now.AddHours(1), 8)]));
        await Write(test, County, s => Ledger.Done(s,
            [new DutyKey(County, DutyKind.VisitContact, Id(2).ToString("N"), Id(2)), new DutyKey(County, DutyKind.VisitContact, Id(5).ToString("N"), Id(5))], new Ref("visit", Id(99))));
        var hours = new DutyClock(now, now.AddHours(2), start, start.AddDays(1));
        List<(string, DutyKind, long, long, long, long, long)> Of(string territory, PlaceLevel by) => test.Store.Read(s =>
            DutyDays.Of(s, territory, by, hours).ConvertAll(d => (d.Area, d.Kind, d.Should, d.Done, d.Open, d.Late, d.Soon)));

        Assert.Equal([(County, DutyKind.VisitContact, 4L, 1L, 3L, 2L, 1L), (Other, DutyKind.VisitContact, 1, 0, 1, 0, 1), (County, DutyKind.TestContact, 1, 0, 1, 0, 1)], Of("2202", PlaceLevel.County));
        Assert.Equal([(County + "001", DutyKind.VisitContact, 2L, 0L, 2L, 2L, 0L), (County + "002", DutyKind.VisitContact, 2, 1, 1, 0, 1), (County + "002", DutyKind.TestContact, 1, 0, 1, 0, 1)],
            Of(County, PlaceLevel.Street));

        var book = new BoardBook(test.Store, new DayBook(LocalDays.China, ProtocolBook.Load().Value), new SituationSettings());
        var community = book.Of(new Region(County + "002001"));
        Assert.Equal([(County + "002001.c01.b02", 1L)], community.Duties.Where(d => d.Kind == DutyKind.VisitContact && d.Area.Length > 12).Select(d => (d.Area, d.Open)));

        // Kept until the county writes; then made again.
        var before = book.Of(new Region(County));
        Assert.Same(before, book.Of(new Region(County)));
        Assert.Equal(2, before.Duties.Sum(d => d.Late));
        var version = test.Store.Changes.Of(County);
        await Write(test, Other, s => Ledger.Open(s, [Duty(Other, Other + "001001", now.AddHours(1), 9)]));
        Assert.Equal((version, true), (test.Store.Changes.Of(County), test.Store.Changes.Of(Other) > version));
        Assert.Equal(test.Store.Changes.Of(Other), test.Store.Changes.Of("22"));
        _ = clock;
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_stages_of_a_round_count_persons_where_their_tubes_are(StoreKind kind)
    {
        await using var test = await Open(kind);
        var now = test.Store.Clock.GetUtcNow();
        var round = Id(1);
        await Write(test, County, s =>
        {
            s.Execute("""
                INSERT INTO round (owner, id, no, name, disease, protocol, scope, scope_version, window_start, window_end, due_at, strategy, pool_policy,
                  pooled_due_hours, single_due_hours, resample_due_hours, state, created_at)
                VALUES (@County, @round, 1, 'Round', 'COVID-19', 'CN-COVID-9@1', '["220204"]', 1, @start, @end, @end, 1, '{}', 12, 24, 4, 3, @start)
                """, new { County, round, start = now.AddHours(-5), end = now.AddHours(7) });
            s.Execute("INSERT INTO round_sampled (owner, round, area, persons) VALUES (@County, @round, @area, 70)", new { County, round, area = County + "001001" });
            void Tube(int n, int state, long persons, double sealedHours, double? receivedHours, double updatedHours) => s.Execute("""
                INSERT INTO tube (owner, id, code, round, kind, capacity, state, sealed_at, count, conflict, priority, received_at, reject_reason, holder, updated_at)
                VALUES (@County, @id, 'T', @round, 10, 10, @state, @sealed, @persons, 0, 0, @received, 0, 'x', @updated)
                """, new { County, id = Id(100 + n), round, state, persons, @sealed = now.AddHours(-sealedHours), received = receivedHours is { } r ? (DateTimeOffset?)now.AddHours(-r) : null, updated = now.AddHours(-updatedHours) });
            Tube(1, (int)TubeState.Sealed, 10, 0.5, null, 0.5);
            Tube(2, (int)TubeState.InTransit, 10, 2, null, 0.2);
            Tube(3, (int)TubeState.Received, 10, 3, 0.5, 0.5);
            Tube(4, (int)TubeState.InRun, 10, 4, 3, 2);
            Tube(5, (int)TubeState.Resulted, 20, 4.5, 4, 0.5);
            Tube(6, (int)TubeState.Resulted, 10, 4.5, 4, 2);
            return 0;
        });
        var flow = test.Store.Read(s => RoundFlows.Of(s, new Region(County), RoundFlows.UnderWay(s, new Region(County)), _ => new DutyDay { Done = 30, Open = 70 }, now))[0];
        Assert.Equal([30L, 20, 10, 10], flow.Stages.Select(s => s.Waiting));
        Assert.Equal([10.0, 10, 20, 20], flow.Stages.Select(s => Math.Round(s.PerHour)));
        Assert.Equal([0L, 2, 1, 1], flow.Stages.Select(s => s.Tubes));
        Assert.Equal((2.5, 3.5), (Math.Round(flow.Stages[1].Passage.TotalHours, 3), Math.Round(flow.Stages[3].Passage.TotalHours, 3)));
        // Sampled for three hours more, then 2.5 on the road and 3.5 in the laboratory: longer than any stage needs for what lies before it.
        Assert.Equal((now.AddHours(3 + 2.5 + 3.5), FlowStage.Transport), (flow.Forecast.LastResult!.Value, flow.Forecast.Bottleneck!.Stage));

        var delays = new DelayBook(test.Store, new DayBook(LocalDays.China, ProtocolBook.Load().Value)).OfSamples(new Region(County));
        Assert.Equal([(2, 10), (4, 20)], delays[0].Counts);
        Assert.Equal([(0, 10), (2, 10), (3, 10), (4, 10)], delays[1].Counts);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Cases_count_by_day_place_and_route_and_ruled_out_or_joined_ones_do_not(StoreKind kind)
    {
        await using var test = await Open(kind);
        var now = test.Store.Clock.GetUtcNow();
        var today = LocalDays.China.DateOf(now);
        await Write(test, County, s =>
        {
            var n = 0;
            void Case(CaseClass its, Discovery found, int daysAgo, string region, string flags = "") => s.Execute("""
                INSERT INTO case_record (owner, id, no, person, person_owner, disease, protocol, class, severity, clinical, onset_about, first_positive_at, found_at, outcome, discovery,
                  origin, report_region, onset_region, current_region, custody, opened_by_kind, opened_by_id, source_state, flags, opened_at, version)
                VALUES (@County, @id, @no, @id, @County, 'COVID-19', 'CN-COVID-9@1', @its, 0, 0, 0, @at, @at, 0, @found, 1, @region, @region, @region, @County, 'test', @no, 0, @flags, @at, 1)
                """, new { County, id = Id(500 + n), no = $"N{n++}", its = (short)its, found = (short)found, at = LocalDays.China.StartOf(today.AddDays(-daysAgo)).AddMinutes(1), region, flags });
            Case(CaseClass.Confirmed, Discovery.SocialFace, 0, County + "001001");
            Case(CaseClass.Asymptomatic, Discovery.Contact, 0, County + "001002");
            Case(CaseClass.Confirmed, Discovery.CentralIsolation, 1, County + "002001");
            Case(CaseClass.RuledOut, Discovery.SocialFace, 0, County + "001001");
            Case(CaseClass.Confirmed, Discovery.SocialFace, 0, County + "001001", CaseFlags.SamePerson);
            Case(CaseClass.Suspect, Discovery.Clinic, 0, County + "001001");
            Case(CaseClass.Confirmed, Discovery.SocialFace, 0, Other + "001001");
            return 0;
        });
        var days = new DayBook(LocalDays.China, ProtocolBook.Load().Value);
        var board = new BoardBook(test.Store, days, new SituationSettings()).Of(new Region(County));
        Assert.Equal((2L, 1L, 1L), (board.Curve[^1].Positives, board.Curve[^1].ByRoute[RouteKind.Social], board.Curve[^1].ByClass[CaseClass.Suspect]));
        Assert.Equal(1, board.Curve[^2].Positives);
        Assert.Equal([(County + "001", (long?)2, (long?)1), (County + "002", 1, 0)], board.Parts.Select(p => (p.Area, p.Positives, p.Social)));
        Assert.Equal(4, new BoardBook(test.Store, days, new SituationSettings()).Of(new Region("2202")).Parts.Sum(p => p.Positives));

        var maps = new MapBook(test.Store, days, new SituationSettings());
        var map = maps.Of(Chief, new Region(County), PlaceLevel.Community, null, 2);
        Assert.Equal([(County + "001001", (long?)1), (County + "001002", 1), (County + "002001", 1)], map.Areas.Select(a => (a.Code, a.Positives)));
        Assert.Equal([1L, 0], map.Areas[2].ByDay!);
        var outside = maps.Of(Chief with { Grants = [new Grant(Role.RoundOfficer, County)] }, new Region(County), PlaceLevel.Community, null, 2);
        Assert.True(outside.Protected && outside.Areas.All(a => a.Positives is null && a.ByDay is null));
        Assert.DoesNotContain(outside.Levels, l => l > PlaceLevel.Community);
    }

    static Task<TestStore> Open(StoreKind kind) => TestStores.Open(kind, new FakeClock(), RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema,
        SamplingModule.Schema, LaboratoryModule.Schema, CasesModule.Schema);

    static Guid Id(int n) => new($"01900000-0000-7000-8000-{n:x12}");

    static async Task Write<T>(TestStore test, string county, Func<WriteSession, T> work) =>
        _ = (await test.Store.Write(new WriteScope(Actor.System, county), s => Outcome.Of(work(s)))).Value;
}
