using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Duties;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Cases 病例: opened, classified, investigated, linked into chains.</summary>
public static class CasesModule
{
    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("cases", typeof(CasesModule).Assembly);

    /// <summary>
    /// Adds the use cases, what hears of the laboratory, the trail, the evidence check and the verifier. Needs <see cref="Store"/>, the protocol
    /// book and local days; <see cref="CasesSettings"/> are the defaults unless they were added.
    /// </summary>
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.TryAddSingleton(new CasesSettings());
        foreach (var handler in Handlers)
            services.AddSingleton(handler);
        services.AddSingleton<ISubscriber, HearMemberConfirmed>();
        services.AddSingleton<ISubscriber, HearResultAmended>();
        services.AddSingleton<ISubscriber, HearPositiveAgain>();
        services.AddSingleton<ITrailSource, CasesTrail>();
        services.AddSingleton<Registers.IHoldsPersons, CasesHolding>();
        services.AddSingleton<IEvidenceCheck, CasesEvidence>();
        services.AddSingleton<IVerifier, VerifyCases>();
        return services;
    }

    /// <summary>The endpoints under <c>/api/cases</c>.</summary>
    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder app)
    {
        Endpoints.Map(app);
        return app;
    }

    static readonly Type[] Handlers =
    [
        typeof(CaseWork), typeof(CaseActs), typeof(CaseDefinitions), typeof(CaseViews), typeof(ChainGraphs), typeof(ChainBook), typeof(FigureBook), typeof(Repositives),
        typeof(OpenCaseHandler), typeof(ReportCaseHandler), typeof(ReviewCaseHandler), typeof(ClassifyCaseHandler), typeof(CorrectCaseHandler),
        typeof(RecordCourseHandler), typeof(IsolateCaseHandler), typeof(AttributeCaseHandler), typeof(RecordRepositiveHandler),
        typeof(AskedContactsHandler), typeof(DeclareSourceHandler), typeof(ClearFlagHandler), typeof(RecordFindingsHandler),
        typeof(AddClusterHandler), typeof(MoveToClusterHandler), typeof(AssignInvestigationHandler), typeof(MoveInvestigationHandler),
        typeof(AddStayHandler), typeof(CorrectStayHandler), typeof(AddLinkHandler),
    ];
}
