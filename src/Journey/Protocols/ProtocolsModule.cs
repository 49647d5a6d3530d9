using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Qipan.Protocols;

/// <summary>Protocols 规则: which rules hold for a disease at a place on a day, and under which version a decision was taken.</summary>
public static class ProtocolsModule
{
    /// <summary>
    /// Adds the book as a singleton. The host loads it first (<see cref="ProtocolBook.Load"/>) and does not start when it is refused:
    /// deciding under wrong rules is worse than not starting.
    /// </summary>
    public static IServiceCollection AddProtocols(this IServiceCollection services, ProtocolBook book) => services.AddSingleton(book);

    /// <summary>The module's endpoints, under <c>/api/protocols</c>.</summary>
    public static IEndpointRouteBuilder MapProtocols(this IEndpointRouteBuilder routes)
    {
        ProtocolEndpoints.Map(routes);
        return routes;
    }
}
