using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>Somebody of the staff who has signed in and works through the public interface, as any other program would.</summary>
public sealed class StaffMember
{
    readonly HttpClient http;
    readonly string token;

    StaffMember(HttpClient http, string token)
    {
        this.http = http;
        this.token = token;
    }

    /// <summary>Signs in; a wrong password throws <see cref="DrillRefusedException"/>.</summary>
    public static async Task<StaffMember> SignIn(HttpClient http, string login, string password, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("/api/session/", new { login, password }, cancel);
        await response.MustSucceed(cancel);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
        return new StaffMember(http, answer.GetProperty("token").GetString()!);
    }

    /// <summary>Sends JSON and returns the answer, null when there is none; a refusal throws <see cref="DrillRefusedException"/>.</summary>
    public Task<JsonElement> Post(string path, object body, CancellationToken cancel) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancel);

    /// <summary>Sends a file as text.</summary>
    public Task<JsonElement> PostFile(string path, string content, string type, CancellationToken cancel) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(content, Encoding.UTF8, type) }, cancel);

    public Task<JsonElement> Get(string path, CancellationToken cancel) => Send(new HttpRequestMessage(HttpMethod.Get, path), cancel);

    async Task<JsonElement> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request, cancel);
            await response.MustSucceed(cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
    }
}
