using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Cases 病例: opened, classified, investigated, linked into chains.</summary>
public static class CasesModule
{
    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("cases", typeof(CasesModule).Assembly);

    /// <summary>Adds the use cases. Needs <see cref="Store"/>, the protocol book and local days.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services;

    /// <summary>The endpoints under <c>/api/cases</c>.</summary>
    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder app) => app;
}
