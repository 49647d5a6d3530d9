using System.Text;
using System.Text.Json;

namespace Qipan.Journey.Tests;

/// <summary>JSON as a program outside sends and reads it.</summary>
static class Json
{
    public static StringContent Of(object value) => new(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    /// <summary>The body; throws with it when the answer is an error.</summary>
    public static async Task<JsonElement> Read(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text.Length == 0 ? "null" : text).RootElement
            : throw new InvalidOperationException($"{(int)answer.StatusCode} {text}");
    }
}
