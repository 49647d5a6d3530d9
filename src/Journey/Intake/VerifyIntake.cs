using System.Text.Json;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>
/// Unpacks every batch as it was sent and compares: its hash and count with what was acknowledged, its facts with the rows of
/// <c>fact</c>, each row with its place in its batch.
/// </summary>
sealed class VerifyIntake(Keyring keys) : IVerifier
{
    public string Name => "intake";

    public IEnumerable<string> Verify(Session session, Tally tally)
    {
        foreach (var s in session.Stream<Row>("SELECT owner, id, row_count, hash, body, accepted, had, refused FROM submission ORDER BY owner, id"))
        {
            tally.Add("batches");
            tally.Add("facts in batches", s.RowCount);
            if (s.Accepted + s.Had + s.Refused != s.RowCount)
                yield return $"submission {s.Id:N}: {s.Accepted} + {s.Had} + {s.Refused} verdicts for {s.RowCount} facts";
            if (BodyDiffers(s) is { } difference)
                yield return difference;
        }
        foreach (var difference in session.Stream<Guid>("""
            SELECT s.id FROM submission s LEFT JOIN (SELECT owner, submission, count(*) AS many, max(ordinal) AS last FROM fact GROUP BY owner, submission) f
              ON f.owner = s.owner AND f.submission = s.id
            WHERE coalesce(f.many, 0) < s.accepted OR coalesce(f.many, 0) > s.accepted + s.refused OR coalesce(f.last, 0) >= s.row_count AND s.row_count > 0
            """).Select(id => $"submission {id:N}: its facts are not as many as it accepted"))
            yield return difference;
        foreach (var id in session.Stream<Guid>(
            "SELECT f.id FROM fact f LEFT JOIN submission s ON s.owner = f.owner AND s.id = f.submission WHERE s.id IS NULL"))
            yield return $"fact {id:N}: came in no batch that is kept";
        tally.Add("facts", session.Scalar<long>("SELECT count(*) FROM fact"));
    }

    string? BodyDiffers(Row s)
    {
        var body = BatchReader.Unpack(keys.OpenBytes(s.Owner, s.Body)).AsMemory();
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        using var json = JsonDocument.Parse(body);
        var ids = json.RootElement.GetProperty("facts").EnumerateArray()
            .Select(f => f.ValueKind == JsonValueKind.Object && f.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : "").ToList();
        return ids.Count != s.RowCount ? $"submission {s.Id:N}: {s.RowCount} facts were acknowledged, its body holds {ids.Count}"
            : BatchReader.HashOf(ids) != s.Hash ? $"submission {s.Id:N}: its body has another hash than the one that was acknowledged" : null;
    }

    sealed class Row
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public long RowCount { get; init; }

        public string Hash { get; init; } = "";

        public byte[] Body { get; init; } = [];

        public long Accepted { get; init; }

        public long Had { get; init; }

        public long Refused { get; init; }
    }
}
