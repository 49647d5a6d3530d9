using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qipan.Tracing;

/// <summary>What a contact stands on 证据: meetings in places, facts of registers, and how it was weighed.</summary>
public sealed record ContactEvidence
{
    /// <summary>Meetings that the engine found, the latest ones; at most <see cref="MostKept"/>.</summary>
    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public int Episodes { get; init; }

    /// <summary>True where one of them rests on a leave that nobody recorded (INV-43).</summary>
    public bool Inferred { get; init; }

    /// <summary>Facts other than scans.</summary>
    public IReadOnlyList<EvidenceFact> Facts { get; init; } = [];

    /// <summary>How the rating came about, factor by factor.</summary>
    public string? Rating { get; init; }

    /// <summary>Which rule made it close, secondary or general.</summary>
    public string? Because { get; init; }

    /// <summary>The window that it was looked for in, and its anchor.</summary>
    public string? Window { get; init; }

    /// <summary>id@version of the weights.</summary>
    public string? Weights { get; init; }

    public const int MostKept = 20;
}

/// <summary>Two stays in one place at one time.</summary>
/// <param name="Venue">32 hex digits.</param>
/// <param name="From">Unix seconds.</param>
/// <param name="Until">Unix seconds.</param>
public sealed record Meeting(string Venue, int Area, long From, long Until, bool Inferred);

/// <summary>A fact of a register, a roster, a tube queue, or somebody's word.</summary>
/// <param name="Source">household, room, queue, roster, vehicle, itinerary, statement.</param>
/// <param name="Of">What it is about: household/…, roster/…, registration/….</param>
/// <param name="Said">In English, never personal data.</param>
/// <param name="Chinese">The same in Chinese; null where it is somebody's own words.</param>
public sealed record EvidenceFact(string Source, string Of, string Said, string? Chinese = null);

/// <summary>JSON as it is kept in columns: camelCase, enums as snake_case words, nothing that is null.</summary>
static class TracingJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}

/// <summary>Ids that are a function of what they name, so that doing the same again finds the same row.</summary>
static class TracingIds
{
    public static Guid Contact(Guid index, Guid person, int ring) => Of("contact", index, person, ring, 0);

    public static Guid Task(Guid contact, TaskKind kind, int day, int slot) => Of("task", contact, default, ((int)kind * 1000) + day, slot);

    public static Guid Venue(string nameKey, string place) => Of(Encoding.UTF8.GetBytes($"qipan venue {nameKey} {place}"));

    public static Guid Roster(int kind, string nameKey, DateTimeOffset from) =>
        Of(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"qipan roster {kind} {nameKey} {from.ToUnixTimeSeconds()}")));

    static Guid Of(string what, Guid a, Guid b, int c, int d)
    {
        Span<byte> text = stackalloc byte[64];
        text.Clear();
        Encoding.ASCII.GetBytes(what, text);
        a.TryWriteBytes(text[8..], bigEndian: true, out _);
        b.TryWriteBytes(text[24..], bigEndian: true, out _);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(text[40..], c);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(text[44..], d);
        return Of(text);
    }

    static Guid Of(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
