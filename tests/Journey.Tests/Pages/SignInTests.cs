using System.Net;
using Qipan.Server.Access;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

public sealed class SignInTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task The_first_start_makes_an_administrator_who_can_sign_in_and_out(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var account = (await FirstAccount.Ensure(app.Services)).Value!;
        Assert.Null((await FirstAccount.Ensure(app.Services)).Value);
        using var browser = app.Browser();

        var sent = await browser.GetAsync("/?x=1");
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?to=%2F%3Fx%3D1"), (sent.StatusCode, sent.Headers.Location?.OriginalString));

        var signedIn = await browser.Submit("/sign-in?to=%2F%3Fx%3D1", "/sign-in", ("login", account.Login), ("password", account.Password));
        Assert.Equal((HttpStatusCode.SeeOther, "/?x=1"), (signedIn.StatusCode, signedIn.Headers.Location?.OriginalString));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("qipan_session="));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        await browser.Page("/");

        var signedOut = await browser.Submit("/", "/sign-out");
        Assert.Equal("/sign-in", signedOut.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_the_readers_language_and_is_not_repeated()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var browser = app.Browser(language: "zh-CN");
        var answer = await browser.Submit("/sign-in", "/sign-in", ("login", "admin"), ("password", "sesame-open-17"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("账号或密码错误", text);
        Assert.Contains("value=\"admin\"", text);
        Assert.DoesNotContain("sesame-open-17", text);
        Assert.DoesNotContain(app.Log, line => line.Contains("sesame-open-17"));
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var browser = app.Browser();
        var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("login", "admin")]));
        Assert.Contains("form_expired", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string to)
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var account = (await FirstAccount.Ensure(app.Services)).Value!;
        using var browser = app.Browser();
        var answer = await browser.Submit($"/sign-in?to={Uri.EscapeDataString(to)}", "/sign-in", ("login", account.Login), ("password", account.Password));
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_program_signs_in_with_a_bearer_token()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var account = (await FirstAccount.Ensure(app.Services)).Value!;
        using var client = app.Client();
        var session = await (await client.PostAsync("/api/session", Json.Of(new { account.Login, account.Password }))).Read();
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.GetProperty("token").GetString());
        var caller = await (await client.GetAsync("/api/session")).Read();
        Assert.Equal("administrator", caller.GetProperty("grants")[0].GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/session")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/session")).StatusCode);
    }
}
