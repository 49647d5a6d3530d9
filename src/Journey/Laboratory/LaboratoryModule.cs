using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Duties;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Laboratory 检·报: reception, plates, runs, results, suspect pools.</summary>
public static class LaboratoryModule
{
    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("laboratory", typeof(LaboratoryModule).Assembly);

    /// <summary>
    /// Adds the use cases, the job that recognises re-samples, the trail, the evidence check and the verifier. Needs <see cref="Store"/>,
    /// the protocol book and local days; <see cref="LaboratorySettings"/> are the defaults unless they were added.
    /// </summary>
    public static IServiceCollection AddLaboratory(this IServiceCollection services)
    {
        services.TryAddSingleton(new LaboratorySettings());
        foreach (var handler in Handlers)
            services.AddSingleton(handler);
        services.AddHostedService<LookForResamples>();
        services.AddSingleton<ITubeFollower, FollowTubes>();
        services.AddSingleton<ITrailSource, LaboratoryTrail>();
        services.AddSingleton<Registers.IHoldsPersons, LaboratoryHolding>();
        services.AddSingleton<IEvidenceCheck, LaboratoryEvidence>();
        services.AddSingleton<IVerifier, VerifyLaboratory>();
        return services;
    }

    /// <summary>The endpoints under <c>/api/laboratory</c>.</summary>
    public static IEndpointRouteBuilder MapLaboratory(this IEndpointRouteBuilder app)
    {
        Endpoints.Map(app);
        OwnResultEndpoints.Map(app);
        return app;
    }

    static readonly Type[] Handlers =
    [
        typeof(RaiseAlerts), typeof(AlertWork), typeof(Resamples), typeof(ResultChange),
        typeof(RegisterLaboratoryHandler), typeof(RegisterAssayHandler),
        typeof(ReceiveBoxHereHandler), typeof(RejectTubeHandler), typeof(ImportPlateLayoutHandler), typeof(PlanPlateHandler), typeof(DropPlateHandler),
        typeof(LoadRunHandler), typeof(ReviewRunHandler), typeof(VerifyResultsHandler), typeof(InvalidateRunHandler),
        typeof(ReleaseRunsHandler), typeof(AmendResultHandler), typeof(WithdrawResultHandler),
        typeof(RaiseAlertHandler), typeof(AcknowledgeAlertHandler), typeof(RecordHoldHandler), typeof(ConfirmMemberHandler),
        typeof(ClearMemberHandler), typeof(RecordGoneHandler), typeof(SettleAlertHandler), typeof(CloseAlertHandler), typeof(FindOwnResultsHandler),
    ];
}
