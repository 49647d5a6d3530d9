using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Tracing 追踪: contacts of a case, from proposals to a release.</summary>
public static class TracingModule
{
    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("tracing", typeof(TracingModule).Assembly);

    /// <summary>
    /// Adds the use cases, the worker that draws consequences, the trail and the verifier. Needs <see cref="Store"/>, the keys, the protocol book
    /// and local days; <see cref="TracingSettings"/> and a <see cref="PresenceDoor"/> that is shut are the defaults unless they were added.
    /// </summary>
    public static IServiceCollection AddTracing(this IServiceCollection services)
    {
        services.TryAddSingleton(new TracingSettings());
        services.TryAddSingleton(new PresenceDoor(null));
        foreach (var handler in Handlers)
            services.AddSingleton(handler);
        services.AddSingleton(s => new FindSources(s.GetRequiredService<Protocols.ProtocolBook>(), s.GetRequiredService<Kernel.LocalDays>(),
            s.GetRequiredService<PresenceDoor>(), s.GetRequiredService<TracingSettings>(), s.GetRequiredService<VenueKinds>(), s.GetRequiredService<TimeProvider>()));
        foreach (var subscriber in Subscribers)
            services.AddSingleton(typeof(ISubscriber), subscriber);
        services.AddSingleton<TraceWorker>();
        services.AddHostedService(s => s.GetRequiredService<TraceWorker>());
        services.AddHostedService<ForgetVisits>();
        services.AddSingleton<ITrailSource, TracingTrail>();
        services.AddSingleton<Registers.IHoldsPersons, TracingHolding>();
        services.AddSingleton<Duties.IEvidenceCheck, TracingEvidence>();
        services.AddSingleton<IVerifier, VerifyTracing>();
        return services;
    }

    /// <summary>The endpoints under <c>/api/tracing</c>.</summary>
    public static IEndpointRouteBuilder MapTracing(this IEndpointRouteBuilder app)
    {
        Endpoints.Map(app);
        return app;
    }

    static readonly Type[] Handlers =
    [
        typeof(ContactWork), typeof(VenueKinds), typeof(ProposalWriter), typeof(ProposeContactsHandler), typeof(ProposeHere), typeof(AddContactHandler), typeof(DecideContactsHandler), typeof(DecideAllHandler),
        typeof(MoveContactsHandler), typeof(RecordVisitsHandler), typeof(ReportCheckHandler), typeof(ReleaseContactsHandler), typeof(CaseConsequences),
        typeof(CloseMissed), typeof(ReevaluatePlansHandler), typeof(DecidePlansHandler), typeof(RegisterVenueHandler), typeof(ImportVenuesHandler),
        typeof(ImportVisitsHandler), typeof(ImportRosterHandler), typeof(HandoverWork),
        typeof(RequestHandoverHandler), typeof(AcceptHandoverHandler), typeof(RefuseHandoverHandler), typeof(RaiseHandovers),
        typeof(CaseWindows),
    ];

    static readonly Type[] Subscribers =
    [
        typeof(TraceSubscribers.Opened), typeof(TraceSubscribers.Isolated), typeof(TraceSubscribers.Onset), typeof(TraceSubscribers.Reclassified), typeof(TraceSubscribers.Itinerary),
        typeof(TraceSubscribers.Results), typeof(TraceSubscribers.Amended),
    ];
}
