using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>What a move of several tubes did: those that moved, and those whose state forbids it.</summary>
/// <param name="Moved">The ids that are in the new state now.</param>
/// <param name="Refused">The others, each with its reason; an unknown id among them.</param>
public sealed record TubeMoves(IReadOnlyList<Guid> Moved, IReadOnlyList<(Guid Tube, Refusal Refusal)> Refused);

/// <summary>
/// The tubes 采样管 of a county, for the laboratory and the consoles. Every move goes through <see cref="TubeStates"/> and leaves a
/// row of <c>tube_event</c>; none of them writes a trail line, because one act of the caller moves many tubes.
/// </summary>
public static class Tubes
{
    const string Columns = "owner, id, code, round, kind, capacity, state, opened_at, opened_by, session, sealed_at, seal, box, boxed_at, count, conflict, priority, "
        + "lab, received_at, reject_reason, holder, result, alert, updated_at";

    /// <summary>The tubes that are there, in no order; unknown ids are left out.</summary>
    public static List<Tube> ByIds(Session session, string owner, IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? [] : session.Query<Tube>(
        $"SELECT {Columns} FROM tube WHERE owner = @owner AND id {session.InIds("ids")}", new { owner, ids = session.Keys(ids) });

    /// <summary>
    /// All tubes with one of these codes, of one county or (null) of all. A code may name several (INV-02): the caller takes the one
    /// that is in the state it expects and refuses to choose between two.
    /// </summary>
    public static List<Tube> ByCodes(Session session, string? owner, IReadOnlyCollection<string> codes) => codes.Count == 0 ? [] : session.Query<Tube>(
        $"SELECT {Columns} FROM tube WHERE code {session.In("codes")}{(owner is null ? "" : " AND owner = @owner")} ORDER BY code, id",
        new { owner, codes = session.Keys(codes) });

    /// <summary>The tubes that are in a box, by code.</summary>
    public static List<Tube> InBox(Session session, string owner, Guid box) => session.Query<Tube>(
        $"SELECT {Columns} FROM tube WHERE box = @box AND owner = @owner ORDER BY code, id", new { owner, box });

    /// <summary>
    /// Moves tubes of one county to a state. What the table forbids is refused tube by tube, the rest moves.
    /// </summary>
    /// <param name="session">The caller's unit; its county is in the unit's scope.</param>
    /// <param name="owner">The county of the tubes.</param>
    /// <param name="ids">Any number up to 20,000.</param>
    /// <param name="to">The new state; never <see cref="TubeState.Resulted"/>, which <see cref="ResultFrom"/> sets with its result.</param>
    /// <param name="at">Since when, by the clock of whoever did it.</param>
    /// <param name="note">Why, as JSON; never personal data.</param>
    /// <param name="holder">In whose hand the tubes are from now on; null leaves it.</param>
    /// <param name="reason">Only with <see cref="TubeState.Rejected"/>.</param>
    public static TubeMoves Move(
        WriteSession session, string owner, IReadOnlyCollection<Guid> ids, TubeState to, DateTimeOffset at,
        string? note = null, string? holder = null, RejectReason reason = RejectReason.None)
    {
        var there = ByIds(session, owner, ids).ToDictionary(t => t.Id.Value);
        var moved = new List<Tube>(there.Count);
        var refused = new List<(Guid, Refusal)>();
        foreach (var id in ids.Distinct())
        {
            if (!there.TryGetValue(id, out var tube))
                refused.Add((id, new TubeUnknown()));
            else if (TubeStates.Table.Move(tube.State, to) is { Ok: false } no)
                refused.Add((id, no.Refusal));
            else
                moved.Add(tube);
        }
        session.Update(TubeTables.States, [.. moved.Select(t => new TubeTables.State(
            owner, t.Id.Value, to, at, holder ?? t.Holder, reason != RejectReason.None ? reason : t.RejectReason))]);
        session.Insert(TubeTables.Events, [.. moved.Select(t => new TubeEvent(
            owner, t.Id.Value, at, session.NewId(), t.State, to, null, session.Actor.ToString(), note))]);
        return new TubeMoves([.. moved.Select(t => t.Id.Value)], refused);
    }

    /// <summary>
    /// A laboratory has the tubes: they are received, in its hand, and no longer missing. A tube that never went into a box or was
    /// never signed for is refused as <c>state_forbids</c>, so the caller lists it instead of losing it.
    /// </summary>
    public static TubeMoves Receive(WriteSession session, string owner, IReadOnlyCollection<Guid> ids, Guid lab, DateTimeOffset at)
    {
        var moves = Move(session, owner, ids, TubeState.Received, at, holder: $"unit:{lab:N}");
        session.Execute(
            $"UPDATE tube SET lab = @lab, received_at = @at, reject_reason = 0 WHERE owner = @owner AND id {session.InIds("ids")}",
            new { lab, at, owner, ids = session.Keys(moves.Moved) });
        return moves;
    }

    /// <summary>
    /// Results of many tubes at once: each tube is resulted, and its registrations are negative or held. Only tubes in a run move; a resulted tube takes a later result in its place (INV-12).
    /// </summary>
    /// <param name="session">The caller's unit, of at most 20,000 tubes.</param>
    /// <param name="select">Yields <c>owner, tube, result, negative</c> (1 when the call is NEG, otherwise 0).</param>
    /// <param name="args">The select's own arguments.</param>
    /// <param name="at">When the results were released.</param>
    /// <returns>How many tubes moved.</returns>
    public static int ResultFrom(WriteSession session, string select, object args, DateTimeOffset at) =>
        TubeResults.Set(session, select, args, at);

    /// <summary>
    /// Results that do not hold any more (a failed control, a retest): each tube waits in the queue again and its registrations are
    /// pending. Only resulted tubes and tubes in a run move.
    /// </summary>
    /// <param name="select">Yields <c>owner, tube, result</c>; the event that is left is named after the result.</param>
    public static int RequeueFrom(WriteSession session, string select, object args, DateTimeOffset at) =>
        TubeResults.Requeue(session, select, args, at);
}

/// <summary>No tube of this id or code in the county.</summary>
public sealed record TubeUnknown() : Refusal("tube_unknown", RefusalKind.NotFound,
    "No such tube is known in this county. Check the code on the tube, or send the tube's opening first.",
    "本县（区）没有该采样管的记录，请核对管码，或先上传开管信息。");
