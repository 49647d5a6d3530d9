using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles.AdminDesk;

/// <summary>An account as the administrator sees it: what it may do, and whether it may sign in.</summary>
public sealed class StaffLine
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Login { get; init; } = "";

    public string Name { get; init; } = "";

    public Guid Unit { get; init; }

    /// <summary>1 active.</summary>
    public int State { get; init; }
}

/// <summary>A role of an account.</summary>
public sealed class GrantLine
{
    public Guid Staff { get; init; }

    public Role Role { get; init; }

    public string Territory { get; init; } = "";
}

/// <summary>The accounts of the administrator's counties.</summary>
public sealed record StaffModel(
    IReadOnlyList<StaffLine> Staff, ILookup<Guid, GrantLine> Grants, IReadOnlyDictionary<Guid, string> Units, IReadOnlyList<string> Territories, string? Next)
{
    const int Take = 100;

    /// <summary>Shown this once, to be handed over.</summary>
    public (string Login, string Password)? Made { get; init; }

    public static StaffModel Load(HttpContext http, Store store, Guid? after)
    {
        var caller = http.Caller();
        var territories = caller.Territories(Permission.Administer);
        return store.Read(session =>
        {
            var staff = session.Query<StaffLine>(
                $"SELECT owner, id, login, name, unit, state FROM staff{(after is null ? "" : " WHERE id > @after")} ORDER BY id", new { after })
                .Where(s => Territory.Touches(caller, Permission.Administer, s.Owner).Ok || territories.Contains("")).Take(Take).ToList();
            var grants = session.Query<GrantLine>($"SELECT staff, role, territory FROM staff_grant WHERE staff {session.InIds("ids")} ORDER BY role, territory",
                new { ids = session.Keys(staff.Select(s => s.Id)) }).ToLookup(g => g.Staff);
            return new StaffModel(staff, grants, Lookups.Units(session, staff.Select(s => s.Unit)), territories, staff.Count == Take ? staff[^1].Id.ToString() : null);
        });
    }
}
