using System.Globalization;
using Qipan.Drill.Founding;

namespace Qipan.Cli.Commands;

/// <summary>What a demo has come to: the round, the pool that is not negative, if there is one, and the number of the first case.</summary>
sealed record WhatToSee(string Owner, Guid Round, Guid? Alert, Guid? Tube, Guid? Member, string? Case = null)
{
    /// <summary>Asks as the officer and the investigator of the city would.</summary>
    public static async Task<WhatToSee> Of(FoundedCity city, Guid round, CancellationToken stop)
    {
        var cases = await city.Investigator.Get("/api/cases?take=1", stop);
        var first = cases.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("no").GetString()).FirstOrDefault();
        var alerts = await city.Investigator.Get("/api/laboratory/alerts/", stop);
        foreach (var alert in alerts.GetProperty("items").EnumerateArray())
        {
            var id = alert.GetProperty("id").GetGuid();
            var detail = await city.Investigator.Get($"/api/laboratory/alerts/{id}", stop);
            return new WhatToSee(alert.GetProperty("owner").GetString()!, round, id, alert.GetProperty("tube").GetGuid(),
                detail.GetProperty("members")[0].GetProperty("person").GetGuid(), first);
        }
        return new WhatToSee(city.Districts[0].Code, round, null, null, null, first);
    }

    public async Task Print(
        TextWriter output, string address, string folder, string password, IReadOnlyList<DemoAccount> accounts, double speed)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Open {address} and sign in; everybody's password is {password}");
        // One district's laboratory stands for all: the others' accounts are called like it.
        var shown = accounts.Where(a => !a.Login.Contains('-', StringComparison.Ordinal) || a.Login.EndsWith(First(accounts), StringComparison.Ordinal)).ToList();
        foreach (var account in shown)
            await output.WriteLineAsync($"  {account.Login,-18} {account.Role,-14} {address}{account.Page}");
        if (shown.Count < accounts.Count)
            await output.WriteLineAsync($"  and {string.Join(", ", accounts.Except(shown).Select(a => a.Login))}");
        await output.WriteLineAsync();
        await output.WriteLineAsync($"The round     {address}/rounds/{Round}?owner={Owner}");
        if (Alert is not null)
        {
            await output.WriteLineAsync($"The pool      {address}/alerts/{Alert}");
            await output.WriteLineAsync("Why is that?  from a member's duty back to the device, in another terminal:");
            await output.WriteLineAsync($"  ./qipan trail duty hold_member.{Alert:N}.{Member:N} --store {folder}");
        }
        await output.WriteLineAsync(Case is not null ? $"The case      {address}/cases/{Case}"
            : Alert is null ? $"The cases     {address}/cases"
            : $"The cases     {address}/cases  (the pool's member is confirmed in the early afternoon, and becomes a case with clocks)");
        await output.WriteLineAsync($"The speed     {address}/drill");
        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"It goes on at {speed:0.#} times real time, on a calendar of its own, with the rules of spring 2022; everything is invented. Ctrl+C ends it."));
    }

    static string First(IReadOnlyList<DemoAccount> accounts) =>
        accounts.FirstOrDefault(a => a.Login.Contains('-', StringComparison.Ordinal))?.Login is { } login ? login[login.IndexOf('-', StringComparison.Ordinal)..] : "";
}
