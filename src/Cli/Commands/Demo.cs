using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qipan.Drill;
using Qipan.Drill.Actors;
using Qipan.Drill.City;
using Qipan.Drill.Founding;
using Qipan.Protocols;
using Qipan.Server;
using Qipan.Server.Access;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>One demo: the server and, as its clients, the people of a fictional city.</summary>
sealed class Demo(Scenario scenario, string folder, int port, InvocationConfiguration streams)
{
    /// <summary>No vowels and nothing that looks like something else.</summary>
    const string Letters = "bcdfghjkmnpqrstvwxyz23456789";

    readonly string password = RandomNumberGenerator.GetString(Letters, 12);
    readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Hurries through the morning, prints where to look, and goes on at the given speed until it is stopped.</summary>
    public async Task<int> Run(double speed, CancellationToken stop)
    {
        var clock = new ScaledClock(scenario.At(0, 5), 0);
        var settings = LoadedSettings.Load(folder, flags: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["server.urls"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            ["server.logLevel"] = "Warning",
            ["registers.sessionHours"] = "72",
        });
        if (!settings.Ok)
            return ExitCode.Refuse(streams.Error, settings.Refusal);
        ExerciseProtocol.WriteTo(Path.Combine(folder, "protocols"));
        var built = await QipanHost.Build(new StartOptions(settings.Value, clock));
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
            await Live(http, clock, first.Value!, address, speed, CancellationTokenSource.CreateLinkedTokenSource(
                stop, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping).Token);
        }
        catch (OperationCanceledException)
        {
            // Somebody has seen enough.
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

    async Task Live(HttpClient http, ScaledClock clock, NewAccount administrator, string address, double speed, CancellationToken stop)
    {
        var agenda = new Agenda(clock);
        await Say($"Setting up {scenario.Plan.EnglishName} {scenario.Plan.Name}: {scenario.Plan.Population:N0} invented people.");
        var city = await new FoundCity(http, password).Run(
            await StaffMember.SignIn(http, administrator.Login, administrator.Password, stop), FictionalCity.Build(scenario.Plan, scenario.Day), stop);
        var drill = DrillDay.Begin(scenario, agenda, http, city);
        await Say("Hurrying through the morning of its round.");
        foreach (var at in new[] { (6, 0), (7, 0), (8, 0), (9, 0), (9, 40) })
        {
            await agenda.Hurry(scenario.At(0, at.Item1, at.Item2), stop);
            await Say($"{at.Item1:D2}:{at.Item2:D2}  {drill.Sampled:N0} people sampled, {drill.Released} runs released.");
        }
        var look = await WhatToSee.Of(city, drill.Round, stop);
        await look.Print(streams.Output, address, folder, password, city.Accounts, speed);
        await agenda.Live(speed, stop);
    }

    Task Say(string what) => streams.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,6:N1} s  {what}"));
}
