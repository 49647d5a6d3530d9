using Microsoft.Extensions.DependencyInjection;
using Qipan.Drill;
using Qipan.Drill.Actors;
using Qipan.Drill.City;
using Qipan.Drill.Founding;
using Qipan.Duties;
using Qipan.Protocols;
using Qipan.Server.Access;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>An alert that is not closed.</summary>
public sealed record OpenAlert(Guid Id, int Members);

/// <summary>A day of a drill on a store of its own; time moves when it is told to.</summary>
public sealed class DrilledDay : IAsyncDisposable
{
    readonly Scenario scenario;
    readonly Agenda agenda;
    readonly FoundedCity city;
    readonly HttpClient http;

    /// <summary>Of every account of the city.</summary>
    public const string Password = "a passphrase of this test";

    DrilledDay(QipanApp app, Scenario scenario, Agenda agenda, FoundedCity city, HttpClient http, DrillDay drill)
    {
        (App, this.scenario, this.agenda, this.city, this.http, Drill) = (app, scenario, agenda, city, http, drill);
    }

    public QipanApp App { get; }

    public DrillDay Drill { get; }

    /// <summary>Sees to accounts, units and devices, everywhere.</summary>
    public required NewAccount Administrator { get; init; }

    public int Population => city.City.People.Count();

    public static async Task<DrilledDay> Begin(StoreKind kind, Scenario scenario, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? services = null)
    {
        var clock = new ScaledClock(scenario.At(scenario.FirstDay, 5), 0);
        var app = await QipanApp.Start(kind, clock, services: services, folder: f => ExerciseProtocol.WriteTo(Path.Combine(f, "protocols")));
        var first = (await FirstAccount.Ensure(app.Services)).Value!;
        var client = new HttpClient { BaseAddress = app.Address };
        var stop = TestContext.Current.CancellationToken;
        var founded = await new FoundCity(client, Password).Run(
            await StaffMember.SignIn(client, first.Login, first.Password, stop), FictionalCity.Build(scenario.Plan, scenario.Day), stop);
        var coming = new Agenda(clock);
        return new DrilledDay(app, scenario, coming, founded, client, DrillDay.Begin(scenario, coming, client, founded)) { Administrator = first };
    }

    /// <summary>As the city's investigator: alerts and cases.</summary>
    public StaffMember Investigator => city.Investigator;

    /// <summary>Who stands behind a person's id.</summary>
    public Doors Doors => new(city.Investigator, city.City);

    /// <summary>The visits of the days before the first.</summary>
    public Task Past() => Drill.Past(TestContext.Current.CancellationToken);

    public Task Until(int hour, int minute, int day = 0) => agenda.Hurry(scenario.At(day, hour, minute), TestContext.Current.CancellationToken);

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
