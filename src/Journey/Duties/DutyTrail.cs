using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>A duty in the chain of facts: how it ended, what ended it, and what it stands on.</summary>
sealed class DutyTrail : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["duty"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        if (!DutyKey.TryParse("", subject.Id, out var key))
            return null;
        // The id names no county; a subject's duties are few, and one of them has this kind and basis.
        var found = session.Query<DutyLine>("SELECT * FROM duty WHERE subject_id = @Subject AND kind = @Kind AND basis_id = @Basis ORDER BY owner LIMIT 1",
            new { key.Subject, key.Kind, key.Basis });
        return found is [var line] ? Node(session, subject, line) : null;
    }

    static TrailNode Node(Session session, Ref subject, DutyLine line)
    {
        var facts = new List<(string, string)>
        {
            ("subject", $"{line.SubjectKind}/{line.SubjectId:N}"),
            ("county", line.Owner),
            ("place", line.Area),
            ("opened at", Time(line.OpenedAt)),
            ("due at", Time(line.DueAt)),
            ("unit", line.OwnerUnit.ToString("N")),
        };
        Add("protocol", line.Protocol);
        Add("note", line.Note);
        Add("moved up", line.Escalation == 0 ? null : line.Escalation.ToString(CultureInfo.InvariantCulture));
        Add("ended at", line.EndedAt is { } ended ? Time(ended) + (line.State == DutyState.Done && ended > line.DueAt ? " (late)" : "") : null);
        Add("ended by", line.EndedBy);
        Add("reason", line.Reason);
        var under = new List<Ref>();
        if (line.EvidenceKind is not null)
            under.Add(new Ref(line.EvidenceKind, line.EvidenceId!));
        foreach (var other in session.Query<OtherEvidence>("""
            SELECT evidence_kind AS kind, evidence_id AS id, standing FROM duty_evidence
            WHERE owner = @Owner AND kind = @Kind AND basis_id = @BasisId AND subject_id = @SubjectId ORDER BY at, evidence_kind, evidence_id
            """, new { line.Owner, line.Kind, line.BasisId, line.SubjectId }))
        {
            var evidence = new Ref(other.Kind, other.Id);
            Add(other.Standing ? "also shown by" : "evidence that fell", evidence.ToString());
            if (!under.Contains(evidence))
                under.Add(evidence);
        }
        // What opened it is about many; the subject's own part in it leads to where and when they were sampled.
        under.Add(line is { BasisKind: "pool_alert", SubjectKind: "person" }
            ? new Ref("alert_member", $"{line.BasisId}.{line.SubjectId:N}") : new Ref(line.BasisKind, line.BasisId));
        return new TrailNode(subject, $"duty to {DutyKinds.Of(line.Kind).English}: {line.State.ToString().ToLowerInvariant()}", facts, under);

        void Add(string name, string? value)
        {
            if (value is not null)
                facts.Add((name, value));
        }
    }

    static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    sealed class OtherEvidence
    {
        public string Kind { get; init; } = "";

        public string Id { get; init; } = "";

        public bool Standing { get; init; }
    }
}
