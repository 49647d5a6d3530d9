using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Server.Failures;

namespace Qipan.Server.Access;

/// <summary>
/// Deny unless said otherwise: an endpoint without a rule is refused for everyone, one with a permission is refused to everyone
/// who does not hold it somewhere. Where the territory matters, the use case judges it besides.
/// </summary>
sealed class AccessGate(RequestDelegate next, ILogger<AccessGate> log)
{
    public Task InvokeAsync(HttpContext context) => Refusal(context) is { } refusal ? Failure.Write(context, refusal) : next(context);

    Refusal? Refusal(HttpContext context)
    {
        // Routing's own answers (405, 415) are endpoints without a route; they show nothing and do nothing.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
            return null;
        if (endpoint.Metadata.GetMetadata<AccessRule>() is not { } rule)
        {
            log.LogError("The endpoint {Endpoint} has no access rule and is refused.", endpoint.DisplayName);
            return new NotAllowedHere();
        }
        if (rule.IsOpen)
            return null;
        if (context.CallerOrNone() is not { } caller)
            return new NotSignedIn();
        return rule.Permission is { } permission && !caller.May(permission) ? new NotAllowedHere() : null;
    }
}
