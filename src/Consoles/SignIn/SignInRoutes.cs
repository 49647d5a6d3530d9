using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Consoles.SignIn;

/// <summary>Signing in and out.</summary>
static class SignInRoutes
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (string? to) => Page.Of<SignInPage>(new { To = Local(to) })).OpenToAll("nobody is signed in before signing in");
        app.MapPost("/sign-in", SignIn).OpenToAll("nobody is signed in before signing in");
        app.MapPost("/sign-out", SignOut).NeedsSignIn();
        app.MapGet("/me/password", () => Page.Of<PasswordPage>()).NeedsSignIn();
        app.MapPost("/me/password", Change).NeedsSignIn();
    }

    static async Task<IResult> SignIn(HttpContext http, StaffDirectory staff, [FromForm] string? login, [FromForm] string? password, [FromForm] string? to)
    {
        var outcome = await staff.SignIn(login ?? "", password ?? "");
        if (!outcome.Ok)
            return Page.Refused(outcome.Refusal);
        SessionCookie.Set(http, outcome.Value.Token);
        return Page.See(Local(to));
    }

    static async Task<IResult> SignOut(HttpContext http, StaffDirectory staff, IFormCollection form)
    {
        _ = form; // taking the form asks for its antiforgery token
        if (http.Request.Cookies[SessionCookie.Name] is { } token)
            _ = await staff.SignOut(token);
        SessionCookie.Clear(http);
        return Page.See("/sign-in");
    }

    static async Task<IResult> Change(
        HttpContext http, ChangePasswordHandler use, [FromForm] string? oldPassword, [FromForm] string? newPassword, [FromForm] string? again)
    {
        var refusal = newPassword != again ? new PasswordsDiffer()
            : (await use.Handle(new ChangePassword(oldPassword ?? "", newPassword ?? ""), http.Caller().Actor)).Refusal;
        if (refusal is not null)
            return Page.Refused(refusal);
        SessionCookie.Clear(http);
        return Page.See("/sign-in");
    }

    /// <summary>Only a path of our own: a link in a mail must not lead on to somebody else's site.</summary>
    public static string Local(string? to) => to is ['/', not ('/' or '\\'), ..] && !to.Any(char.IsControl) ? to : "/";
}

/// <summary>The new password was typed in two ways.</summary>
sealed record PasswordsDiffer() : Refusal("passwords_differ", RefusalKind.Invalid,
    "The two new passwords are not the same. Type it again.", "两次输入的新密码不一致，请重新输入。");
