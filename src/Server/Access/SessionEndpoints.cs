using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Server.Access;

/// <summary>What a program sends to sign in.</summary>
public sealed record SignInRequest(string Login, string Password);

/// <summary>A session that has begun; the token goes into the Authorization header as a bearer.</summary>
public sealed record SessionAnswer(string Token, DateTimeOffset Expires);

/// <summary>Who calls, as the server sees it.</summary>
/// <param name="Actor">staff:… or device:….</param>
/// <param name="Unit">The unit's id.</param>
/// <param name="Owner">The county whose rows the caller writes by default.</param>
/// <param name="Grants">Roles with their territories.</param>
public sealed record CallerAnswer(string Actor, UnitId Unit, string Owner, IReadOnlyList<Grant> Grants);

static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("session");
        session.MapPost("/", SignIn).OpenToAll("nobody is signed in before signing in");
        session.MapDelete("/", SignOut).NeedsSignIn();
        session.MapGet("/", (HttpContext http) => http.Caller() is var c ? new CallerAnswer(c.Actor.ToString(), c.Unit, c.Owner, c.Grants) : null)
            .NeedsSignIn();
    }

    static async Task<IResult> SignIn(SignInRequest request, StaffDirectory staff)
    {
        var outcome = await staff.SignIn(request.Login ?? "", request.Password ?? "");
        return outcome.Map(s => new SessionAnswer(s.Token, s.Expires)).ToHttp();
    }

    static async Task<IResult> SignOut(HttpContext http, StaffDirectory staff)
    {
        var outcome = await staff.SignOut(Authentication.TokenOf(http.Request) ?? "");
        SessionCookie.Clear(http);
        return outcome.ToHttp();
    }
}
