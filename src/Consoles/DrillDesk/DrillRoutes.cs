using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.DrillDesk;

/// <summary>The calendar of a drill: stop it, let it go on, faster or slower. There is no such address where the program is used in earnest.</summary>
static class DrillRoutes
{
    public static void MapDrillDesk(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IDrillPace>() is not { } pace)
            return;
        app.MapGet("/drill", () => Page.Of<DrillPage>(new { Pace = pace })).NeedsSignIn();
        app.MapPost("/drill", ([FromForm] double? speed) =>
        {
            if (speed is not { } wanted || double.IsNaN(wanted) || wanted < 0 || wanted > pace.Most)
                return Page.Refused(new SpeedWrong(pace.Most));
            pace.Run(wanted);
            return Page.See("/drill");
        }).Needs(Permission.PaceDrill);
    }
}

/// <summary>No calendar runs at this speed.</summary>
public sealed record SpeedWrong(double Most) : FieldRefusal("speed", "speed_wrong", RefusalKind.Invalid,
    $"A speed is between 0 and {Most:0} times real time.", $"速度须在0至{Most:0}倍之间。");
