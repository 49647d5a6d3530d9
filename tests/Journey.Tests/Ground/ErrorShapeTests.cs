using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Qipan.Http;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Ground;

/// <summary>
/// House style 5. Whatever fails is <c>application/problem+json</c>:
/// <code>{ "type": "urn:qipan:CODE", "title": SENTENCE, "status": 4xx|5xx, "code": CODE, "trace": ID }</code>
/// at every endpoint, for an unknown id, a bad body, a caller who may not, and a crash.
/// </summary>
public sealed class ErrorShapeTests
{
    [Fact]
    public async Task An_unknown_id_and_a_bad_body_have_the_shape_at_every_endpoint()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var wrong = new List<string>();
        foreach (var endpoint in app.Endpoints.Where(e => e.IsApi()))
            foreach (var method in endpoint.Methods())
                foreach (var body in method is "GET" or "DELETE" or "HEAD" ? [null] : new[] { null, "", "{", "[]", "null", "{\"x\":1}", "\"text\"" })
                {
                    using var client = app.Client(RoleFor(endpoint.Rule()));
                    var answer = await client.SendAsync(endpoint.To(method, body));
                    if (await Wrong(answer) is { } why)
                        wrong.Add($"{method} {endpoint.RoutePattern.RawText} with {body ?? "no body"}: {why}");
                }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task A_crash_has_the_shape_at_every_endpoint()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        await app.Store.DisposeAsync();
        File.Delete(Path.Combine(app.Storage.Folder, Stores.SqliteFile));
        var wrong = new List<string>();
        foreach (var endpoint in app.Endpoints.Where(e => e.IsApi()))
            foreach (var method in endpoint.Methods())
            {
                using var client = app.Client(RoleFor(endpoint.Rule()));
                var answer = await client.SendAsync(endpoint.To(method, method == "GET" ? null : "{}"));
                if (await Wrong(answer, mayBreak: true) is { } why)
                    wrong.Add($"{method} {endpoint.RoutePattern.RawText}: {why}");
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task A_crash_tells_its_code_and_trace_and_nothing_else()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, endpoints: routes => routes
            .MapGet("/api/crash", string () => throw new InvalidOperationException("the inner secret")).OpenToAll("a test breaks here"));
        using var client = app.Client();
        var answer = await client.GetAsync("/api/crash");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret", text);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal("broken", problem.GetProperty("code").GetString());
        Assert.Contains(app.Log, line => line.Contains("the inner secret") && line.Contains(problem.GetProperty("trace").GetString()!));
    }

    [Theory]
    [InlineData("GET", "/api/no/such/thing", 404, "no_such_route")]
    [InlineData("POST", "/health", 405, "method_not_allowed")]
    [InlineData("GET", "/api/number/abc", 422, "bad_parameter")]
    public async Task What_routing_refuses_has_the_shape(string method, string path, int status, string code)
    {
        await using var app = await Start();
        using var client = app.Client();
        var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Null(await Wrong(answer));
        Assert.Equal((status, code), ((int)answer.StatusCode, await Code(answer)));
    }

    [Theory]
    [InlineData("{\"count\":", "bad_body")]
    [InlineData("{\"count\":\"Zhang\"}", "bad_body")]
    [InlineData("", "bad_parameter")]
    public async Task A_bad_body_is_told_where_and_never_repeated(string body, string code)
    {
        await using var app = await Start();
        using var client = app.Client();
        var answer = await client.PostAsync("/api/body", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((422, code), ((int)answer.StatusCode, await Code(answer)));
        Assert.DoesNotContain("Zhang", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_of_another_type_is_refused()
    {
        await using var app = await Start();
        using var client = app.Client();
        client.DefaultRequestHeaders.ExpectContinue = true;
        var large = await client.PostAsync("/api/body", new StringContent(new string(' ', 33 * 1024 * 1024), System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((413, "body_too_large"), ((int)large.StatusCode, await Code(large)));
        var typed = await client.PostAsync("/api/body", new StringContent("a,b", System.Text.Encoding.UTF8, "text/csv"));
        Assert.Equal((415, "media_type_not_read"), ((int)typed.StatusCode, await Code(typed)));
    }

    [Fact]
    public async Task The_sentence_is_in_the_language_that_is_asked_for()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var chinese = app.Client(language: "zh-CN,en;q=0.5");
        Assert.Contains("地址", await chinese.GetStringOf("/api/nothing"));
        Assert.Contains("There is nothing", await chinese.GetStringOf("/api/nothing?lang=en"));
    }

    static Task<QipanApp> Start() => QipanApp.Start(StoreKind.Sqlite, endpoints: routes =>
    {
        routes.MapGet("/api/number/{number}", (int number) => number).OpenToAll("a test");
        routes.MapPost("/api/body", (Body body) => body).OpenToAll("a test");
    });

    static Role? RoleFor(AccessRule rule) => rule.IsOpen ? null
        : Enum.GetValues<Role>().First(r => rule.Permission is null || Roles.May(r, rule.Permission.Value));

    static async Task<string> Code(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString()!;

    static async Task<string?> Wrong(HttpResponseMessage answer, bool mayBreak = false)
    {
        if ((int)answer.StatusCode < 400)
            return null;
        if (answer.StatusCode == HttpStatusCode.InternalServerError && !mayBreak)
            return $"broke: {await answer.Content.ReadAsStringAsync()}";
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{(int)answer.StatusCode} as {answer.Content.Headers.ContentType}";
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        foreach (var name in new[] { "type", "title", "code", "trace" })
            if (!problem.TryGetProperty(name, out var value) || string.IsNullOrWhiteSpace(value.GetString()))
                return $"has no {name}";
        return problem.GetProperty("status").GetInt32() == (int)answer.StatusCode ? null : "another status in the body";
    }

    sealed record Body(int Count);
}

static class Reading
{
    /// <summary>The body, whatever the status.</summary>
    public static async Task<string> GetStringOf(this HttpClient client, string path) => await (await client.GetAsync(path)).Content.ReadAsStringAsync();
}
