using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Duties;
using Qipan.Intake;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Sampling 采·送: rounds, points, tubes, boxes, custody, discrepancies.</summary>
public static class SamplingModule
{
    static SamplingModule()
    {
        RowTypes.Register<RoundId>();
        RowTypes.Register<TubeId>();
        RowTypes.Register<BoxId>();
        RowTypes.Register<RegistrationId>();
        RowTypes.Register<DiscrepancyId>();
    }

    /// <summary>The module's tables; naming it also teaches the store the module's ids.</summary>
    public static ModuleSchema Schema { get; } = new("sampling", typeof(SamplingModule).Assembly);

    /// <summary>Needs a <see cref="Store"/>, a <see cref="Keyring"/> and the protocols' book.</summary>
    public static IServiceCollection AddSampling(this IServiceCollection services)
    {
        services.TryAddSingleton(new SamplingSettings());
        services.AddSingleton<FactJudge, SamplingJudge>();
        services.AddSingleton<IEvidenceCheck, SamplingEvidence>();
        services.AddSingleton<Registers.IHoldsPersons, SamplingHolding>();
        services.AddSingleton<ISubscriber, HearOfSharedCodes>();
        RoundEndpoints.Add(services);
        SamplingEndpoints.Add(services);
        return services;
    }

    public static IEndpointRouteBuilder MapSampling(this IEndpointRouteBuilder app)
    {
        RoundEndpoints.Map(app);
        SamplingEndpoints.Map(app);
        return app;
    }
}
