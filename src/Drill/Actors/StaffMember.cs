using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>
/// Somebody of the staff who works through the public interface, as any other program would, and signs in again when the session has ended.
/// Not safe for several threads.
/// </summary>
public sealed class StaffMember
{
    readonly HttpClient http;
    readonly string login;
    readonly string password;
    string token = "";

    StaffMember(HttpClient http, string login, string password)
    {
        this.http = http;
        this.login = login;
        this.password = password;
    }

    /// <summary>Signs in; a wrong password throws <see cref="DrillRefusedException"/>.</summary>
    public static async Task<StaffMember> SignIn(HttpClient http, string login, string password, CancellationToken cancel)
    {
        var member = new StaffMember(http, login, password);
        await member.SignIn(cancel);
        return member;
    }

    /// <summary>Sends JSON and returns the answer, null when there is none; a refusal throws <see cref="DrillRefusedException"/>.</summary>
    public Task<JsonElement> Post(string path, object body, CancellationToken cancel) =>
        Send(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancel);

    /// <summary>What the server said no to where <see cref="Try"/> asked, and how often.</summary>
    public Dictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>As <see cref="Post"/>, for what may be too late or not ready: a refusal is counted, and null comes back.</summary>
    public async Task<JsonElement?> Try(string path, object body, CancellationToken cancel)
    {
        try
        {
            return await Post(path, body, cancel);
        }
        catch (DrillRefusedException refused)
        {
            Refused[refused.Message] = Refused.GetValueOrDefault(refused.Message) + 1;
            return null;
        }
    }

    /// <summary>Sends a file as text.</summary>
    public Task<JsonElement> PostFile(string path, string content, string type, CancellationToken cancel) =>
        Send(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(content, Encoding.UTF8, type) }, cancel);

    /// <summary>Sends a file as it is, in whatever encoding.</summary>
    public Task<JsonElement> PostFile(string path, byte[] content, string type, CancellationToken cancel) => Send(() =>
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
    }, cancel);

    public Task<JsonElement> Get(string path, CancellationToken cancel) => Send(() => new HttpRequestMessage(HttpMethod.Get, path), cancel);

    async Task<JsonElement> Send(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var response = await Once(request, cancel);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            await SignIn(cancel);
            response = await Once(request, cancel);
        }
        using (response)
        {
            await response.MustSucceed(cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    async Task<HttpResponseMessage> Once(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, cancel);
    }

    async Task SignIn(CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("/api/session/", new { login, password }, cancel);
        await response.MustSucceed(cancel);
        token = (await response.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("token").GetString()!;
    }
}
