using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Qipan.Kernel;

namespace Qipan.Intake;

/// <summary>
/// Reads a batch in one pass over its bytes. What is wrong with one fact is that fact's refusal; what is wrong with the batch is
/// the batch's, and then nothing of it is taken.
/// </summary>
sealed class BatchReader(IEnumerable<FactJudge> judges, IntakeSettings settings)
{
    const int LongestKind = 64;

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Dictionary<string, FactJudge> byKind =
        judges.SelectMany(j => j.Kinds.Select(k => (k, j))).ToDictionary(x => x.k, x => x.j, StringComparer.Ordinal);

    public Outcome<Batch> Read(ReadOnlyMemory<byte> body)
    {
        var json = body.Span;
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        if (json.IsEmpty)
            return new BatchUnreadable("the body is empty", "内容为空");
        if (!Utf8.IsValid(json))
            return new BatchUnreadable("it is not UTF-8", "编码不是 UTF-8");
        try
        {
            return ReadBatch(json, body);
        }
        catch (JsonException broken)
        {
            return new BatchUnreadable(
                string.Create(CultureInfo.InvariantCulture, $"no valid JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}"),
                string.Create(CultureInfo.InvariantCulture, $"第 {broken.LineNumber + 1} 行第 {broken.BytePositionInLine + 1} 字节处不是有效的 JSON"));
        }
    }

    Outcome<Batch> ReadBatch(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        Guid? id = null;
        DateTimeOffset? sentAt = null;
        FactMode? mode = null;
        int? rowCount = null;
        string? hash = null;
        List<SentFact>? facts = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return new BatchUnreadable("it is no JSON object", "不是 JSON 对象");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("facts"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                    return new BatchUnreadable("facts is no array", "facts 不是数组");
                facts = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (facts.Count == settings.MostFacts)
                        return new BatchTooLarge(string.Create(CultureInfo.InvariantCulture, $"{settings.MostFacts} facts"));
                    facts.Add(ReadFact(json, ref reader));
                }
                continue;
            }
            if (reader.ValueTextEquals("batch"u8))
                id = reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var guid) ? guid : null;
            else if (reader.ValueTextEquals("sentAt"u8))
                sentAt = reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at) ? at : null;
            else if (reader.ValueTextEquals("mode"u8))
                mode = !reader.Read() || reader.TokenType != JsonTokenType.String ? null
                    : reader.ValueTextEquals("live"u8) ? FactMode.Live : reader.ValueTextEquals("report"u8) ? FactMode.Report : null;
            else if (reader.ValueTextEquals("rowCount"u8))
                rowCount = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count) ? count : null;
            else if (reader.ValueTextEquals("hash"u8))
                hash = reader.Read() ? Text(ref reader) : null;
            else
                reader.Read();
            reader.Skip();
        }
        // To the end: what stands behind the object is no part of a batch.
        while (reader.Read())
        {
        }
        if (Missing(id, sentAt, mode, facts) is { } missing)
            return missing;
        if (rowCount != facts!.Count || hash is null || !string.Equals(hash, HashOf(facts.Select(f => f.IdText)), StringComparison.OrdinalIgnoreCase))
            return new BatchTruncated(rowCount ?? 0, facts.Count);
        return new Batch
        {
            Id = id!.Value,
            SentAt = sentAt!.Value,
            Mode = mode!.Value,
            Hash = hash.ToLowerInvariant(),
            Facts = facts,
            Kept = Pack(body.Span),
        };
    }

    static BatchUnreadable? Missing(Guid? id, DateTimeOffset? sentAt, FactMode? mode, List<SentFact>? facts)
    {
        var name = id is null ? "batch" : sentAt is null ? "sentAt" : mode is null ? "mode" : facts is null ? "facts" : null;
        return name is null && !(sentAt < Earliest) && !(sentAt > Latest) ? null
            : new BatchUnreadable($"the field {name ?? "sentAt"} is missing or wrong", $"字段 {name ?? "sentAt"} 缺失或有误") { Field = name ?? "sentAt" };
    }

    SentFact ReadFact(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new SentFact { IdText = "", Refusal = new FactIdInvalid() };
        }
        string? idText = null;
        string? kind = null;
        Guid id = default;
        DateTimeOffset? occurredAt = null;
        FactJudge? judge = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                idText = Text(ref reader);
                id = idText is not null && reader.TryGetGuid(out var guid) ? guid : default;
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                reader.Read();
                kind = reader.TokenType == JsonTokenType.String ? KindOf(ref reader, out judge) : null;
            }
            else if (reader.ValueTextEquals("occurredAt"u8))
                occurredAt = reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at) ? at : null;
            else
                reader.Read();
            reader.Skip();
        }
        idText ??= "";
        if (id.Version != 7)
            return new SentFact { IdText = idText, Refusal = new FactIdInvalid() };
        if (judge is null)
            return new SentFact { IdText = idText, Id = id, Kind = Cut(kind ?? ""), OccurredAt = occurredAt ?? Earliest, Refusal = new FactKindUnknown() };
        if (occurredAt is not { } occurred || occurred < Earliest || occurred > Latest)
            return new SentFact { IdText = idText, Id = id, Kind = kind!, OccurredAt = Earliest, Refusal = new FactTimeMissing() };
        var payload = ReadPayload(judge, kind!, json[start..(int)reader.BytesConsumed]);
        return new SentFact
        {
            IdText = idText,
            Id = id,
            Kind = kind!,
            OccurredAt = occurred,
            Judge = judge,
            Payload = payload.Ok ? payload.Value : null,
            Refusal = payload.Refusal,
        };
    }

    string? KindOf(ref Utf8JsonReader reader, out FactJudge? judge)
    {
        foreach (var (kind, its) in byKind)
        {
            if (reader.ValueTextEquals(kind))
            {
                judge = its;
                return kind;
            }
        }
        judge = null;
        return Text(ref reader);
    }

    /// <summary>The string, or null when it is none: another type, or half of a surrogate pair.</summary>
    static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static Outcome<object> ReadPayload(FactJudge judge, string kind, ReadOnlySpan<byte> json)
    {
        try
        {
            return judge.Read(kind, json);
        }
        catch (JsonException broken)
        {
            return new FactFieldInvalid(broken.Path ?? "$", "cannot be read", "无法读取");
        }
    }

    static string Cut(string text) => text.Length <= LongestKind ? text : text[..LongestKind];

    /// <summary>Lower-case hex SHA-256 over the ids as sent, joined by line feeds.</summary>
    public static string HashOf(IEnumerable<string> ids)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> line = stackalloc byte[64];
        var first = true;
        foreach (var id in ids)
        {
            if (!first)
                hash.AppendData("\n"u8);
            first = false;
            if (Encoding.UTF8.TryGetBytes(id, line, out var length))
                hash.AppendData(line[..length]);
            else
                hash.AppendData(Encoding.UTF8.GetBytes(id));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static byte[] Pack(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream(body.Length / 4);
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(body);
        return packed.ToArray();
    }

    /// <summary>The body as it was sent.</summary>
    public static byte[] Unpack(byte[] kept)
    {
        using var deflate = new ZLibStream(new MemoryStream(kept), CompressionMode.Decompress);
        using var body = new MemoryStream();
        deflate.CopyTo(body);
        return body.ToArray();
    }
}
