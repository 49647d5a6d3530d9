using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qipan.Kernel;

namespace Qipan.Bench.Intake;

/// <summary>
/// What one device saw, as it happened: a tube of ten is opened, ten people are registered by their ID cards, the tube is sealed,
/// and the next one is opened.
/// </summary>
sealed class DeviceLog(int device, DateTimeOffset start, TimeSpan pace)
{
    readonly int community = device * IntakeTown.PerCommunity;
    DateTimeOffset now = start;
    int person;
    int inTube = -1;
    int tubes;
    Guid tube;

    /// <summary>A batch of the next facts. The time of sending is written in later, at <see cref="SentBody.Stamp"/>.</summary>
    public SentBody Next(int facts, string mode)
    {
        var buffer = new ArrayBufferWriter<byte>(facts * 340 + 400);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("sentAt"u8, SentBody.NotYet);
        json.Flush();
        var sentAt = buffer.WrittenCount - SentBody.NotYet.Length - 1;
        json.WriteString("batch"u8, Id());
        json.WriteString("mode"u8, mode);
        json.WriteNumber("rowCount"u8, facts);
        var ids = new StringBuilder(facts * 37);
        json.WriteStartArray("facts"u8);
        for (var i = 0; i < facts; i++)
            ids.Append(i > 0 ? "\n" : "").Append(Fact(json));
        json.WriteEndArray();
        json.WriteString("hash"u8, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ids.ToString()))));
        json.WriteEndObject();
        json.Flush();
        return new SentBody(device, buffer.WrittenMemory.ToArray(), sentAt, facts);
    }

    Guid Fact(Utf8JsonWriter json)
    {
        now += pace;
        var id = Id();
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("kind"u8, inTube < 0 ? "tube_opened"u8 : inTube < 10 ? "sample_registered"u8 : "tube_sealed"u8);
        json.WriteString("occurredAt"u8, now);
        if (inTube < 0)
        {
            tube = id;
            json.WriteString("code"u8, string.Create(CultureInfo.InvariantCulture, $"B{now.ToUnixTimeSeconds() % 10_000_000:D7}{device:D4}{tubes++:D5}"));
            json.WriteString("round"u8, IntakeTown.Round);
            json.WriteNumber("tubeKind"u8, 10);
        }
        else
        {
            json.WriteString("tube"u8, tube);
            if (inTube < 10)
                Person(json);
            else
                json.WriteString("seal"u8, string.Create(CultureInfo.InvariantCulture, $"S{device:D4}{tubes:D5}"));
        }
        inTube = inTube == 10 ? -1 : inTube + 1;
        json.WriteEndObject();
        return id;
    }

    void Person(Utf8JsonWriter json)
    {
        json.WriteStartObject("person"u8);
        json.WriteNumber("docType"u8, 1);
        json.WriteString("docNo"u8, IntakeTown.DocNo(community + person++ % IntakeTown.PerCommunity));
        json.WriteEndObject();
        json.WriteNumber("position"u8, inTube);
        json.WriteString("specimen"u8, "oropharyngeal"u8);
        json.WriteString("idMethod"u8, "id_card_swipe"u8);
    }

    Guid Id() => Uuid7.New(new At(now));

    /// <summary>A clock that stands still.</summary>
    sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>A batch ready to be sent.</summary>
sealed record SentBody(int Device, byte[] Bytes, int SentAtOffset, int Facts)
{
    public const string NotYet = "2000-01-01T00:00:00.000Z";

    /// <summary>Writes the time of sending in.</summary>
    public void Stamp(DateTimeOffset now) =>
        Encoding.ASCII.GetBytes(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Bytes.AsSpan(SentAtOffset));
}
