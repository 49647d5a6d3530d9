using Microsoft.AspNetCore.Http;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.Consoles.Shell;

/// <summary>Which part of the caller's territory a page shows.</summary>
/// <param name="Code">A place code; empty is everything.</param>
/// <param name="Own">The territories that the caller may choose from.</param>
public sealed record Territory(string Code, IReadOnlyList<string> Own)
{
    /// <summary>What is asked for, if the caller may see it; when nothing is asked for, what they chose to work on, else their first territory.</summary>
    public static Outcome<Territory> Choose(HttpContext context, Permission permission, string? asked)
    {
        var caller = context.Caller();
        var own = caller.Territories(permission);
        if (string.IsNullOrWhiteSpace(asked))
            return new Territory(TerritoryChoice.Kept(context, permission) ?? own[0], own);
        if (PlaceCode.Parse(asked.Trim()) is { Ok: false } wrong)
            return wrong.Refusal with { Field = "area" };
        var allowed = caller.Must(permission, asked.Trim());
        return allowed.Ok ? new Territory(asked.Trim(), own) : allowed.Refusal;
    }

    /// <summary>
    /// Done when the caller holds the permission somewhere in the county: for things that have no finer place than their county.
    /// </summary>
    public static Outcome<Done> Touches(Caller caller, Permission permission, string owner) =>
        caller.Territories(permission).Any(t => t.StartsWith(owner, StringComparison.Ordinal) || owner.StartsWith(t, StringComparison.Ordinal))
            ? Done.Value : new NotAllowedHere();

    /// <summary>The counties as SQL conditions on <c>owner</c> take them: from, and the first that is no more in it.</summary>
    public (string From, string Beyond) Owners => Code.Length >= 6 ? (Code[..6], Code[..6] + "!") : (Code, Code + "~");

    /// <summary>The level below, by which figures of this territory are broken down.</summary>
    public PlaceLevel Below => Code.Length switch
    {
        < 2 => PlaceLevel.Province,
        < 4 => PlaceLevel.City,
        < 6 => PlaceLevel.County,
        < 9 => PlaceLevel.Street,
        _ => PlaceLevel.Community,
    };
}
