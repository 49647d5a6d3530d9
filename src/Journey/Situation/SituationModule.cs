using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Qipan.Situation;

/// <summary>Situation 研判: the figures of the board, of the curve and of the map. It keeps nothing of its own.</summary>
public static class SituationModule
{
    /// <summary>
    /// Adds what reads the figures. Needs the store, the protocol book and local days; <see cref="SituationSettings"/> are the defaults unless they
    /// were added.
    /// </summary>
    public static IServiceCollection AddSituation(this IServiceCollection services)
    {
        services.TryAddSingleton(new SituationSettings());
        services.AddSingleton<DayBook>();
        services.AddSingleton<BoardBook>();
        services.AddSingleton<MapBook>();
        services.AddSingleton<DelayBook>();
        services.AddSingleton<ReproductionBook>();
        return services;
    }

    /// <summary>The endpoints under <c>/api/situation</c>.</summary>
    public static IEndpointRouteBuilder MapSituation(this IEndpointRouteBuilder app)
    {
        Endpoints.Map(app);
        return app;
    }
}
