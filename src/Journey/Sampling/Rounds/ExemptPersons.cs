using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Exempts persons from a round by name 豁免: each duty is waived under the caller's name.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Persons">1 to 1,000 ids.</param>
/// <param name="Reason">Without a person's data.</param>
public sealed record ExemptPersons(string Owner, IReadOnlyList<Guid>? Persons, string? Reason);

/// <summary>What became of each person of a batch, in the order sent.</summary>
public sealed record RosterAnswer(IReadOnlyList<RosterItem> Items);

/// <param name="Person">The id that was sent.</param>
/// <param name="Verdict"><c>accepted</c>, <c>already_had</c> or <c>refused</c>.</param>
/// <param name="Code">Of the refusal.</param>
/// <param name="Sentence">Of the refusal, in English.</param>
public sealed record RosterItem(Guid Person, string Verdict, string? Code = null, string? Sentence = null)
{
    public static RosterItem Accepted(Guid person) => new(person, "accepted");

    public static RosterItem Had(Guid person) => new(person, "already_had");

    public static RosterItem Refused(Guid person, Refusal refusal) => new(person, "refused", refusal.Code, refusal.Sentence);
}

public sealed class ExemptPersonsHandler(Store store)
{
    /// <summary>The most persons of one batch.</summary>
    public const int Most = 1_000;

    public Task<Outcome<RosterAnswer>> Handle(Caller caller, Guid round, ExemptPersons command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) => Exempt(session, its, command));

    static Outcome<RosterAnswer> Exempt(WriteSession session, Round round, ExemptPersons command)
    {
        if (RoundAccess.Reason(command.Reason) is { } refusal)
            return refusal;
        if (command.Persons is not { Count: >= 1 and <= Most } persons)
            return new PersonsMissing();
        if (session.Actor.Kind != ActorKind.Staff)
            return new ExemptionNeedsName();
        if (round.State is RoundState.Planned or > RoundState.Testing)
            return new RoundNotOpen();
        var were = RosterStates.Of(session, round, persons);
        var args = new { round.Owner, basis = round.Id.Value.ToString("N"), persons = session.Keys(persons.Distinct()), reason = command.Reason!.Trim() };
        var waived = Ledger.WaiveFrom(session, $"""
            SELECT owner, kind, basis_id, subject_id, @reason AS reason FROM duty
            WHERE owner = @Owner AND kind = 1 AND basis_id = @basis AND subject_id {session.InIds("persons")} AND state = 0
            """, args);
        if (!waived.Ok)
            return waived.Refusal;
        session.Trail(round.Owner, "exempt_persons", round.Ref(), protocol: round.Protocol, detail: new { waived = waived.Value, reason = args.reason });
        return new RosterAnswer([.. persons.Select(p => !were.TryGetValue(p, out var state) ? RosterItem.Refused(p, new DutyUnknown())
            : state == DutyState.Open ? RosterItem.Accepted(p)
            : state == DutyState.Waived ? RosterItem.Had(p)
            : RosterItem.Refused(p, DutyStates.Table.Move(state, DutyState.Waived).Refusal ?? new DutyUnknown()))]);
    }
}

/// <summary>How persons stand on a round's roster.</summary>
static class RosterStates
{
    public static Dictionary<Guid, DutyState> Of(Session session, Round round, IReadOnlyCollection<Guid> persons) => session.Query<Row>($"""
            SELECT subject_id, state FROM duty
            WHERE owner = @Owner AND kind = 1 AND basis_id = @basis AND subject_id {session.InIds("persons")}
            """, new { round.Owner, basis = round.Id.Value.ToString("N"), persons = session.Keys(persons.Distinct()) })
        .ToDictionary(r => r.SubjectId, r => r.State);

    /// <summary>Who of these is on the roster of the same round in another county.</summary>
    public static Dictionary<Guid, DutyState> Elsewhere(Session session, Round round, IReadOnlyCollection<Guid> persons) => persons.Count == 0 ? [] : session.Query<Row>($"""
            SELECT subject_id, state FROM duty WHERE owner <> @Owner AND kind = 1 AND basis_id = @basis AND subject_id {session.InIds("persons")}
            """, new { round.Owner, basis = round.Id.Value.ToString("N"), persons = session.Keys(persons.Distinct()) })
        .DistinctBy(r => r.SubjectId).ToDictionary(r => r.SubjectId, r => r.State);

    sealed class Row
    {
        public Guid SubjectId { get; init; }

        public DutyState State { get; init; }
    }
}
