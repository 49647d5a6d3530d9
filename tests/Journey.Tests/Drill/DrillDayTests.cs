using Microsoft.Extensions.DependencyInjection;
using Qipan.Drill;
using Qipan.Drill.Actors;
using Qipan.Drill.City;
using Qipan.Drill.Founding;
using Qipan.Duties;
using Qipan.Protocols;
using Qipan.Server.Access;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>
/// A whole day of an invented city through the public interface: what the demo shows, on a few hundred people. What the program says at
/// the end is held against what the drill knows.
/// </summary>
public sealed class DrillDayTests
{
    static readonly CityPlan Plan = CityPlan.County with
    {
        Population = 700,
        StreetsPerDistrict = 1,
        CommunitiesPerStreet = 2,
        CompoundsPerCommunity = 1,
    };

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_positive_pool_of_a_drill_becomes_members_with_duties_and_each_is_decided(StoreKind kind)
    {
        await using var day = await Day.Begin(kind, new Scenario("test", Plan, Infected: 1, Mistakes: true));
        await day.Until(9, 50);
        var alert = Assert.Single(await day.Alerts());
        Assert.Equal(10, alert.Members);
        Assert.Equal(10, day.Duties(DutyKind.HoldMember, alert.Id));
        Assert.Equal(10, day.Duties(DutyKind.ResampleMember, alert.Id));
        Assert.Equal(10, day.Duties(DutyKind.DecideMember, alert.Id));

        await day.Until(17, 0);
        Assert.Equal(0, day.Drill.Refused);
        Assert.Empty(await day.Alerts());
        var outcomes = day.App.Store.Read(s => s.Query<int>("SELECT outcome FROM pool_alert_member WHERE alert = @Id", new { alert.Id }));
        Assert.Equal([.. Enumerable.Repeat(1, 9), 2], outcomes.Order());
        Assert.Empty(day.Differences());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Nobody_of_a_drill_is_missing_without_the_program_saying_so(StoreKind kind)
    {
        await using var day = await Day.Begin(kind, new Scenario("test", Plan, Infected: 0, Mistakes: true));
        await day.Until(18, 0);
        Assert.Empty(await day.Alerts());
        var done = day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 1 AND state = 1"));
        var open = day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 1 AND state = 0"));
        var rejected = day.App.Store.Read(s => s.Scalar<long>("SELECT sum(count) FROM tube WHERE reject_reason <> 0"));
        Assert.Equal(day.Population, done + open);
        // Of those who came, only the members of the lost and the leaking tubes have no result.
        Assert.Equal(day.Drill.Sampled - rejected, done);
        Assert.InRange(rejected, 2, 40);
        Assert.Empty(day.Differences());
    }

    sealed record OpenAlert(Guid Id, int Members);

    sealed class Day : IAsyncDisposable
    {
        readonly Scenario scenario;
        readonly Agenda agenda;
        readonly FoundedCity city;
        readonly HttpClient http;

        Day(QipanApp app, Scenario scenario, Agenda agenda, FoundedCity city, HttpClient http, DrillDay drill)
        {
            (App, this.scenario, this.agenda, this.city, this.http, Drill) = (app, scenario, agenda, city, http, drill);
        }

        public QipanApp App { get; }

        public DrillDay Drill { get; }

        public int Population => city.City.People.Count();

        public static async Task<Day> Begin(StoreKind kind, Scenario scenario)
        {
            var clock = new ScaledClock(scenario.At(0, 5), 0);
            var app = await QipanApp.Start(kind, clock, folder: f => ExerciseProtocol.WriteTo(Path.Combine(f, "protocols")));
            var first = (await FirstAccount.Ensure(app.Services)).Value!;
            var client = new HttpClient { BaseAddress = app.Address };
            var stop = TestContext.Current.CancellationToken;
            var founded = await new FoundCity(client, "a passphrase of this test").Run(
                await StaffMember.SignIn(client, first.Login, first.Password, stop), FictionalCity.Build(scenario.Plan, scenario.Day), stop);
            var coming = new Agenda(clock);
            return new Day(app, scenario, coming, founded, client, DrillDay.Begin(scenario, coming, client, founded));
        }

        public Task Until(int hour, int minute) => agenda.Hurry(scenario.At(0, hour, minute), TestContext.Current.CancellationToken);

        public async Task<List<OpenAlert>> Alerts() =>
        [
            .. (await city.Investigator.Get("/api/laboratory/alerts/", TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray()
                .Select(a => new OpenAlert(a.GetProperty("id").GetGuid(), a.GetProperty("members").GetInt32())),
        ];

        public long Duties(DutyKind kind, Guid alert) => App.Store.Read(s => s.Scalar<long>(
            "SELECT count(*) FROM duty WHERE kind = @kind AND basis_id = @alert", new { kind = (short)kind, alert = alert.ToString("N") }));

        public List<string> Differences() => App.Store.Read(s => App.Services.GetServices<IVerifier>().SelectMany(v => v.Verify(s, new Tally())).ToList());

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await App.DisposeAsync();
        }
    }
}
