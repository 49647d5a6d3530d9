using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Server.Access;

/// <summary>An account whose password is shown this once.</summary>
public sealed record NewAccount(string Login, string Password);

/// <summary>Accounts that are made on the server's machine, by whoever may start the program there.</summary>
public static class FirstAccount
{
    /// <summary>No vowels and nothing that looks like something else: it is read off a screen and typed once.</summary>
    const string Letters = "bcdfghjkmnpqrstvwxyz23456789";

    /// <summary>Makes the administrator when there is no account at all; null when there is one.</summary>
    public static async Task<Outcome<NewAccount?>> Ensure(IServiceProvider services)
    {
        if (!services.GetRequiredService<StaffDirectory>().IsEmpty())
            return default(NewAccount);
        var made = await Add(services, "admin", "Administrator", [new Grant(Role.Administrator, "")]);
        return made.Map<NewAccount?>(a => a);
    }

    /// <summary>Makes an account with a random password.</summary>
    public static async Task<Outcome<NewAccount>> Add(IServiceProvider services, string login, string name, IReadOnlyList<Grant> grants)
    {
        var password = RandomNumberGenerator.GetString(Letters, 16);
        var added = await services.GetRequiredService<AddStaffHandler>().Handle(new AddStaff(login, name, password, Unit: null, grants), granter: null);
        return added.Map(_ => new NewAccount(login, password));
    }
}
