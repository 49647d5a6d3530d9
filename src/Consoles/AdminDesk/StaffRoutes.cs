using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.AdminDesk;

/// <summary>Accounts of staff.</summary>
static class StaffRoutes
{
    /// <summary>No vowels and nothing that looks like something else: it is read off a screen and typed once.</summary>
    const string Letters = "bcdfghjkmnpqrstvwxyz23456789";

    public static void MapStaff(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/staff", (HttpContext http, Store store, Guid? after) => Page.Of<StaffPage>(new { Model = StaffModel.Load(http, store, after) }))
            .Needs(Permission.Administer);
        app.MapPost("/admin/staff", Add).Needs(Permission.Administer);
        app.MapPost("/admin/staff/{id:guid}/close", (HttpContext http, CloseStaffHandler use, Guid id, IFormCollection form) =>
            Close(http, use, new CloseStaff(id), form)).Needs(Permission.Administer);
        app.MapPost("/admin/staff/{id:guid}/reopen", (HttpContext http, CloseStaffHandler use, Guid id, IFormCollection form) =>
            Close(http, use, new CloseStaff(id, Reopen: true), form)).Needs(Permission.Administer);
    }

    static async Task<IResult> Add(
        HttpContext http, Store store, AddStaffHandler use, [FromForm] string? login, [FromForm] string? name, [FromForm] string? role, [FromForm] string? territory)
    {
        var account = login ?? "";
        var password = RandomNumberGenerator.GetString(Letters, 16);
        var grant = new Grant(Enum.TryParse<Role>(role, out var known) ? known : default, territory?.Trim() ?? "");
        var made = await use.Handle(new AddStaff(account, name ?? "", password, Unit: null, [grant]), http.Caller());
        return made.Ok ? Page.Of<StaffPage>(new { Model = StaffModel.Load(http, store, after: null) with { Made = (account, password) } }) : Page.Refused(made.Refusal);
    }

    static async Task<IResult> Close(HttpContext http, CloseStaffHandler use, CloseStaff command, IFormCollection form)
    {
        _ = form; // taking the form asks for its antiforgery token
        var done = await use.Handle(command, http.Caller());
        return done.Ok ? Page.See("/admin/staff") : Page.Refused(done.Refusal);
    }
}
