using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The routes of places, reporting units, organisation units and staff.</summary>
static class PlaceEndpoints
{
    public static void Map(RouteGroupBuilder registers)
    {
        registers.MapGet("/places", Children).Needs(Permission.SeeFigures);
        registers.MapGet("/places/find", Find).NeedsSignIn();
        registers.MapGet("/places/{code}", One).Needs(Permission.SeeFigures);
        registers.MapPost("/places", async (AddPlaces command, AddPlacesHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller())).ToHttp()).Needs(Permission.EditPlaces);
        registers.MapGet("/reporting-units", (Store store, LocalDays days, DateOnly? on) => Results.Json(new
        {
            items = store.Read(s => ReportingTree.Load(s, on ?? days.DateOf(store.Clock.GetUtcNow())).Units.ToList()),
        })).Needs(Permission.SeeFigures);
        registers.MapGet("/units", Units).Needs(Permission.SeeFigures);
        registers.MapPost("/units", async (AddUnit command, AddUnitHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller())).ToHttp()).Needs(Permission.Administer);
        registers.MapGet("/staff", Staff).Needs(Permission.Administer);
        registers.MapPost("/staff", async (AddStaff command, AddStaffHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller())).ToHttp()).Needs(Permission.Administer);
        registers.MapPost("/staff/{id:guid}/grants", async (Guid id, GrantBody body, GrantRoleHandler handler, HttpContext http) =>
            (await handler.Handle(new GrantRole(id, new Grant(body.Role, body.Territory), body.Withdraw), http.Caller())).ToHttp()).Needs(Permission.Administer);
        registers.MapPost("/staff/{id:guid}/close", async (Guid id, bool? reopen, CloseStaffHandler handler, HttpContext http) =>
            (await handler.Handle(new CloseStaff(id, reopen ?? false), http.Caller())).ToHttp()).Needs(Permission.Administer);
        registers.MapPost("/staff/password", async (ChangePassword command, ChangePasswordHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller().Actor)).ToHttp()).NeedsSignIn();
    }

    static IResult Children(Store store, string? parent, string? after, int? take)
    {
        if (parent is not null && PlaceCode.Parse(parent) is { Ok: false } wrong)
            return Answers.Problem(wrong.Refusal);
        var most = Math.Clamp(take ?? 100, 1, 200);
        var places = store.Read(s => PlaceTree.Children(s, parent, after ?? "", most));
        return Results.Json(new { items = places, next = places.Count < most ? null : places[^1].Code });
    }

    /// <summary>For whoever types a place: of their own territories all, of others counties and above.</summary>
    static IResult Find(HttpContext http, Store store, string? q, int? take)
    {
        var language = RequestLanguage.Of(http);
        return Results.Json(new
        {
            items = store.Read(s => FindPlaces.By(s, http.Caller(), q ?? "", Math.Clamp(take ?? 12, 1, 50))).ConvertAll(f => new
            {
                f.Place.Code,
                name = f.Name(language),
                within = f.Within(language),
            }),
        });
    }

    static IResult One(Store store, string code)
    {
        if (PlaceCode.Parse(code) is { Ok: false } wrong)
            return Answers.Problem(wrong.Refusal);
        var place = store.Read(s => PlaceTree.ByCodes(s, [PlaceTree.Current(PlaceTree.Changes(s), code.ToLowerInvariant())]).Values.FirstOrDefault());
        return place is null ? Answers.Problem(new NoSuchPlace()) : Results.Json(place);
    }

    static IResult Units(Store store, string? territory, Guid? after, int? take)
    {
        if (territory is { Length: > 0 } && PlaceCode.Parse(territory) is { Ok: false } wrong)
            return Answers.Problem(wrong.Refusal);
        var most = Math.Clamp(take ?? 100, 1, 200);
        var units = store.Read(s => UnitDirectory.In(s, territory ?? "", after ?? Guid.Empty, most));
        return Results.Json(new { items = units, next = units.Count < most ? (Guid?)null : units[^1].Id });
    }

    static IResult Staff(Store store, HttpContext http, Guid? after, int? take)
    {
        var most = Math.Clamp(take ?? 100, 1, 200);
        var territories = http.Caller().Territories(Permission.Administer);
        // Accounts are few: those of the caller's territory are picked after reading.
        var staff = store.Read(s =>
        {
            var grants = s.Query<GrantRow>("SELECT * FROM staff_grant ORDER BY role, territory").ToLookup(g => g.Staff);
            return s.Query<StaffRow>("SELECT * FROM staff WHERE id > @after ORDER BY id", new { after = after ?? Guid.Empty })
                .Select(row => (row, Grants: grants[row.Id].ToList()))
                .Where(r => r.Grants.Exists(g => territories.Any(t => g.Territory.StartsWith(t, StringComparison.Ordinal)))).Take(most).ToList();
        });
        return Results.Json(new
        {
            items = staff.ConvertAll(r => new
            {
                r.row.Id,
                r.row.Login,
                r.row.Name,
                r.row.Unit,
                closed = r.row.State == StaffState.Closed,
                grants = r.Grants.ConvertAll(g => new { g.Role, g.Territory }),
            }),
            next = staff.Count < most ? (Guid?)null : staff[^1].row.Id,
        });
    }

    sealed record GrantBody(Role Role, string Territory, bool Withdraw = false);
}

/// <summary>No place of this code.</summary>
public sealed record NoSuchPlace() : Refusal("no_such_place", RefusalKind.NotFound,
    "There is no place of this code in the tree.", "地点树中没有此编码的地点。");
