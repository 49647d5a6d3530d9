using System.Net;
using System.Text;
using System.Text.Json;
using Qipan.Contracts;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Journey.Tests.Pages;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Tracing;

/// <summary>From visits and an opened case to a released contact, over HTTP and on both stores; a fake clock moves the days.</summary>
public sealed class CaseToReleaseTests
{
    static readonly Guid Case = new("01900000-0000-7000-8000-0000000ca5e1");

    static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Visits_become_proposals_a_person_decides_the_days_pass_and_the_contact_is_released(StoreKind kind)
    {
        var clock = new FakeClock(At("2022-03-21T09:00"));
        await using var app = await QipanApp.Start(kind, clock, folder: Rules);
        await Town.Build(app);
        using var officer = app.Client(Role.RoundOfficer, Town.County);
        using var investigator = app.Client(Role.Investigator, Town.County);

        // People, a venue and their visits come as files.
        await Import(officer, "/api/registers/imports/persons", $"""
            name,residence,doc_type,doc_no,birth
            棋甲,{Town.Room},03,E00000001,1970-01-01
            棋乙,{Town.Community}.c01.b2.u1.101,03,E00000002,1971-01-01
            棋丙,{Town.Community}.c01.b3.u1.101,03,E00000003,1972-01-01

            """, 3);
        await Import(officer, "/api/tracing/imports/venues", $"name,place,category\n面馆,{Town.Community},restaurant\n", 1);
        await Import(officer, "/api/tracing/imports/visits", """
            doc_type,doc_no,venue_name,enter,leave
            Passport,E00000001,面馆,2022-03-20 12:00,2022-03-20 13:00
            Passport,E00000002,面馆,2022-03-20 12:20,2022-03-20 13:30
            Passport,E00000003,面馆,2022-03-20 13:10,

            """, 3);
        var persons = app.Store.Read(s => s.Query<Guid>("SELECT id FROM person WHERE residence >= '9' ORDER BY birth"));
        await OpenCase(app, persons[0]);

        // Contacts are proposed by themselves, with their evidence.
        var proposed = await Until(async () => await Get(investigator, $"/api/tracing/cases/{Case}/contacts"), page => page.GetProperty("items").GetArrayLength() == 2);
        var close = proposed.GetProperty("items").EnumerateArray().Single(c => c.GetProperty("ring").GetInt32() == 1);
        var id = close.GetProperty("id").GetGuid();
        Assert.Equal((persons[1], "close", 2400), (close.GetProperty("person").GetGuid(), close.GetProperty("kind").GetString(), close.GetProperty("seconds").GetInt32()));
        var page = await (await app.Browser(Role.Investigator, Town.County).GetAsync($"/contacts/case/{Case}")).Content.ReadAsStringAsync();
        Assert.Contains("面馆", page, StringComparison.Ordinal);

        // A person decides, and somebody controls.
        var accepted = await app.Browser(Role.Investigator, Town.County)
            .Submit($"/contacts/case/{Case:N}", $"/contacts/case/{Case:N}/decide", ("contact", id.ToString("N")), ("accept", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Assert.Equal(1, (await Post(investigator, "/api/tracing/contacts/move", new { contacts = new[] { id }, to = "under_quarantine" })).GetProperty("decided").GetInt32());
        var view = await Get(investigator, $"/api/tracing/contacts/{id}");
        Assert.Equal(At("2022-04-10T13:00"), view.GetProperty("releaseAt").GetDateTimeOffset());
        Assert.Equal(4 + 1, view.GetProperty("tasks").EnumerateArray().Count(t => t.GetProperty("kind").GetString() == "test"));

        // The days pass; tests are negative, and somebody sees the contact on the last day.
        foreach (var at in new[] { "2022-03-21T10:00", "2022-03-24T10:00", "2022-03-27T10:00", "2022-04-03T10:00", "2022-04-03T10:05" })
        {
            clock.Set(At(at));
            await Sample(app, persons[1], At(at));
        }
        var team = view.GetProperty("contact").GetProperty("team").GetGuid();
        var day = await Get(investigator, $"/api/tracing/teams/{team}/day");
        Assert.Contains(day.GetProperty("items").EnumerateArray(), t => t.GetProperty("contact").GetGuid() == id && t.GetProperty("day").GetInt32() == 14);
        var last = view.GetProperty("tasks").EnumerateArray().First(t => t.GetProperty("day").GetInt32() == 14 && t.GetProperty("kind").GetString() == "visit");
        await Post(investigator, "/api/tracing/visits", new { visits = new[] { new { task = last.GetProperty("id").GetGuid(), finding = "seen_well" } } });
        var early = await Post(investigator, "/api/tracing/contacts/release", new { contacts = new[] { id } });
        Assert.Equal("release_not_ready", early.GetProperty("items")[0].GetProperty("code").GetString());
        clock.Set(At("2022-04-10T13:00"));
        Assert.Equal(1, (await Post(investigator, "/api/tracing/contacts/release", new { contacts = new[] { id } })).GetProperty("decided").GetInt32());

        // The release leads back to the samples, the contact, the venue and the case.
        var done = await Get(investigator, $"/api/tracing/contacts/{id}");
        Assert.Equal("released", done.GetProperty("contact").GetProperty("state").GetString());
        var release = done.GetProperty("releases")[0].GetProperty("id").GetGuid();
        var trail = await (await app.Browser(Role.Investigator, Town.County).GetAsync($"/trail/release/{release:N}")).Content.ReadAsStringAsync();
        Assert.All(["/trail/registration/", "/contacts/", "/trail/venue/"], thing => Assert.Contains(thing, trail, StringComparison.Ordinal));
        foreach (var address in new[] { $"/contacts/{id}", "/contacts", "/contacts/day", $"/contacts/day?team={team}&on=2022-04-03" })
            Assert.Equal(HttpStatusCode.OK, (await app.Browser(Role.Investigator, Town.County, "zh").GetAsync(address)).StatusCode);
    }

    /// <summary>The eighth edition, as the invented county's own: no authority's rules hold there.</summary>
    static void Rules(string folder)
    {
        var text = File.ReadAllText(RealFile.OfRepository("protocols/CN-COVID-8.yaml"))
            .Replace("id: CN-COVID-8", "id: TEST-COVID-8", StringComparison.Ordinal).Replace("jurisdiction: CN", "jurisdiction: \"*\"", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder, "protocols"));
        File.WriteAllText(Path.Combine(folder, "protocols", "TEST-COVID-8.yaml"), text);
    }

    /// <summary>As the cases module leaves it: a row and an event.</summary>
    static async Task OpenCase(QipanApp app, Guid person)
    {
        var opened = await app.Store.Write(new WriteScope(Actor.System, Town.County), session =>
        {
            session.Execute(StagedRow.Insert(session, "case_record",
                "owner, id, no, person, person_owner, disease, protocol, class, clinical, onset, found_at, isolated_at, discovery, report_region, onset_region, current_region, custody, "
                + "opened_by_kind, opened_by_id, opened_at, version",
                "@County, @Case, '990102-2022-00001', @person, @County, 'COVID-19', 'CN-COVID-8@1', 3, 1, '2022-03-20', @Now, @Now, 7, @County, @County, @County, @County, 'report', 'test', @Now, 1"),
                new { Town.County, Case, person, session.Now });
            session.Publish(Town.County, new CaseOpened(Case, person, "COVID-19", "confirmed"));
            return Outcome.Done;
        });
        Assert.True(opened.Ok);
    }

    /// <summary>A negative sample in a tube of one's own, as the laboratory leaves it.</summary>
    static async Task Sample(QipanApp app, Guid person, DateTimeOffset at) => await app.Store.Write(new WriteScope(Actor.System, Town.County), session =>
    {
        var (tube, registration) = (session.NewId(), session.NewId());
        session.Execute("""
            INSERT INTO tube (owner, id, code, kind, capacity, state, count, conflict, priority, reject_reason, holder, updated_at)
            VALUES (@County, @tube, @code, 1, 1, 9, 1, 0, 0, 0, 'x', @at)
            """, new { Town.County, tube, code = tube.ToString("N")[20..], at });
        session.Execute("""
            INSERT INTO registration (owner, id, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method, scope_version,
              supplement, duplicate, state, result_state, area)
            VALUES (@County, @registration, @person, @County, @tube, 1, @at, @at, 1, @registration, 1, 1, 0, 0, 2, 1, @Community)
            """, new { Town.County, Town.Community, tube, registration, person, at });
        return Outcome.Done;
    });

    static async Task Import(HttpClient client, string address, string csv, int accepted)
    {
        var report = await (await client.PostAsync(address, new StringContent(csv, Encoding.UTF8, "text/csv"))).Read();
        Assert.True(report.TryGetProperty("accepted", out var many) && many.GetInt32() == accepted, report.ToString());
    }

    static async Task<JsonElement> Get(HttpClient client, string address) => await (await client.GetAsync(address)).Read();

    static async Task<JsonElement> Post(HttpClient client, string address, object body)
    {
        var answer = await client.PostAsync(address, Json.Of(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Read();
    }

    static async Task<JsonElement> Until(Func<Task<JsonElement>> ask, Func<JsonElement, bool> holds)
    {
        for (var i = 0; ; i++)
        {
            var answer = await ask();
            if (holds(answer) || i == 100)
                return answer;
            await Task.Delay(100);
        }
    }
}
