using System.Globalization;
using System.Text.Json;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>Explains devices, submissions and facts: a fact stands on its submission, a submission on its device.</summary>
sealed class IntakeTrail : ITrailSource
{
    /// <summary>A reference does not say the county: look in each that has devices, by its key.</summary>
    const string Anywhere = "id = @id AND owner IN (SELECT DISTINCT owner FROM device)";

    public IReadOnlyList<string> Kinds { get; } = ["device", "submission", "fact"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        if (!Guid.TryParse(subject.Id, out var id))
            return null;
        return subject.Kind switch
        {
            "device" => OfDevice(session, subject, id),
            "submission" => OfSubmission(session, subject, id),
            "fact" => OfFact(session, subject, id),
            _ => null,
        };
    }

    static TrailNode? OfDevice(Session session, Ref subject, Guid id)
    {
        if (session.One<Device>($"SELECT {Devices.Columns} FROM device WHERE {Anywhere}", new { id }) is not { } device)
            return null;
        return new TrailNode(subject, $"device {device.Label}, {device.Role} of {device.Territory}",
        [
            ("registered", Time(device.RegisteredAt) + " by " + device.RegisteredBy),
            ("revoked", device.RevokedAt is { } revoked ? Time(revoked) : "no"),
            ("clock ahead, ms", device.ClockOffsetMs.ToString(CultureInfo.InvariantCulture)),
        ], []);
    }

    static TrailNode? OfSubmission(Session session, Ref subject, Guid id)
    {
        if (session.One<Submission>($"SELECT * FROM submission WHERE {Anywhere}", new { id }) is not { } s)
            return null;
        return new TrailNode(subject, $"batch of {s.RowCount} facts from a device",
        [
            ("sent", Time(s.SentAt) + " by the device's clock"),
            ("received", Time(s.ReceivedAt)),
            ("clock ahead, ms", s.ClockOffsetMs.ToString(CultureInfo.InvariantCulture)),
            ("mode", s.Mode.ToString().ToLowerInvariant()),
            ("accepted / had / refused", $"{s.Accepted} / {s.Had} / {s.Refused}"),
            ("hash", s.Hash),
        ], [new Ref("device", s.Device)]);
    }

    static TrailNode? OfFact(Session session, Ref subject, Guid id)
    {
        if (session.One<FactLine>($"SELECT * FROM fact WHERE {Anywhere}", new { id }) is not { } fact)
            return null;
        return new TrailNode(subject, $"fact {fact.Kind}",
        [
            ("occurred", Time(fact.OccurredAt) + " by the device's clock"),
            ("corrected", Time(fact.CorrectedAt)),
            ("received", Time(fact.ReceivedAt) + (fact.Late ? ", late" : "")),
            ("verdict", fact.Verdict.ToString().ToLowerInvariant() + (fact.Code is null ? "" : ": " + fact.Code)),
            ("place in its batch", (fact.Ordinal + 1).ToString(CultureInfo.InvariantCulture)),
        ], [new Ref("submission", fact.Submission)]);
    }

    /// <summary>The JSON of a fact as it was sent; null when the fact is not known. Holds personal data.</summary>
    public static JsonElement? AsSent(Session session, Keyring keys, string owner, Guid fact)
    {
        var row = session.One<FactLine>("SELECT * FROM fact WHERE owner = @owner AND id = @fact", new { owner, fact });
        if (row is null)
            return null;
        var kept = session.Scalar<byte[]>("SELECT body FROM submission WHERE owner = @owner AND id = @Submission", new { owner, row.Submission })!;
        using var batch = JsonDocument.Parse(BatchReader.Unpack(keys.OpenBytes(owner, kept)).AsMemory().TrimStart("\uFEFF"u8.ToArray()));
        return batch.RootElement.GetProperty("facts")[row.Ordinal].Clone();
    }

    static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    sealed class Submission
    {
        public Guid Device { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }

        public DateTimeOffset SentAt { get; init; }

        public long ClockOffsetMs { get; init; }

        public FactMode Mode { get; init; }

        public long RowCount { get; init; }

        public string Hash { get; init; } = "";

        public long Accepted { get; init; }

        public long Had { get; init; }

        public long Refused { get; init; }
    }

    sealed class FactLine
    {
        public Guid Submission { get; init; }

        public int Ordinal { get; init; }

        public string Kind { get; init; } = "";

        public DateTimeOffset OccurredAt { get; init; }

        public DateTimeOffset CorrectedAt { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }

        public bool Late { get; init; }

        public Verdict Verdict { get; init; }

        public string? Code { get; init; }
    }
}
