using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>The page of the public: no account, nothing of the person shown back, and a limit before the desks feel it.</summary>
public sealed class OwnResultPageTests
{
    const string Number = "990102198001010010";

    static async Task<QipanApp> Sampled(int answersPerSecond = 1000)
    {
        var app = await QipanApp.Start(StoreKind.Sqlite, folder: folder =>
            File.WriteAllText(Path.Combine(folder, "qipan.json"), $$"""{ "server": { "publicAnswersPerSecond": {{answersPerSecond}} } }"""));
        await Town.Build(app);
        var (person, tube, now) = (Uuid7.New(app.Store.Clock), Uuid7.New(app.Store.Clock), app.Store.Clock.GetUtcNow());
        await app.Store.Write(new WriteScope(Actor.System, Town.County), s =>
        {
            s.Insert(PersonRow.Rows, [new PersonRow
            {
                Owner = Town.County, Id = person, Name = "试一", NameKey = NameKeys.Of("试一"), Residence = Town.Room, Confidence = IdentityConfidence.Verified,
                PresentKind = PresentKind.Residence, PresentOwner = Town.County, PresentPlace = Town.Room, PresentSince = now, CreatedAt = now, Source = "test", Version = 1,
            }]);
            s.Insert(DocumentRow.Rows, [new DocumentRow
            {
                Owner = Town.County, DocKey = DocumentKeys.Of(app.Services.GetRequiredService<Keyring>(), DocType.IdCard, Number), Person = person, DocType = DocType.IdCard,
                Sealed = [1], Masked = "***",
            }]);
            s.Execute("""
                INSERT INTO tube (owner, id, code, kind, capacity, state, opened_at, count, conflict, priority, reject_reason, holder, updated_at)
                VALUES (@County, @tube, 'T1', 10, 10, @state, @now, 1, 0, 0, 0, 'unit:test', @now)
                """, new { Town.County, tube, state = (short)TubeState.Sealed, now });
            s.Execute("""
                INSERT INTO registration (owner, id, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method,
                  scope_version, supplement, duplicate, state, result_state, area)
                VALUES (@County, @tube, @person, @County, @tube, 1, @now, @now, 2, @tube, 1, 1, 0, 0, 2, 0, @Community)
                """, new { Town.County, person, tube, now, Town.Community });
            return Outcome.Done;
        });
        return app;
    }

    static Task<HttpResponseMessage> Ask(HttpClient browser, string name, string number) =>
        browser.PostAsync("/result", new FormUrlEncodedContent([new("name", name), new("type", "1"), new("document", number)]));

    [Fact]
    public async Task Somebody_finds_their_own_sample_in_both_languages_and_nothing_that_was_typed_comes_back()
    {
        await using var app = await Sampled();
        foreach (var (language, said, none) in new[] { ("zh", "待出结果", "未查到"), ("en", "Not out yet", "No sample of the last") })
        {
            using var browser = app.Browser(language: language);
            Assert.Contains("action=\"/result\"", await browser.Page("/result"));
            var found = await Ask(browser, "试一", Number);
            var page = await found.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
            Assert.Contains(said, page);
            Assert.DoesNotContain(Number, page);
            Assert.DoesNotContain("试一", page);
            Assert.Equal("no-store", found.Headers.CacheControl?.ToString());
            var wrong = await Ask(browser, "试二", Number);
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
            Assert.Contains(none, await wrong.Content.ReadAsStringAsync());
        }
        Assert.DoesNotContain(app.Log, line => line.Contains(Number, StringComparison.Ordinal) || line.Contains("试一", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_form_is_made_once_for_a_language_and_not_for_each_reader()
    {
        await using var app = await Sampled();
        using var chinese = app.Browser(language: "zh");
        using var english = app.Browser(language: "en");
        Assert.Contains("结果自查", await chinese.Page("/result"));
        Assert.Contains("My result", await english.Page("/result"));
        var again = await chinese.GetAsync("/result");
        Assert.NotNull(again.Headers.Age);
        Assert.Contains("结果自查", await again.Content.ReadAsStringAsync());
        // Staff have their desks around it, and nobody else sees those.
        using var officer = app.Browser(Http.Role.RoundOfficer, Town.County);
        Assert.Contains("/rounds", await officer.Page("/result"));
        using var next = app.Browser();
        Assert.DoesNotContain("/rounds", await next.Page("/result"));
    }

    [Fact]
    public async Task Over_the_limit_people_are_told_to_wait_and_staff_are_not()
    {
        await using var app = await Sampled(answersPerSecond: 10);
        using var browser = app.Browser(language: "zh");
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Ask(browser, "试二", Number)));
        var waiting = answers.First(a => a.StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(20, waiting.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Contains("当前查询结果的人数很多", await waiting.Content.ReadAsStringAsync());
        var api = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => browser.PostAsync("/api/own-results", Json.Of(new { name = "x", document = "1" }))));
        var busy = api.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Contains("\"public_busy\"", await busy.Content.ReadAsStringAsync());
        using var officer = app.Browser(Http.Role.RoundOfficer, Town.County);
        await officer.Page("/rounds");
    }
}
