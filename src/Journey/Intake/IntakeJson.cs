using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Contracts;

namespace Qipan.Intake;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(ServerTime))]
sealed partial class IntakeJson : JsonSerializerContext
{
    /// <summary>Sentences in Chinese stand in the answer as they are, not as escapes.</summary>
    public static IntakeJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
