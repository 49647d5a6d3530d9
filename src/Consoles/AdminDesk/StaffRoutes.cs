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
        app.MapPost("/admin/staff/{id:guid}/close", (HttpContext http, Store store, CloseStaffHandler use, Guid id, IFormCollection form) =>
            Close(http, store, use, new CloseStaff(id), form)).Needs(Permission.Administer);
        app.MapPost("/admin/staff/{id:guid}/reopen", (HttpContext http, Store store, CloseStaffHandler use, Guid id, IFormCollection form) =>
            Close(http, store, use, new CloseStaff(id, Reopen: true), form)).Needs(Permission.Administer);
    }

    static async Task<IResult> Add(
        HttpContext http, Store store, AddStaffHandler use, [FromForm] string? login, [FromForm] string? name, [FromForm] string? role, [FromForm] string? territory)
    {
        var typed = new NewStaff(login ?? "", name ?? "", Enum.TryParse<Role>(role, out var known) ? known : default, territory?.Trim() ?? "");
        var password = RandomNumberGenerator.GetString(Letters, 16);
        var made = await use.Handle(new AddStaff(typed.Login, typed.Name, password, Unit: null, [new Grant(typed.Role, typed.Territory)]), http.Caller());
        var model = StaffModel.Load(http, store, after: null);
        return made.Ok
            ? Page.Of<StaffPage>(new { Model = model with { Made = (typed.Login, password) } })
            : Page.Of<StaffPage>(new { Model = model with { Typed = typed, Refusal = made.Refusal } }, Answers.StatusOf(made.Refusal.Kind));
    }

    static async Task<IResult> Close(HttpContext http, Store store, CloseStaffHandler use, CloseStaff command, IFormCollection form)
    {
        _ = form; // taking the form asks for its antiforgery token
        var done = await use.Handle(command, http.Caller());
        return done.Ok
            ? Page.See("/admin/staff")
            : Page.Of<StaffPage>(new { Model = StaffModel.Load(http, store, after: null) with { Refusal = done.Refusal } }, Answers.StatusOf(done.Refusal.Kind));
    }
}
