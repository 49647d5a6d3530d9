using System.Globalization;
using Qipan.Drill.Founding;

namespace Qipan.Cli.Commands;

/// <summary>What a demo has come to: the round, and the pool that is not negative, if there is one.</summary>
sealed record WhatToSee(string Owner, Guid Round, Guid? Alert, Guid? Tube, Guid? Member)
{
    /// <summary>Asks as the officer and the investigator of the city would.</summary>
    public static async Task<WhatToSee> Of(FoundedCity city, Guid round, CancellationToken stop)
    {
        var alerts = await city.Investigator.Get("/api/laboratory/alerts/", stop);
        foreach (var alert in alerts.GetProperty("items").EnumerateArray())
        {
            var id = alert.GetProperty("id").GetGuid();
            var detail = await city.Investigator.Get($"/api/laboratory/alerts/{id}", stop);
            return new WhatToSee(alert.GetProperty("owner").GetString()!, round, id, alert.GetProperty("tube").GetGuid(),
                detail.GetProperty("members")[0].GetProperty("person").GetGuid());
        }
        return new WhatToSee(city.Districts[0].Code, round, null, null, null);
    }

    public async Task Print(
        TextWriter output, string address, string folder, string password, IReadOnlyList<DemoAccount> accounts, double speed)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Open {address} and sign in; everybody's password is {password}");
        foreach (var account in accounts)
            await output.WriteLineAsync($"  {account.Login,-18} {account.Role,-14} {address}{account.Page}");
        await output.WriteLineAsync();
        await output.WriteLineAsync($"The round     {address}/rounds/{Round}?owner={Owner}");
        if (Alert is not null)
        {
            await output.WriteLineAsync($"The pool      {address}/alerts/{Alert}");
            await output.WriteLineAsync("Why is that?  from a member's duty back to the device, in another terminal:");
            await output.WriteLineAsync($"  ./qipan trail duty hold_member.{Alert:N}.{Member:N} --store {folder}");
        }
        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"It goes on at {speed:0.#} times real time, on a calendar of its own, with the rules of spring 2022; everything is invented. Ctrl+C ends it."));
    }
}
