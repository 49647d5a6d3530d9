using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qipan.Consoles.DrillDesk;
using Qipan.Drill;
using Qipan.Drill.Actors;
using Qipan.Drill.City;
using Qipan.Drill.Founding;
using Qipan.Protocols;
using Qipan.Server;
using Qipan.Server.Access;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>One demo or drill: the server and, as its clients, the people of a fictional city.</summary>
/// <param name="scenario">What is told; its plan is replaced where the places are somebody's own.</param>
/// <param name="folder">The data; empty.</param>
/// <param name="port">On this machine.</param>
/// <param name="streams">Where it speaks.</param>
/// <param name="own">Places of one's own; null: a fictional city.</param>
sealed class Demo(Scenario scenario, string folder, int port, InvocationConfiguration streams, DrillGround? own = null)
{
    /// <summary>No vowels and nothing that looks like something else.</summary>
    const string Letters = "bcdfghjkmnpqrstvwxyz23456789";

    static readonly TimeSpan Breath = TimeSpan.FromHours(1);
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    readonly string password = RandomNumberGenerator.GetString(Letters, 12);
    readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Hurries through the morning, prints where to look, and goes on at the given speed until it is stopped.</summary>
    public async Task<int> Run(double speed, CancellationToken stop)
    {
        var clock = new ScaledClock(scenario.At(scenario.FirstDay, 5), 0);
        var agenda = new Agenda(clock) { Speed = speed };
        if (scenario.Scans)
            agenda.OnRefused = refused => streams.Error.WriteLine($"the drill was refused: {refused.Message}");
        var settings = LoadedSettings.Load(folder, flags: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["server.urls"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            ["server.logLevel"] = "Warning",
            ["registers.sessionHours"] = "72",
            ["tracing.lookMilliseconds"] = "100",
            ["consoles.drill"] = "true",
        });
        if (!settings.Ok)
            return ExitCode.Refuse(streams.Error, settings.Refusal);
        if (own?.Protocols is not { } protocols || !CopyOf(protocols))
            ExerciseProtocol.WriteTo(Path.Combine(folder, "protocols"));
        await File.WriteAllTextAsync(Path.Combine(folder, "qipan.json"), """{ "consoles": { "drill": true } }""" + Environment.NewLine, stop);
        var built = await QipanHost.Build(new StartOptions(settings.Value, clock) { Services = s => s.AddSingleton<IDrillPace>(new DemoPace(agenda)) });
        if (!built.Ok)
            return ExitCode.Refuse(streams.Error, built.Refusal);
        await using var app = built.Value;
        var first = await FirstAccount.Ensure(app.Services);
        if (!first.Ok)
            return ExitCode.Refuse(streams.Error, first.Refusal);
        var listening = await Listening.Start(app, stop);
        if (!listening.Ok)
            return ExitCode.Refuse(streams.Error, listening.Refusal);
        var address = listening.Value[0];
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        try
        {
            await Live(http, agenda, first.Value!, address, CancellationTokenSource.CreateLinkedTokenSource(
                stop, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping).Token);
        }
        catch (OperationCanceledException)
        {
            // Somebody has seen enough.
        }
        catch (GroundRefusedException refused)
        {
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Refuse(streams.Error, refused.Refusal);
        }
        catch (DrillRefusedException refused)
        {
            await streams.Error.WriteLineAsync($"broken: the drill did what the program refuses. {refused.Message}");
            await app.StopAsync(CancellationToken.None);
            return ExitCode.Broken;
        }
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    async Task Live(HttpClient http, Agenda agenda, NewAccount administrator, string address, CancellationToken stop)
    {
        var staff = await StaffMember.SignIn(http, administrator.Login, administrator.Password, stop);
        var city = own is null ? FictionalCity.Build(scenario.Plan, scenario.Day) : await own.Settle(staff, scenario.Day, stop);
        var told = scenario with { Plan = city.Plan };
        await Say($"Setting up {city.Plan.EnglishName} {city.Plan.Name}: {city.Everybody.Count:N0} invented people.");
        var founded = await new FoundCity(http, password) { PlacesStand = own is not null }.Run(staff, city, stop);
        await Say($"Who lives there is registered. Sign in while it goes on: {address}, command, {password}");
        var drill = DrillDay.Begin(told, agenda, http, founded);
        await drill.Past(stop);
        if (drill.Visits > 0)
            await Say($"{drill.Visits:N0} visits of the days before, as venues scanned them.");
        for (var day = scenario.FirstDay; day < 0; day++)
            await Hurry(agenda, drill, day, new TimeOnly(23, 59), stop);
        await Say("Hurrying through the morning of its round.");
        for (var hour = 6; hour <= scenario.Opens.Hour; hour++)
            await Hurry(agenda, drill, 0, hour == scenario.Opens.Hour ? scenario.Opens : new TimeOnly(hour, 0), stop);
        var look = await WhatToSee.Of(founded, drill.Round, stop);
        await look.Print(streams.Output, address, folder, password, founded.Accounts, agenda.Speed);
        await agenda.Live(stop);
    }

    /// <summary>An hour at a time, with a moment for what the program does by itself in between.</summary>
    async Task Hurry(Agenda agenda, DrillDay drill, int day, TimeOnly until, CancellationToken stop)
    {
        var end = scenario.At(day, until.Hour, until.Minute);
        while (agenda.Clock.GetUtcNow() is var now && now < end)
        {
            await agenda.Hurry(now + Breath < end ? now + Breath : end, stop);
            if (scenario.Outbreak is not null)
                await Task.Delay(Moment, stop);
        }
        await Say(day < 0
            ? $"{scenario.DateOf(day):yyyy-MM-dd}: {drill.Sampled:N0} people sampled, {drill.Released} runs released."
            : $"{until:HH:mm}  {drill.Sampled:N0} people sampled, {drill.Released} runs released.");
    }

    /// <summary>A city that has rules of its own drills by them. False where the folder has none.</summary>
    bool CopyOf(string protocols)
    {
        if (!Directory.Exists(protocols))
            return false;
        Directory.CreateDirectory(Path.Combine(folder, "protocols"));
        var files = Directory.GetFiles(protocols, "*.yaml");
        foreach (var file in files)
            File.Copy(file, Path.Combine(folder, "protocols", Path.GetFileName(file)));
        return files.Length > 0;
    }

    Task Say(FormattableString what) => Say(what.ToString(CultureInfo.InvariantCulture));

    Task Say(string what) => streams.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,6:N1} s  {what}"));
}
