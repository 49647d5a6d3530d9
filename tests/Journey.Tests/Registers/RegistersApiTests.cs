using System.Net;
using System.Text;
using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Registers;

/// <summary>The registers as a program outside meets them, on both stores.</summary>
public sealed class RegistersApiTests
{
    const string Home = "990102001001.c01.b1.u1.101";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_file_is_imported_a_person_is_found_corrected_and_asks_who_looked(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        using var administrator = app.Client(Role.Administrator, "");
        using var officer = app.Client(Role.RoundOfficer, "990102");
        const string Tree = "code,name\n99,棋盘省\n9901,棋山市\n990102,城东区\n990102001,一街道\n990102001001,一社区\n";
        Assert.Equal(5, (await Send(administrator, "imports/places?name=tree.csv", Tree)).GetProperty("accepted").GetInt32());

        var number = Id(1980, 1, 3);
        var persons = $"姓名,证件号码,手机号,现住地编码\n棋小山,{number},19000000001,{Home}\n无名氏,123,,{Home}\n外乡人,{Id(1981, 1, 3)},,990103001001\n";
        var report = await Send(officer, "imports/persons?name=persons.csv", persons);
        Assert.Equal((3, 1, 2), (report.GetProperty("rows").GetInt32(), report.GetProperty("accepted").GetInt32(), report.GetProperty("refused").GetInt32()));
        Assert.Equal(["document_wrong", "place_unknown"], report.GetProperty("firstRefused").EnumerateArray().Select(r => r.GetProperty("code").GetString()));

        Assert.Equal((HttpStatusCode.Forbidden, "purpose_missing"), await Refused(officer, "persons/search", new { name = "棋" }));
        var page = await (await officer.PostAsync("/api/registers/persons/search", Json.Of(new { purpose = "testing", document = number }))).Read();
        var person = page.GetProperty("items").EnumerateArray().Single();
        var id = person.GetProperty("id").GetGuid();
        Assert.Equal(DocumentKeys.Masked(number), person.GetProperty("documents")[0].GetProperty("masked").GetString());
        Assert.False(person.TryGetProperty("birth", out _) || person.TryGetProperty("workplace", out _));

        Assert.Equal((HttpStatusCode.Conflict, "changed_meanwhile"), await Refused(officer, $"persons/{id}/correct", new { version = 7, reason = "wrong street", changes = new { } }));
        var corrected = await officer.PostAsync($"/api/registers/persons/{id}/correct",
            Json.Of(new { version = 1, reason = "wrong room", changes = new { residence = "990102001001.c01.b1.u1.102" } }));
        Assert.Equal(HttpStatusCode.NoContent, corrected.StatusCode);
        var seen = await (await officer.GetAsync($"/api/registers/persons/{id}?purpose=testing")).Read();
        Assert.Equal(("990102001001.c01.b1.u1.102", 2), (seen.GetProperty("residence").GetString(), seen.GetProperty("version").GetInt32()));
        Assert.Equal((HttpStatusCode.Forbidden, "not_allowed"), await Refused(officer, $"persons/{id}/reveal", new { what = "document", purpose = "testing" }));

        using var auditor = app.Client(Role.Auditor, "99");
        var accesses = await (await auditor.GetAsync($"/api/registers/persons/{id}/accesses")).Read();
        Assert.Equal(["search", "view"], accesses.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("action").GetString()!).Order());

        // Neither number nor name gets into the log, whatever was asked.
        Assert.DoesNotContain(app.Log, line => line.Contains(number) || line.Contains("棋小山") || line.Contains("19000000001"));
    }

    [Fact]
    public async Task A_body_without_what_is_needed_is_refused_as_such()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var officer = app.Client(Role.RoundOfficer, "990102");
        foreach (var body in new object[] { new { }, new { person = (object?)null }, new { person = new { name = (string?)null } } })
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "bad_body"), await Refused(officer, "persons/", body));
    }

    static async Task<JsonElement> Send(HttpClient client, string path, string csv) =>
        await (await client.PostAsync($"/api/registers/{path}", new StringContent(csv, Encoding.UTF8, "text/csv"))).Read();

    static async Task<(HttpStatusCode, string?)> Refused(HttpClient client, string path, object body)
    {
        var answer = await client.PostAsync($"/api/registers/{path}", Json.Of(body));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }

    static string Id(int year, int month, int day)
    {
        var digits = $"990102{year:D4}{month:D2}{day:D2}003";
        return digits + IdNumber.CheckOf(digits);
    }
}
