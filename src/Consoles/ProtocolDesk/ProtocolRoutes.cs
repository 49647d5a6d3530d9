using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Protocols;

namespace Qipan.Consoles.ProtocolDesk;

/// <summary>What rules there are, and one of them with its sources.</summary>
static class ProtocolRoutes
{
    public static void MapProtocolDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/protocols", (ProtocolBook book) => Page.Of<ProtocolListPage>(new { Book = book })).Needs(Permission.SeeProtocols);
        app.MapGet("/protocols/{version}", Show).Needs(Permission.SeeProtocols);
    }

    static IResult Show(ProtocolBook book, string version) => ProtocolVersion.TryParse(version, out var wanted)
        ? Page.Of<ProtocolPage, Protocol>(book.Find(wanted), p => new { Protocol = p })
        : Page.Refused(new NoSuchProtocol());
}

/// <summary>The address names no version of a protocol.</summary>
sealed record NoSuchProtocol() : Kernel.Refusal("unknown_protocol", Kernel.RefusalKind.NotFound,
    "There is no such protocol. Take one from the list of protocols.", "没有该方案，请从方案列表中选择。");
