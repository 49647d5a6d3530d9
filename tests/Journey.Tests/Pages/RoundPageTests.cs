using System.Net;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>A round with three persons on its roster and one sealed tube, seen through the pages.</summary>
public sealed class RoundPageTests
{
    static readonly string[] Names = ["甲一", "乙二", "丙三"];

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task The_round_shows_its_coverage_who_is_missing_and_what_waits(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var (round, persons) = await Fill(app);
        using var browser = app.Browser(Role.RoundOfficer, Town.County);

        var page = await browser.Page($"/rounds/{round:N}");
        var text = Forms.Plain(page);
        Assert.Contains("Round of the test", text);
        Assert.Contains("Should 3", text);
        Assert.Contains("Who is missing: 3", text);
        Assert.Contains("一街道 3", text);
        Assert.Contains("under 6 hours 1 1", text);
        Assert.Contains($"area={Town.Community[..9]}", page);
        Assert.DoesNotContain(Names[0], page);

        var drilled = Forms.Plain(await browser.Page($"/rounds/{round:N}?area={Town.Community[..9]}"));
        Assert.Contains("一社区 3", drilled);

        var named = await browser.Page($"/rounds/{round:N}?names=true&lang=zh");
        foreach (var name in Names)
            Assert.Contains(name, named);
        Assert.Contains("漏检人员： 3", Forms.Plain(named));
        Assert.Equal(3, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM access_log WHERE action = 'search' AND subject_kind = 'person'")));
        Assert.Equal(3, persons.Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_duty_is_waived_with_a_reason_and_a_refusal_stands_beside_the_field(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var (round, persons) = await Fill(app);
        using var browser = app.Browser(Role.RoundOfficer, Town.County);
        var key = $"{Town.County}:test_in_round.{round:N}.{persons[0]:N}";
        var open = $"/duties?view=all&kind=test_in_round&waive={Uri.EscapeDataString(key)}";

        var list = Forms.Plain(await browser.Page("/duties?view=all"));
        Assert.Contains("be tested in the round", list);

        var refused = await browser.Submit(open, open, ("reason", " "));
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Matches("<input name=\"reason\"[^>]*>\\s*<em class=\"refusal\"", text);

        var waived = await browser.Submit(open, open, ("reason", "in hospital elsewhere"));
        Assert.Equal((HttpStatusCode.SeeOther, "/duties?view=all&kind=test_in_round"), (waived.StatusCode, waived.Headers.Location?.OriginalString));
        Assert.Contains("waived 1", Forms.Plain(await browser.Page($"/rounds/{round:N}")));
        Assert.Contains("waive duty", Forms.Plain(await browser.Page($"/trail/duty/{Uri.EscapeDataString(key.Split(':')[1])}")));
    }

    [Fact]
    public async Task A_reader_of_another_county_sees_nothing_of_it()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var (round, persons) = await Fill(app);
        using var other = app.Browser(Role.RoundOfficer, "990103");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/rounds/{round:N}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/rounds/{round:N}?area={Town.County}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/persons/{persons[0]:N}?purpose=Testing")).StatusCode);
        using var auditor = app.Browser(Role.Auditor, Town.County);
        var figures = await auditor.Page($"/rounds/{round:N}");
        Assert.DoesNotContain("/persons/", figures);
    }

    [Fact]
    public async Task A_person_is_shown_for_a_stated_purpose_only()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var (_, persons) = await Fill(app);
        using var browser = app.Browser(Role.RoundOfficer, Town.County);
        var asked = await browser.Page($"/persons/{persons[0]:N}");
        Assert.DoesNotContain(Names[0], asked);
        Assert.Contains("Why do you want to see this person?", Forms.Plain(asked));
        Assert.Contains(Names[0], await browser.Page($"/persons/{persons[0]:N}?purpose=Testing"));
        Assert.Contains("view", app.Store.Read(s => s.Query<string>("SELECT action FROM access_log")));
    }

    internal static async Task<(Guid Round, List<Guid> Persons)> Fill(QipanApp app)
    {
        var town = await Town.Build(app);
        using var officer = app.Client(Role.RoundOfficer, Town.County);
        var persons = new List<Guid>();
        foreach (var name in Names)
            persons.Add((await (await officer.PostAsync("/api/registers/persons", Json.Of(new { person = new { name, residence = Town.Room, birth = "1980" } }))).Read())
                .GetProperty("id").GetGuid());
        var round = town.NewId();
        var opened = await app.Store.Write(new WriteScope(Actor.System, Town.County), session =>
        {
            var now = session.Now;
            session.Execute("""
                INSERT INTO round (owner, id, no, name, disease, protocol, scope, scope_version, window_start, window_end, due_at, strategy, pool_policy,
                  pooled_due_hours, single_due_hours, resample_due_hours, state, created_at)
                VALUES (@owner, @round, 1, 'Round of the test', 'COVID-19', 'CN-COVID-9@1', @scope, 1, @now, @end, @end, 1, '{}', 12, 24, 4, 3, @now)
                """, new { owner = Town.County, round, scope = $"[\"{Town.County}\"]", now, end = now.AddHours(24) });
            return Ledger.Open(session, [.. persons.Select(p => new NewDuty
            {
                Owner = Town.County,
                Kind = DutyKind.TestInRound,
                Subject = p,
                Basis = new Ref("round", round),
                Area = Town.Room,
                AgeBand = AgeBand.From18To59,
                OwnerUnit = UnitDirectory.ResponsibleFor(session, UnitKind.Community, Town.Community),
                DueAt = now.AddHours(24),
            })]) == 3 ? Outcome.Done : Outcome.Refused<Done>(new Refusal("test", RefusalKind.Conflict, "not three", "非三"));
        });
        _ = opened.Value;
        var tube = town.NewId();
        var receipt = await (await town.Send("report",
            (tube, "tube_opened", new { code = "T-ROUND-1", tubeKind = 10, round }),
            (town.NewId(), "sample_registered", new { tube, position = 1, specimen = "oropharyngeal", idMethod = "manual", person = new { id = persons[0] } }),
            (town.NewId(), "tube_sealed", new { tube, seal = "S1" }))).Read();
        Assert.All(receipt.GetProperty("items").EnumerateArray(), item => Assert.Equal("accepted", item.GetProperty("verdict").GetString()));
        return (round, persons);
    }
}
