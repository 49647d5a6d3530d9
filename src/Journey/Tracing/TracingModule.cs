using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Tracing 追踪: contacts of a case, their follow-up, hand-overs.</summary>
public static class TracingModule
{
    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("tracing", typeof(TracingModule).Assembly);

    /// <summary>Adds the use cases. Needs <see cref="Store"/>, the protocol book and local days.</summary>
    public static IServiceCollection AddTracing(this IServiceCollection services) => services;

    /// <summary>The endpoints under <c>/api/tracing</c>.</summary>
    public static IEndpointRouteBuilder MapTracing(this IEndpointRouteBuilder app) => app;
}
