using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Duties;

public sealed class DutyEndpointTests
{
    const string County = "220204";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Counts_lists_and_the_missing_are_seen_within_the_territory_only(StoreKind kind)
    {
        await using var app = await Filled(kind);
        using var officer = app.Client(Role.RoundOfficer, County);
        var counts = await Json(officer, "/api/duties/counts?by=county&ages=false");
        var row = Assert.Single(counts.GetProperty("items").EnumerateArray(), i => i.GetProperty("kind").GetString() == "test_in_round");
        Assert.Equal((County, 5, 2, 3), (row.GetProperty("area").GetString(), row.GetProperty("should").GetInt32(), row.GetProperty("done").GetInt32(), row.GetProperty("open").GetInt32()));

        var missing = await Json(officer, "/api/duties/missing?round=r&take=2");
        Assert.Equal((3, 2), (missing.GetProperty("count").GetInt32(), missing.GetProperty("items").GetArrayLength()));
        var next = await Json(officer, $"/api/duties/missing?round=r&take=2&after={missing.GetProperty("next").GetString()}");
        Assert.Equal((1, JsonValueKind.Null), (next.GetProperty("items").GetArrayLength(), next.GetProperty("next").ValueKind));

        var list = await Json(officer, "/api/duties?kind=test_in_round&state=done");
        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        Assert.Equal("result", list.GetProperty("items")[0].GetProperty("evidenceKind").GetString());

        Assert.Equal("not_allowed", await Code(officer, "/api/duties?territory=220205"));
        Assert.Equal("not_allowed", await Code(officer, "/api/duties/missing?round=r&area=22"));
        Assert.Equal("duty_kind_unknown", await Code(officer, "/api/duties?kind=dance"));
        Assert.Equal("not_one_of", await Code(officer, "/api/duties/counts?by=planet"));
        Assert.Equal("not_one_of", await Code(officer, "/api/duties?state=7"));
        Assert.Equal("place_code_wrong", await Code(officer, "/api/duties/counts?territory=abc"));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_duty_is_waived_and_reinstated_by_hand_where_one_may_and_withdrawn_where_its_kind_allows(StoreKind kind)
    {
        await using var app = await Filled(kind);
        using var officer = app.Client(Role.RoundOfficer, County);
        using var elsewhere = app.Client(Role.RoundOfficer, "220205");
        var test = Key(DutyKind.TestInRound, 1).Id;
        var doubtful = Key(DutyKind.ResolveDiscrepancy, 1).Id;
        Assert.Equal("not_allowed", await Post(elsewhere, "waive", test, "abroad"));
        Assert.Equal("reason_missing", await Post(officer, "waive", test, ""));
        Assert.Equal("duty_unknown", await Post(officer, "waive", "test_in_round.r.0", "abroad"));
        Assert.Equal("falls_with_its_basis", await Post(officer, "withdraw", test, "mistake"));
        Assert.Equal("", await Post(officer, "waive", test, "abroad until May"));
        Assert.Equal("state_forbids", await Post(officer, "waive", test, "abroad until May"));
        Assert.Equal("", await Post(officer, "reinstate", test, "is back"));
        Assert.Equal("nothing_to_reinstate", await Post(officer, "reinstate", test, "is back"));
        Assert.Equal("", await Post(officer, "withdraw", doubtful, "counted wrongly"));
        Assert.Equal((DutyState.Open, DutyState.Withdrawn), app.Store.Read(s =>
            (DutyList.One(s, Key(DutyKind.TestInRound, 1))!.State, DutyList.One(s, Key(DutyKind.ResolveDiscrepancy, 1))!.State)));
        using var chinese = app.Client(Role.RoundOfficer, County, "zh-CN");
        var answer = await chinese.PostAsJsonAsync("/api/duties/waive", new { owner = County, duty = test, reason = "" });
        Assert.Contains("理由", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Verify_says_what_it_checked_and_fails_on_a_difference_and_trail_prints_the_chain()
    {
        await using var app = await Filled(StoreKind.Sqlite);
        var folder = app.Storage.Folder;
        var (code, said) = Run("verify", folder);
        // The result that ended the duties is one of this test alone, so its module rightly says that it is not there.
        Assert.Contains("duties: checked 7 duties", said);
        await app.Store.Write(new WriteScope(Actor.System, County), s => Outcome.Of(s.Execute("UPDATE duty_count SET open = open + 1")));
        (code, said) = Run("verify", folder);
        Assert.Equal(1, code);
        Assert.Contains("the ledger does not say so", said);

        (code, said) = Run("trail", "duty", Key(DutyKind.TestInRound, 4).Id, "--store", folder);
        Assert.Equal(0, code);
        Assert.Contains("duty to be tested in the round: done", said);
        Assert.Contains("    result/x", said);
        Assert.Contains("    round/r", said);
        Assert.Contains("open_duties by staff:", said);
        Assert.Contains("under CN-COVID-8@1", said);
        (code, said) = Run("trail", "duty", Key(DutyKind.TestInRound, 4).Id, "--store", folder, "--format", "json");
        Assert.Equal(("duty", "result"), (JsonDocument.Parse(said).RootElement.GetProperty("kind").GetString(),
            JsonDocument.Parse(said).RootElement.GetProperty("under")[0].GetProperty("kind").GetString()));
        Assert.Equal(1, Run("trail", "duty", Key(DutyKind.TestInRound, 99).Id, "--store", folder).Code);
        Assert.Equal(1, Run("verify", Path.Combine(folder, "nothing")).Code);
    }

    static (int Code, string Said) Run(params string[] args)
    {
        using var output = new StringWriter();
        var code = Qipan.Cli.Program.Run(args, new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false });
        return (code, output.ToString());
    }

    static async Task<QipanApp> Filled(StoreKind kind)
    {
        var app = await QipanApp.Start(kind, new FakeClock());
        var officer = new Actor(ActorKind.Staff, Person(500));
        var outcome = await app.Store.Write(new WriteScope(officer, County), s =>
        {
            Ledger.Open(s, [.. Enumerable.Range(1, 6).Select(n => New(DutyKind.TestInRound, n)), New(DutyKind.ResolveDiscrepancy, 1)]);
            Ledger.Done(s, [Key(DutyKind.TestInRound, 4), Key(DutyKind.TestInRound, 5)], new Ref("result", "x"));
            return Ledger.Waive(s, Key(DutyKind.TestInRound, 6), "newborn");
        });
        Assert.True(outcome.Ok);
        return app;
    }

    static async Task<JsonElement> Json(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    static async Task<string> Code(HttpClient client, string path) => await CodeOf(await client.GetAsync(path));

    static async Task<string> Post(HttpClient client, string act, string duty, string reason) =>
        await CodeOf(await client.PostAsJsonAsync($"/api/duties/{act}", new { owner = County, duty, reason }));

    static async Task<string> CodeOf(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? "" : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!;
    }

    static DutyKey Key(DutyKind kind, int n) => new(County, kind, "r", Person(n));

    static NewDuty New(DutyKind kind, int n) => new()
    {
        Owner = County,
        Kind = kind,
        Subject = Person(n),
        Basis = new Ref("round", "r"),
        Protocol = "CN-COVID-8@1",
        Area = "220204001001.c1",
        OwnerUnit = new UnitId(Person(900)),
        DueAt = new FakeClock().GetUtcNow().AddHours(2),
    };

    static Guid Person(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]);
}
