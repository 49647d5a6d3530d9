using Microsoft.AspNetCore.Http;
using Qipan.Kernel;

namespace Qipan.Http;

/// <summary>A role that somebody holds within a territory: a place code, which covers every place whose code begins with it.</summary>
public sealed record Grant(Role Role, string Territory);

/// <summary>
/// Who calls: set by the host's authentication before any endpoint runs, so an endpoint never sees an unknown caller.
/// </summary>
/// <param name="Actor">Staff or device.</param>
/// <param name="Unit">The unit that the caller belongs to.</param>
/// <param name="Owner">The county whose rows the caller writes by default.</param>
/// <param name="Grants">Roles with their territories; never empty.</param>
public sealed record Caller(Actor Actor, UnitId Unit, string Owner, IReadOnlyList<Grant> Grants)
{
    /// <summary>True when a role with the permission covers the place. Territory and role are judged together (P-06).</summary>
    public bool May(Permission permission, string placeCode) =>
        Grants.Any(g => Roles.May(g.Role, permission) && placeCode.StartsWith(g.Territory, StringComparison.Ordinal));

    public bool May(Permission permission) => Grants.Any(g => Roles.May(g.Role, permission));

    /// <summary>The territories in which the caller holds the permission, none inside another.</summary>
    public IReadOnlyList<string> Territories(Permission permission)
    {
        var all = Grants.Where(g => Roles.May(g.Role, permission)).Select(g => g.Territory).Distinct().ToList();
        return [.. all.Where(t => !all.Exists(o => o.Length < t.Length && t.StartsWith(o, StringComparison.Ordinal)))];
    }

    /// <summary>Done, or the refusal of a caller whose territory does not cover the place.</summary>
    public Outcome<Done> Must(Permission permission, string placeCode) =>
        May(permission, placeCode) ? Done.Value : new NotAllowedHere();
}

/// <summary>The caller holds no role that allows this at this place.</summary>
public sealed record NotAllowedHere() : Refusal("not_allowed", RefusalKind.NotAllowed,
    "Your role does not allow this here. Ask the unit that is responsible for this place.",
    "您的角色无权在此处进行该操作，请联系属地负责单位。");

/// <summary>Nobody is signed in.</summary>
public sealed record NotSignedIn() : Refusal("not_signed_in", RefusalKind.NotSignedIn,
    "Sign in first, or send a valid device token.", "请先登录，或提供有效的设备令牌。");

/// <summary>The caller of a request.</summary>
public static class CallerOfRequest
{
    /// <summary>The caller; throws when an endpoint that is open to all asks for one.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint is open to all and has no caller.");

    /// <summary>The caller, or null when nobody is signed in.</summary>
    public static Caller? CallerOrNone(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Set once by the host's authentication.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
