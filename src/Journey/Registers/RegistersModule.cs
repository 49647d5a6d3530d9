using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Registers 登记底册: places, persons, households, units and staff.</summary>
public static class RegistersModule
{
    static RegistersModule() => RowTypes.Register<StaffId>();

    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("registers", typeof(RegistersModule).Assembly);

    /// <summary>Adds the module; needs <see cref="Store"/>, <see cref="Keyring"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRegisters(this IServiceCollection services) => services
        .AddSingleton<StaffDirectory>()
        .AddSingleton<AddStaffHandler>()
        .AddSingleton<GrantRoleHandler>()
        .AddSingleton<CloseStaffHandler>()
        .AddSingleton<ChangePasswordHandler>()
        .AddSingleton<AddPlacesHandler>()
        .AddSingleton<ImportPlacesHandler>()
        .AddSingleton<ImportBoundariesHandler>()
        .AddSingleton<ImportPersonsHandler>()
        .AddSingleton<AddUnitHandler>()
        .AddSingleton<PersonViews>()
        .AddSingleton<FindPersonsHandler>()
        .AddSingleton<SeePersonHandler>()
        .AddSingleton<RegisterPersonHandler>()
        .AddSingleton<RegisterTemporaryHandler>()
        .AddSingleton<CorrectPersonHandler>()
        .AddSingleton<LinkDocumentHandler>()
        .AddSingleton<IHoldsPersons, RegistersHolding>()
        .AddSingleton<PersonMerges>()
        .AddSingleton<DecideDuplicateHandler>()
        .AddSingleton<FindDuplicatesHandler>()
        .AddSingleton<DuplicateScans>()
        .AddSingleton<SeeDuplicatesHandler>()
        .AddSingleton<MergePersonsHandler>()
        .AddSingleton<UnmergePersonHandler>()
        .AddSingleton<ITrailSource, RegistersTrail>()
        .AddSingleton<IVerifier, VerifyRegisters>();

    /// <summary>The module's endpoints, under <c>/api/registers</c>.</summary>
    public static IEndpointRouteBuilder MapRegisters(this IEndpointRouteBuilder routes)
    {
        var registers = routes.MapGroup("/api/registers").WithTags("registers");
        PersonEndpoints.Map(registers);
        DuplicateEndpoints.Map(registers);
        PlaceEndpoints.Map(registers);
        BoundaryEndpoints.Map(registers);
        ImportEndpoints.Map(registers);
        return routes;
    }
}
