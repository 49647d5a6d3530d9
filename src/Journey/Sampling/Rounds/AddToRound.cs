using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Adds persons to a published round's roster by name 补录: new arrivals, persons whom the register did not have. Each gets a duty that
/// carries the reason, with a deadline that is not before the round's own.
/// </summary>
/// <param name="Owner">The county.</param>
/// <param name="Persons">1 to 1,000 ids.</param>
/// <param name="Reason">Without a person's data.</param>
/// <param name="DueAt">Without it, as long from now as everybody had from the window's beginning.</param>
public sealed record AddToRound(string Owner, IReadOnlyList<Guid>? Persons, string? Reason, DateTimeOffset? DueAt = null);

public sealed class AddToRoundHandler(Store store)
{
    public Task<Outcome<RosterAnswer>> Handle(Caller caller, Guid round, AddToRound command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) => Add(session, its, command));

    static Outcome<RosterAnswer> Add(WriteSession session, Round round, AddToRound command)
    {
        if (RoundAccess.Reason(command.Reason) is { } refusal)
            return refusal;
        if (command.Persons is not { Count: >= 1 and <= ExemptPersonsHandler.Most } asked)
            return new PersonsMissing();
        if (round.State is not (RoundState.Published or RoundState.Sampling))
            return new RoundNotOpen();
        if (command.DueAt < round.DueAt)
            return new DeadlineTooEarly();
        var persons = PersonDirectory.Current(session, asked);
        var were = RosterStates.Of(session, round, [.. persons.Values.Select(p => p.Id)]);
        var fresh = persons.Values.Where(p => Stands(p, round) is null && !were.ContainsKey(p.Id)).DistinctBy(p => p.Id).ToList();
        var units = UnitDirectory.ResponsibleForAll(session, UnitKind.Community, [.. fresh.Select(p => AreaOf(p, round)).Distinct()]);
        var due = command.DueAt ?? round.LaterDeadline(session.Now);
        var added = Ledger.Open(session, fresh.ConvertAll(p => new NewDuty
        {
            Owner = round.Owner,
            Kind = DutyKind.TestInRound,
            Subject = p.Id,
            Basis = round.Ref(),
            Protocol = round.Protocol,
            Area = AreaOf(p, round),
            AgeBand = AgeBands.Of(p.Birth, LocalDays.China.DateOf(round.WindowStart)),
            OwnerUnit = units[AreaOf(p, round)],
            DueAt = due,
            Note = command.Reason!.Trim(),
        }));
        session.Trail(round.Owner, "add_to_round", round.Ref(), protocol: round.Protocol, detail: new { added, due, reason = command.Reason!.Trim() });
        return new RosterAnswer([.. asked.Select(id => Judge(id, persons.GetValueOrDefault(id), round, were))]);
    }

    static RosterItem Judge(Guid id, PersonRef? person, Round round, Dictionary<Guid, DutyState> were)
    {
        if (person is null)
            return RosterItem.Refused(id, new PersonUnknown());
        if (Stands(person, round) is { } refusal)
            return RosterItem.Refused(id, refusal);
        return were.ContainsKey(person.Id) ? RosterItem.Had(id) : RosterItem.Accepted(id);
    }

    static Refusal? Stands(PersonRef person, Round round) =>
        person.Owner != round.Owner ? new PersonOfOtherCounty()
        : person.PresentKind is PresentKind.Deceased or PresentKind.LeftRegion ? new PersonNotHere()
        : null;

    /// <summary>Where the person lives; who lives in another county counts where he or she is, or for the county.</summary>
    static string AreaOf(PersonRef person, Round round) =>
        PlaceCode.OwnerOf(person.Residence) == round.Owner ? person.Residence
        : person.PresentPlace is { } place && PlaceCode.OwnerOf(place) == round.Owner ? place
        : round.Owner;
}
