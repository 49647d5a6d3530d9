using Microsoft.AspNetCore.Builder;

namespace Qipan.Http;

/// <summary>
/// What an endpoint asks of its caller. Every endpoint carries exactly one; an endpoint without one is refused by the host and
/// fails a test, so forgetting it denies instead of opening.
/// </summary>
/// <param name="Permission">Null only for what is open to all.</param>
/// <param name="OpenBecause">Why it is open, when it is.</param>
public sealed record AccessRule(Permission? Permission, string? OpenBecause = null);

public static class AccessRules
{
    /// <summary>Only callers who hold the permission, anywhere; the use case judges the territory.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(permission));

    /// <summary>Open to everyone, signed in or not; the reason is printed by the access table.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint, string because)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(null, because));
}
