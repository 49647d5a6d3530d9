using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>What is done to a roster. The numbers reach disk: append only.</summary>
enum RosterTask
{
    /// <summary>Opens the duties of everybody whom a version of the scope adds.</summary>
    Open = 1,

    /// <summary>Waives those whom an exemption by rule names.</summary>
    Exempt = 2,

    /// <summary>Withdraws the open duties of the places that a version of the scope leaves out.</summary>
    Withdraw = 3,

    /// <summary>Withdraws all duties: the round was cancelled.</summary>
    Cancel = 4,

    /// <summary>Opens again what was withdrawn in places that a version of the scope takes in again.</summary>
    Reinstate = 5,
}

/// <summary>A row of <c>roster_work</c>: something that is done to a whole roster, step by step.</summary>
sealed class RosterWork
{
    static readonly Table<RosterWork> Rows = new("roster_work",
        new("owner", ColumnType.Text, w => w.Owner, Key: true),
        new("seq", ColumnType.Big, w => w.Seq, Key: true),
        new("round", ColumnType.Uuid, w => w.Round),
        new("task", ColumnType.Small, w => w.Task),
        new("version", ColumnType.Small, w => w.Version),
        new("exemption", ColumnType.Uuid, w => w.Exemption),
        new("actor", ColumnType.Text, w => w.Actor),
        new("reason", ColumnType.Text, w => w.Reason),
        new("due_at", ColumnType.Big, w => w.DueAt),
        new("since", ColumnType.Big, w => w.Since),
        new("after_id", ColumnType.Uuid, w => w.AfterId),
        new("changed", ColumnType.Big, w => w.Changed),
        new("done", ColumnType.Small, w => w.Done));

    public string Owner { get; init; } = "";

    /// <summary>From 1 in each county.</summary>
    public long Seq { get; init; }

    public Guid Round { get; init; }

    public RosterTask Task { get; init; }

    public int Version { get; init; }

    public Guid? Exemption { get; init; }

    public string Actor { get; init; } = "";

    public string Reason { get; init; } = "";

    public DateTimeOffset DueAt { get; init; }

    public long Since { get; init; }

    public Guid AfterId { get; init; }

    public long Changed { get; init; }

    public bool Done { get; init; }

    /// <summary>Adds it behind what is queued already; the unit's actor answers for it, unless the row names another.</summary>
    public static void Queue(WriteSession session, RosterWork work) => session.Insert(Rows, [new RosterWork
    {
        Owner = work.Owner,
        Seq = session.Scalar<long>("SELECT coalesce(max(seq), 0) + 1 FROM roster_work WHERE owner = @Owner", new { work.Owner }),
        Round = work.Round,
        Task = work.Task,
        Version = work.Version,
        Exemption = work.Exemption,
        Actor = work.Actor.Length > 0 ? work.Actor : session.Actor.ToString(),
        Reason = work.Reason,
        DueAt = work.DueAt,
        Since = work.Since,
    }]);

    /// <summary>What is not done yet, of all counties, in the order in which each county's is to be done.</summary>
    public static List<RosterWork> Waiting(Session session) => session.Query<RosterWork>("SELECT * FROM roster_work WHERE done = 0 ORDER BY owner, seq");

    /// <summary>As <see cref="Waiting(Session)"/> for one round.</summary>
    public static bool IsWaiting(Session session, string owner, Guid round) =>
        session.Scalar<long>("SELECT count(*) FROM roster_work WHERE owner = @owner AND round = @round AND done = 0", new { owner, round }) > 0;
}
