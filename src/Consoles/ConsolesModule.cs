using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.Home;
using Qipan.Consoles.Shell;
using Qipan.Consoles.SignIn;
using Qipan.Http;

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
        services.AddScoped<Reader>();
        return services;
    }

    public static IEndpointRouteBuilder MapConsoles(this IEndpointRouteBuilder app)
    {
        app.MapPageFiles();
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapSignIn();
        pages.MapGet("/", () => Page.Of<HomePage>()).NeedsSignIn();
        return app;
    }
}
