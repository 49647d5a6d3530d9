using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>The ledger of duties 任务台账: its tables, and what the host wires.</summary>
public static class DutiesModule
{
    /// <summary>The tables of this module.</summary>
    public static ModuleSchema Schema { get; } = new("duties", typeof(DutiesModule).Assembly);

    /// <summary>
    /// Adds the use cases, the verifier, the trail of duties and the job that moves overdue duties up. Needs <see cref="Store"/> and
    /// logging; <see cref="DutiesSettings"/> are the defaults unless they were added.
    /// </summary>
    public static IServiceCollection AddDuties(this IServiceCollection services)
    {
        services.TryAddSingleton(new DutiesSettings());
        services.AddSingleton<WaiveDutyHandler>();
        services.AddSingleton<WithdrawDutyHandler>();
        services.AddSingleton<SettleMergeHandler>();
        services.AddSingleton<IEvidenceCheck, MergeEvidence>();
        services.AddSingleton<IEvidenceCheck, PairDecisions>();
        services.AddSingleton<ISubscriber, HearPairsParked>();
        services.AddSingleton<ISubscriber, HearPairDecided>();
        services.AddSingleton<ReinstateDutyHandler>();
        services.AddSingleton<EscalateOverdue>();
        services.AddHostedService(s => s.GetRequiredService<EscalateOverdue>());
        services.AddSingleton<IVerifier, VerifyLedger>();
        services.AddSingleton<ITrailSource, DutyTrail>();
        services.AddSingleton<Registers.IHoldsPersons, DutiesHolding>();
        return services;
    }

    /// <summary>The endpoints under <c>/api/duties</c>.</summary>
    public static IEndpointRouteBuilder MapDuties(this IEndpointRouteBuilder app)
    {
        Endpoints.Map(app);
        return app;
    }
}
