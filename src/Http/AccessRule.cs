using Microsoft.AspNetCore.Builder;

namespace Qipan.Http;

/// <summary>
/// What an endpoint asks of its caller. Every endpoint carries exactly one; an endpoint without one is refused by the host and
/// fails a test, so forgetting it denies instead of opening.
/// </summary>
/// <param name="Permission">Null for what is open to all, and for what everyone who is signed in may use.</param>
/// <param name="OpenBecause">Why it is open, when it is; null when the caller must be signed in.</param>
public sealed record AccessRule(Permission? Permission, string? OpenBecause = null)
{
    /// <summary>True when nobody has to be signed in.</summary>
    public bool IsOpen => OpenBecause is not null;
}

public static class AccessRules
{
    /// <summary>Only callers who hold the permission, anywhere; the use case judges the territory.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(permission));

    /// <summary>Everyone who is signed in, whatever the role: one's own home page, one's own sign-out.</summary>
    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(null));

    /// <summary>Open to everyone, signed in or not; the reason is printed by the access table.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint, string because)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(null, because));
}
