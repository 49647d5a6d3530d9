using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    static readonly Table<(DutyKey Key, DutyState State, DateTimeOffset? At, string? By, string? Reason)> Moves = new("duty_move",
        new("owner", ColumnType.Text, m => m.Key.Owner, Key: true),
        new("kind", ColumnType.Small, m => m.Key.Kind, Key: true),
        new("basis_id", ColumnType.Text, m => m.Key.Basis, Key: true),
        new("subject_id", ColumnType.Uuid, m => m.Key.Subject, Key: true),
        new("state", ColumnType.Small, m => m.State),
        new("ended_at", ColumnType.Big, m => m.At),
        new("ended_by", ColumnType.Text, m => m.By),
        new("reason", ColumnType.Text, m => m.Reason));

    /// <summary>
    /// Excuses one open duty 豁免, for a reason and under the name of the staff member who writes. Refused without a reason, without a
    /// name, for an unknown duty and for one that has ended.
    /// </summary>
    public static Outcome<Done> Waive(WriteSession session, DutyKey duty, string reason)
    {
        if (Named(session, reason) is { } refusal)
            return refusal;
        if (StateOf(session, duty) is not { } state)
            return new DutyUnknown();
        var moved = DutyStates.Table.Move(state, DutyState.Waived);
        if (!moved.Ok)
            return moved.Refusal;
        MoveOne(session, duty, DutyState.Waived, reason.Trim());
        session.Trail(duty.Owner, "waive_duty", duty.Ref, detail: new { reason = reason.Trim() });
        return Kernel.Done.Value;
    }

    /// <summary>
    /// As <see cref="Waive"/> for as many as a query finds; those that have ended already are left as they are. Returns how many were
    /// waived. One row without a reason refuses all of them.
    /// </summary>
    /// <param name="session">The unit; its actor is the name under which they are waived.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id, reason.</param>
    /// <param name="args">Its arguments.</param>
    public static Outcome<int> WaiveFrom(WriteSession session, string selectSql, object? args = null)
    {
        if (session.Actor.Kind != ActorKind.Staff)
            return new NameMissing();
        LedgerWork.Ready(session, "duty_move");
        var waived = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state, ended_at, ended_by, reason)
            SELECT m.owner, m.kind, m.basis_id, m.subject_id, 2, {Milliseconds(session.Now)}, '{session.Actor}', trim(m.reason)
            FROM ({selectSql}) AS m CROSS JOIN duty d
            WHERE {LedgerWork.SameDuty} AND d.state IN ({DutyStates.From(DutyState.Waived)}) ON CONFLICT DO NOTHING
            """, args);
        var bad = session.One<Reasons>("SELECT sum(CASE WHEN coalesce(reason, '') = '' THEN 1 ELSE 0 END) AS missing, "
            + "max(length(reason)) AS longest FROM duty_move")!;
        if (bad.Missing > 0)
            return new ReasonMissing();
        if (bad.Longest > ReasonMissing.Longest)
            return new ReasonTooLong();
        LedgerWork.Apply(session, waived);
        foreach (var part in LedgerWork.Moved(session))
            LedgerWork.Trail(session, "waive_duties", "waived", part);
        return waived;
    }

    /// <summary>
    /// Takes a waiver or a withdrawal back: the duty is open again, or done at once where evidence for it came in the meantime. Needs a
    /// reason and a name; refused for a duty that is open or done, and for one whose basis fell.
    /// </summary>
    public static Outcome<Done> Reinstate(WriteSession session, DutyKey duty, string reason)
    {
        if (Named(session, reason) is { } refusal)
            return refusal;
        if (StateOf(session, duty) is not { } state)
            return new DutyUnknown();
        if (state is DutyState.Open or DutyState.Done)
            return new NothingToReinstate();
        if (session.Scalar<long>($"SELECT count(*) FROM duty d JOIN duty_fallen f ON f.owner = d.owner AND f.role = 1 AND f.fact_kind = d.basis_kind "
            + $"AND f.fact_id = d.basis_id WHERE {OneDuty}", Args(duty)) > 0)
            return new BasisFell();
        MoveOne(session, duty, DutyState.Open, reason: null);
        Promote(session, opened: 1);
        session.Trail(duty.Owner, "reinstate_duty", duty.Ref, detail: new { reason = reason.Trim() });
        return Kernel.Done.Value;
    }

    const string OneDuty = "d.owner = @Owner AND d.kind = @Kind AND d.basis_id = @Basis AND d.subject_id = @Subject";

    static object Args(DutyKey duty) => new { duty.Owner, duty.Kind, duty.Basis, duty.Subject };

    static DutyState? StateOf(Session session, DutyKey duty) =>
        session.One<short?>($"SELECT d.state FROM duty d WHERE {OneDuty}", Args(duty)) is { } state ? (DutyState)state : null;

    static void MoveOne(WriteSession session, DutyKey duty, DutyState to, string? reason)
    {
        LedgerWork.Ready(session, "duty_move");
        var ended = to != DutyState.Open;
        session.Insert(Moves, [(duty, to, ended ? session.Now : null, ended ? session.Actor.ToString() : null, reason)]);
        LedgerWork.Apply(session, 1);
    }

    static Refusal? Named(WriteSession session, string? reason) =>
        WithReason(reason) ?? (session.Actor.Kind == ActorKind.Staff ? null : new NameMissing());

    static Refusal? WithReason(string? reason) => string.IsNullOrWhiteSpace(reason) ? new ReasonMissing { Field = "reason" }
        : reason.Trim().Length > ReasonMissing.Longest ? new ReasonTooLong { Field = "reason" }
        : null;

    sealed class Reasons
    {
        public long Missing { get; init; }

        public long Longest { get; init; }
    }
}
