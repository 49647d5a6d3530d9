using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Cases;
using Qipan.Duties;
using Qipan.Intake;
using Qipan.Laboratory;
using Qipan.LineLists;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Situation;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Server;

/// <summary>The one list of what the program is made of, in the order of references.</summary>
public static class Modules
{
    /// <summary>Each module's SQL files; the store migrates them in this order.</summary>
    public static IReadOnlyList<ModuleSchema> Schemas { get; } =
    [
        RegistersModule.Schema,
        DutiesModule.Schema,
        IntakeModule.Schema,
        SamplingModule.Schema,
        LaboratoryModule.Schema,
        CasesModule.Schema,
        TracingModule.Schema,
        LineListsModule.Schema,
    ];

    /// <summary>Each module's use cases.</summary>
    public static IServiceCollection AddModules(this IServiceCollection services, ProtocolBook protocols) => services
        .AddProtocols(protocols)
        .AddRegisters()
        .AddDuties()
        .AddIntake()
        .AddSampling()
        .AddLaboratory()
        .AddCases()
        .AddTracing()
        .AddLineLists()
        .AddSituation();

    /// <summary>Each module's endpoints.</summary>
    public static IEndpointRouteBuilder MapModules(this IEndpointRouteBuilder app) => app
        .MapProtocols()
        .MapRegisters()
        .MapDuties()
        .MapIntake()
        .MapSampling()
        .MapLaboratory()
        .MapCases()
        .MapTracing()
        .MapLineLists()
        .MapSituation();
}
