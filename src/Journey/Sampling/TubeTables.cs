using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A row of <c>tube_event</c>: what was done to a tube, or claimed and not allowed.</summary>
public sealed record TubeEvent(
    string Owner, Guid Tube, DateTimeOffset At, Guid Id, TubeState FromState, TubeState ToState, Guid? Fact, string Actor, string? Note);

/// <summary>The life of a tube.</summary>
public static class TubeEvents
{
    /// <summary>What was done to a tube, in its own order.</summary>
    public static List<TubeEvent> Of(Session session, string owner, Guid tube) => session.Query<Line>(
        "SELECT at, id, from_state, to_state, fact, actor, note FROM tube_event WHERE owner = @owner AND tube = @tube ORDER BY at, id", new { owner, tube })
        .ConvertAll(l => new TubeEvent(owner, tube, l.At, l.Id, l.FromState, l.ToState, l.Fact, l.Actor, l.Note));

    sealed class Line
    {
        public DateTimeOffset At { get; init; }

        public Guid Id { get; init; }

        public TubeState FromState { get; init; }

        public TubeState ToState { get; init; }

        public Guid? Fact { get; init; }

        public string Actor { get; init; } = "";

        public string? Note { get; init; }
    }
}

/// <summary>The columns that bulk writes of tubes fill.</summary>
static class TubeTables
{
    public static readonly Table<TubeEvent> Events = new("tube_event",
        new("owner", ColumnType.Text, e => e.Owner, Key: true),
        new("tube", ColumnType.Uuid, e => e.Tube, Key: true),
        new("at", ColumnType.Big, e => e.At, Key: true),
        new("id", ColumnType.Uuid, e => e.Id, Key: true),
        new("from_state", ColumnType.Small, e => e.FromState),
        new("to_state", ColumnType.Small, e => e.ToState),
        new("fact", ColumnType.Uuid, e => e.Fact),
        new("actor", ColumnType.Text, e => e.Actor),
        new("note", ColumnType.Text, e => e.Note));

    public static readonly Table<State> States = new("tube",
        new("owner", ColumnType.Text, s => s.Owner, Key: true),
        new("id", ColumnType.Uuid, s => s.Id, Key: true),
        new("state", ColumnType.Small, s => s.To),
        new("updated_at", ColumnType.Big, s => s.At),
        new("holder", ColumnType.Text, s => s.Holder),
        new("reject_reason", ColumnType.Small, s => s.Reason));

    public static readonly Table<Result> Results = new("tube",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("state", ColumnType.Small, r => r.To),
        new("result", ColumnType.Uuid, r => r.Of),
        new("updated_at", ColumnType.Big, r => r.At));

    public sealed record Result(string Owner, Guid Id, TubeState To, Guid? Of, DateTimeOffset At);

    public sealed record State(string Owner, Guid Id, TubeState To, DateTimeOffset At, string Holder, RejectReason Reason);
}
