using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.AdminDesk;
using Qipan.Consoles.AlertDesk;
using Qipan.Consoles.BoardDesk;
using Qipan.Consoles.CaseDesk;
using Qipan.Consoles.ChainDesk;
using Qipan.Consoles.ClusterDesk;
using Qipan.Consoles.ContactDesk;
using Qipan.Consoles.DrillDesk;
using Qipan.Consoles.DutyDesk;
using Qipan.Consoles.HandoverDesk;
using Qipan.Consoles.Home;
using Qipan.Consoles.ItineraryDesk;
using Qipan.Consoles.LabDesk;
using Qipan.Consoles.ListDesk;
using Qipan.Consoles.Live;
using Qipan.Consoles.MapDesk;
using Qipan.Consoles.PersonDesk;
using Qipan.Consoles.PointDesk;
using Qipan.Consoles.ProtocolDesk;
using Qipan.Consoles.PublicDesk;
using Qipan.Consoles.RoundDesk;
using Qipan.Consoles.Shell;
using Qipan.Consoles.SignIn;
using Qipan.Consoles.TrailDesk;
using Qipan.Consoles.TubeDesk;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles;

/// <summary>
/// The pages. Each is rendered on the server, works without script, keeps its state in its address, and posts its forms to the same use
/// cases as the API.
/// </summary>
public static class ConsolesModule
{
    public static IServiceCollection AddConsoles(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<LiveDoor>();
        services.AddHostedService(s => s.GetRequiredService<LiveDoor>());
        services.AddScoped(s => new Reader(s.GetRequiredService<IHttpContextAccessor>().HttpContext
            ?? throw new InvalidOperationException("A page is rendered inside a request.")));
        return services;
    }

    /// <summary>Refused forms come back as they were sent. Outside whatever refuses: routing, failures, rights.</summary>
    public static IApplicationBuilder UseConsoles(this IApplicationBuilder app) => app.UseMiddleware<RefusedForms>();

    /// <summary>Places that were typed as people know them reach their use cases as codes. After the caller and the form's token are known.</summary>
    public static IApplicationBuilder UsePlaceFields(this IApplicationBuilder app) => app.UseMiddleware<PlaceChoice>();

    public static IEndpointRouteBuilder MapConsoles(this IEndpointRouteBuilder app)
    {
        app.MapPageFiles();
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.AddEndpointFilter((context, next) =>
        {
            PageMode.Keep(context.HttpContext);
            return next(context);
        });
        pages.MapSignIn();
        pages.MapTerritoryChoice();
        pages.MapPublicDesk();
        pages.MapLive();
        pages.MapBoardDesk();
        pages.MapMapDesk();
        pages.MapDutyDesk();
        pages.MapRoundDesk();
        pages.MapPointDesk();
        pages.MapLabDesk();
        pages.MapAlertDesk();
        pages.MapCaseDesk();
        pages.MapChainDesk();
        pages.MapClusters();
        pages.MapContactDesk();
        pages.MapHandoverDesk();
        pages.MapTubeDesk();
        pages.MapDiscrepancies();
        pages.MapTrailDesk();
        pages.MapProtocolDesk();
        pages.MapPersonDesk();
        pages.MapStaff();
        pages.MapDevices();
        pages.MapUnits();
        pages.MapSettings();
        pages.MapItineraryDesk();
        pages.MapListDesk();
        pages.MapDrillDesk();
        pages.MapGet("/", (HttpContext http, Store store) => Page.Of<HomePage>(new { Model = HomeModel.Load(http, store) })).NeedsSignIn();
        return app;
    }
}
