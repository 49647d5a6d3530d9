using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.AdminDesk;

/// <summary>The devices of one county.</summary>
public sealed record DevicesModel(string Owner, IReadOnlyList<Device> Devices, string? Next)
{
    /// <summary>Shown this once, to be entered into the device.</summary>
    public string? Token { get; init; }
}

/// <summary>Devices that send facts.</summary>
static class DeviceRoutes
{
    const int Take = 100;

    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/devices", (HttpContext http, Store store, string? owner, Guid? after) =>
            Page.Of<DevicesPage, DevicesModel>(Load(http, store, owner, after), m => new { Model = m })).Needs(Permission.Administer);
        app.MapPost("/admin/devices", Register).Needs(Permission.Administer);
        app.MapPost("/admin/devices/{owner}/{id:guid}/revoke", Revoke).Needs(Permission.Administer);
    }

    static Outcome<DevicesModel> Load(HttpContext http, Store store, string? owner, Guid? after)
    {
        var chosen = Territory.Choose(http, Permission.Administer, owner);
        if (!chosen.Ok)
            return chosen.Refusal;
        var county = chosen.Value.Code.Length >= 6 ? chosen.Value.Code[..6] : "";
        var devices = county.Length == 0 ? [] : store.Read(s => Devices.Page(s, county, after, Take));
        return new DevicesModel(county, devices, devices.Count == Take ? devices[^1].Id.Value.ToString() : null);
    }

    static async Task<IResult> Register(
        HttpContext http, Store store, RegisterDeviceHandler use, [FromForm] string? label, [FromForm] string? role, [FromForm] string? territory)
    {
        var place = territory?.Trim() ?? "";
        var caller = http.Caller();
        var unit = place.Length >= 6 ? store.Read(s => UnitDirectory.ResponsibleFor(s, UnitKind.SamplingTeam, place)) : caller.Unit;
        var made = await use.Handle(caller, new RegisterDevice(label ?? "", DeviceKind.Phone, unit, place, Enum.TryParse<Role>(role, out var known) ? known : default));
        return made.Ok ? Page.Of<DevicesPage, DevicesModel>(Load(http, store, place.Length >= 6 ? place[..6] : null, after: null), m => new { Model = m with { Token = made.Value.Token } }) : Page.Refused(made.Refusal);
    }

    static async Task<IResult> Revoke(HttpContext http, RevokeDeviceHandler use, string owner, Guid id, IFormCollection form)
    {
        _ = form; // taking the form asks for its antiforgery token
        var done = await use.Handle(http.Caller(), owner, new RevokeDevice(new DeviceId(id), Reason: null));
        return done.Ok ? Page.See($"/admin/devices?owner={owner}") : Page.Refused(done.Refusal);
    }
}
