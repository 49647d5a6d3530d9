using System.Net;
using System.Text.Json;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>What people do on pages besides reading them: each form is opened, refused once, and sent.</summary>
public sealed class ActPageTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_discrepancy_is_closed_with_a_word_and_a_note(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var town = await Town.Build(app);
        await (await town.Send("report", (town.NewId(), "tube_sealed", new { tube = town.NewId(), seal = "S" }))).Read();
        using var officer = app.Browser(Role.RoundOfficer, Town.County);
        var list = await officer.Page("/tubes/discrepancies");
        Assert.Contains("never opened", list);
        var action = System.Text.RegularExpressions.Regex.Match(list, "/tubes/discrepancies/[0-9a-f]{32}/settle").Value;

        var refused = await officer.Submit("/tubes/discrepancies", action, ("resolution", "found"), ("note", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("<details class=\"act\" open", await refused.Content.ReadAsStringAsync());
        var settled = await officer.Submit("/tubes/discrepancies", action, ("resolution", "found"), ("note", "the tube's sheet was found"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/tubes/discrepancies?owner={Town.County}"), (settled.StatusCode, settled.Headers.Location?.OriginalString));
        Assert.Contains("Nothing is open here.", await officer.Page("/tubes/discrepancies"));
        Assert.Contains("没有待处理的差异", await officer.Page("/tubes/discrepancies?lang=zh"));
        Assert.Equal(1, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 4 AND state = 1")));
        using var sampler = app.Browser(Role.Sampler, Town.County);
        Assert.DoesNotContain("/settle", await sampler.Page("/tubes/discrepancies"));
    }

    [Fact]
    public async Task A_unit_is_added_below_another_and_one_without_a_name_is_refused()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        await Town.Build(app);
        using var chief = app.Browser(Role.Administrator, Town.County);
        async Task<HttpResponseMessage> Add(string name, string territory, string parent = "") =>
            await chief.Submit("/admin/units", "/admin/units", ("kind", "StreetOffice"), ("name", name), ("territory", territory), ("parent", parent));
        Assert.Equal(HttpStatusCode.SeeOther, (await Add("First street", Town.County + "001")).StatusCode);
        var first = app.Store.Read(s => s.One<Guid>("SELECT id FROM org_unit WHERE name = 'First street'"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Add("Second street", Town.County + "002", first.ToString())).StatusCode);
        Assert.Equal(first, app.Store.Read(s => s.One<Guid>("SELECT parent FROM org_unit WHERE name = 'Second street'")));
        Assert.Contains("Second street", await chief.Page("/admin/units"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Add(" ", Town.County)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Add("elsewhere", "990103")).StatusCode);
    }

    [Fact]
    public async Task A_member_of_staff_changes_the_password_and_signs_in_with_the_new_one()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var account = (await Server.Access.FirstAccount.Ensure(app.Services)).Value!;
        using var browser = app.Browser();
        Task<HttpResponseMessage> SignIn(string password) => browser.Submit("/sign-in", "/sign-in", ("login", account.Login), ("password", password));
        Task<HttpResponseMessage> Change(string old, string one, string two) =>
            browser.Submit("/me/password", "/me/password", ("oldPassword", old), ("newPassword", one), ("again", two));
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(account.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Change(account.Password, "long enough 1", "long enough 2")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Change(account.Password, "short", "short")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Change("not the password", "long enough 1", "long enough 1")).StatusCode);
        var changed = await Change(account.Password, "long enough 1", "long enough 1");
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (changed.StatusCode, changed.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/duties")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(account.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn("long enough 1")).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task The_laboratorys_acts_are_done_on_pages(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind, folder: PlateTown.Exercise);
        var town = await PlateTown.Build(app, ["RLAB0001", "RLAB0002", "RLAB0003"]);
        await town.Sample();
        await town.Receive();
        foreach (var login in new[] { "technician", "reviewer-1", "reviewer-2", "team" })
            town.As(login).DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var third = $"/tubes/tube/{town.Tubes["RLAB0003"]:N}";
        Assert.DoesNotContain("/reject", await town.As("team").Page(third));
        await Done(town.As("technician"), third, third + "/reject", ("reason", "Leaking"), ("note", "wet bag"));
        Assert.Contains("leaking", await town.As("technician").Page(third));

        var run = await Load(town, ("RLAB0001", null), ("RLAB0002", 25));
        var page = $"/lab/runs/{run:N}";
        foreach (var reviewer in new[] { "reviewer-1", "reviewer-2" })
            await Done(town.As(reviewer), page, page + "/review");
        await Done(town.As("reviewer-2"), page, page + "/release");

        // The negative one was read wrongly: amended it is positive, and its members are held; then it is withdrawn.
        var change = $"{page}/results/{town.Tubes["RLAB0001"]:N}";
        var wrong = await town.As("reviewer-2").Submit(page, change, ("ct.ORF1ab", "much"), ("reason", "x"), ("act", "amend"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        await Done(town.As("reviewer-2"), page, change, ("ct.ORF1ab", "30.5"), ("ct.N", "31"), ("ct.internal control", "24"), ("reason", "threshold set again"), ("act", "amend"));
        Assert.Equal(2, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM pool_alert")));
        Assert.Contains("threshold set again", await town.As("reviewer-1").Page(page));

        var alert = app.Store.Read(s => s.One<Guid>("SELECT id FROM pool_alert WHERE tube = @tube", new { tube = town.Tubes["RLAB0002"] }));
        var gone = $"/alerts/{alert:N}/gone";
        Assert.Equal(HttpStatusCode.SeeOther,
            (await town.As("team").Submit($"/alerts/{alert:N}", gone, ("outcome", "Left"), ("reason", "the CDC of the next city was told"))).StatusCode);
        Assert.Contains("not decided: 9", Forms.Plain(await town.As("team").Page($"/alerts/{alert:N}")));
        Assert.Contains("/trail/pool_alert/", await town.As("team").Page($"/alerts/{alert:N}"));

        await Done(town.As("reviewer-2"), page, change, ("reason", "swapped"), ("act", "withdraw"));
        await Done(town.As("reviewer-2"), page, page + "/invalidate", ("reason", "the negative control was contaminated"));
        Assert.Equal("ControlFailed", app.Store.Read(s => s.One<Qipan.Laboratory.RunState>("SELECT state FROM run WHERE id = @run", new { run })).ToString());
        Assert.DoesNotContain("/invalidate", await town.As("reviewer-2").Page(page));
    }

    [Fact]
    public async Task An_alert_that_nobody_can_explain_is_signed_as_such()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, folder: PlateTown.Exercise);
        var town = await PlateTown.Build(app, ["RLAB0001", "RLAB0002"]);
        await town.Sample();
        await town.Receive();
        var run = await Load(town, ("RLAB0001", null), ("RLAB0002", 25));
        foreach (var (login, act) in new[] { ("reviewer-1", "review"), ("reviewer-2", "review"), ("reviewer-2", "release") })
            await Done(town.As(login), $"/lab/runs/{run:N}", $"/lab/runs/{run:N}/{act}");
        var alert = app.Store.Read(s => s.One<Guid>("SELECT id FROM pool_alert"));
        var (page, settle) = ($"/alerts/{alert:N}", $"/alerts/{alert:N}/settle");
        Assert.DoesNotContain(settle, await town.As("team").Page(page));
        // As it stands when every member's own samples were negative.
        await app.Store.Write(new WriteScope(Kernel.Actor.System, PlateTown.County), s => Kernel.Outcome.Of(
            s.Execute("UPDATE pool_alert SET state = @state", new { state = (short)Qipan.Laboratory.AlertState.Unresolved })));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await town.As("team").Submit(page, settle, ("cleared", "false"), ("reason", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await town.As("team").Submit(page, settle, ("cleared", "true"), ("reason", "neighbours looked at"))).StatusCode);
        await Done(town.As("team"), page, settle, ("cleared", "false"), ("reason", "neighbours looked at, no contamination found"));
        Assert.Contains("not decided: 0", Forms.Plain(await town.As("team").Page(page)));
    }

    internal static async Task Done(HttpClient browser, string page, string action, params (string, string)[] values)
    {
        var answer = await browser.Submit(page, action, values);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action}: {(int)answer.StatusCode} {Forms.Plain(await answer.Content.ReadAsStringAsync())}");
    }

    internal static async Task<Guid> Load(PlateTown town, params (string Code, double? Ct)[] tubes)
    {
        var wells = tubes.Select((t, i) => (Well: $"A{i + 1}", t.Code, Task: "UNKNOWN", t.Ct, Internal: (double?)24))
            .Append(("H11", "NTC", "NTC", null, null)).Append(("H12", "PC", "UNKNOWN", 25, 24)).ToList();
        var json = JsonSerializer.Serialize(new
        {
            plate = "plate of the pages",
            wells = wells.SelectMany(w => new[] { ("ORF1ab", w.Ct), ("N", w.Ct), ("RNase P", w.Internal) }
                .Select(g => new { well = w.Well, sample = w.Code, target = g.Item1, task = w.Task, ct = g.Item2 })),
        }, JsonSerializerOptions.Web);
        var address = $"/api/laboratory/laboratories/{town.Lab}/runs?fileName=run.json&round={town.Round}";
        var loaded = await (await town.As("technician").PostAsync(address, new StringContent(json, System.Text.Encoding.UTF8, "application/json"))).Read();
        var run = loaded.GetProperty("runs")[0];
        Assert.Equal((tubes.Length, 0), (run.GetProperty("tubes").GetInt32(), run.GetProperty("alarms").GetArrayLength()));
        return run.GetProperty("run").GetGuid();
    }
}
