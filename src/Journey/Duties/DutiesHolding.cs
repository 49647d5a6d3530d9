using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// Duties about a person follow when the person turns out to be another. Where both have the same duty it is one duty: what was shown for the one
/// counts for the other, and the one's is withdrawn, so that nobody is counted twice.
/// </summary>
sealed class DutiesHolding(DutiesSettings settings) : IHoldsPersons
{
    /// <summary>Why a duty was withdrawn; stands in its row.</summary>
    const string SamePerson = "same_person";

    static readonly string[] Key = ["owner", "kind", "basis_id", "subject_id"];

    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("duty", "subject_id", Key)
        {
            Where = "subject_kind = 'person'",
            Special = true,
            Together = ["state", "ended_at", "ended_by", "evidence_kind", "evidence_id", "reason"],
        },
        new("duty_evidence", "subject_id", [.. Key, "evidence_kind", "evidence_id"]) { Special = true, Derived = true },
    ];

    public void Move(WriteSession session, PersonMove move)
    {
        var args = new { move.Loser, move.Survivor, kept = session.Keys(move.Kept), session.Now, actor = session.Actor.ToString(), reason = SamePerson };
        var mine = $"subject_id = @Loser AND NOT (basis_id {session.In("kept")})";
        session.Execute($"""
            UPDATE duty SET subject_id = @Survivor WHERE {mine} AND subject_kind = 'person' AND NOT EXISTS
              (SELECT 1 FROM duty x WHERE x.owner = duty.owner AND x.kind = duty.kind AND x.basis_id = duty.basis_id AND x.subject_id = @Survivor)
            """, args);
        foreach (var basis in session.Query<string>($"""
            SELECT d.basis_id FROM duty d JOIN duty x ON x.owner = d.owner AND x.kind = d.kind AND x.basis_id = d.basis_id AND x.subject_id = @Survivor
            WHERE d.subject_id = @Loser AND d.subject_kind = 'person' AND d.kind = 1 AND (d.state = 2) <> (x.state = 2)
            """, args))
            move.Raise(MergeIssues.OneExcused, new Ref("round", basis));
        session.Execute($"""
            INSERT INTO duty_evidence (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at, standing)
            SELECT owner, kind, basis_id, @Survivor, evidence_kind, evidence_id, ended_at, 1 FROM duty
            WHERE {mine} AND subject_kind = 'person' AND state = 1 ON CONFLICT DO NOTHING
            """, args);
        session.Execute($"""
            UPDATE duty SET state = 3, ended_at = @Now, ended_by = @actor, reason = @reason, evidence_kind = NULL, evidence_id = NULL
            WHERE {mine} AND subject_kind = 'person' AND state <> 3
            """, args);
        session.Execute($"""
            UPDATE duty_evidence SET subject_id = @Survivor WHERE {mine} AND NOT EXISTS
              (SELECT 1 FROM duty_evidence x WHERE x.owner = duty_evidence.owner AND x.kind = duty_evidence.kind AND x.basis_id = duty_evidence.basis_id
                 AND x.subject_id = @Survivor AND x.evidence_kind = duty_evidence.evidence_kind AND x.evidence_id = duty_evidence.evidence_id)
            """, args);
        session.Execute($"DELETE FROM duty_evidence WHERE {mine}", args);
    }

    /// <summary>The counters move by the difference.</summary>
    public void Balance(WriteSession session, PersonMove move, HeldRows before, HeldRows after)
    {
        var by = new Dictionary<Bucket, Sums>();
        foreach (var row in before.Of("duty"))
            Add(by, row, -1);
        foreach (var row in after.Of("duty"))
            Add(by, row, 1);
        foreach (var (bucket, sums) in by)
            if (sums != default)
                session.Execute("""
                    INSERT INTO duty_count (owner, kind, basis_id, area, age_band, due_at, open, done, done_late, waived, withdrawn)
                    VALUES (@Owner, @Kind, @Basis, @Area, @Age, @Due, @Open, @Done, @Late, @Waived, @Withdrawn)
                    ON CONFLICT (owner, kind, basis_id, area, age_band, due_at) DO UPDATE SET open = duty_count.open + excluded.open,
                      done = duty_count.done + excluded.done, done_late = duty_count.done_late + excluded.done_late,
                      waived = duty_count.waived + excluded.waived, withdrawn = duty_count.withdrawn + excluded.withdrawn
                    """, new
                {
                    bucket.Owner,
                    bucket.Kind,
                    bucket.Basis,
                    bucket.Area,
                    bucket.Age,
                    bucket.Due,
                    sums.Open,
                    sums.Done,
                    sums.Late,
                    sums.Waived,
                    sums.Withdrawn,
                });
    }

    /// <summary>What does not go together is somebody's to settle; when they come apart there is nothing left to settle.</summary>
    public void Settle(WriteSession session, PersonMove move)
    {
        Ledger.SettleSubjects(session, [move.Loser, move.Survivor]);
        var merge = new Ref("merge", move.Merge);
        PairDuties.Joined(session, move);
        if (move.Back)
        {
            Ledger.Withdraw(session, move.Owner, merge, "they are two persons");
            return;
        }
        if (move.Issues.Count == 0)
            return;
        var area = PersonDirectory.ByIds(session, [move.Loser])[move.Loser].Residence;
        Ledger.Open(session, [new NewDuty
        {
            Owner = move.Owner,
            Kind = DutyKind.SettleMerge,
            Subject = move.Merge,
            Basis = merge,
            Area = area,
            OwnerUnit = UnitDirectory.ResponsibleFor(session, UnitKind.StreetOffice, area),
            DueAt = session.Now + settings.SettleMergeWithin,
            Note = string.Join(", ", move.Issues.Select(i => i.Kind).Distinct()),
        }]);
    }

    static void Add(Dictionary<Bucket, Sums> by, HeldRow row, long many)
    {
        var area = row["area"]!;
        var bucket = new Bucket(row["owner"]!, (short)row.Number("kind"), row["basis_id"]!, area[..Math.Min(12, area.Length)], (short)row.Number("age_band"), row.Number("due_at"));
        var was = by.GetValueOrDefault(bucket);
        by[bucket] = (DutyState)row.Number("state") switch
        {
            DutyState.Open => was with { Open = was.Open + many },
            DutyState.Done => was with { Done = was.Done + many, Late = was.Late + (row.Number("ended_at") > bucket.Due ? many : 0) },
            DutyState.Waived => was with { Waived = was.Waived + many },
            DutyState.Withdrawn => was with { Withdrawn = was.Withdrawn + many },
        };
    }

    readonly record struct Bucket(string Owner, short Kind, string Basis, string Area, short Age, long Due);

    readonly record struct Sums(long Open, long Done, long Late, long Waived, long Withdrawn);
}
