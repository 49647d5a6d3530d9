using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Adds persons to a published round's roster by name 补录: new arrivals, persons whom the register did not have, persons who are registered
/// in another county and work or stay here. Each gets a duty that carries the reason, with a deadline that is not before the round's own.
/// Who is on the roster of the same round in another county is there already: nobody counts in two counties (INV-15).
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
        foreach (var (elsewhere, state) in RosterStates.Elsewhere(session, round, [.. persons.Values.Where(p => p.Owner != round.Owner).Select(p => p.Id)]))
            were.TryAdd(elsewhere, state);
        var fresh = persons.Values.Where(p => Stands(p) is null && !were.ContainsKey(p.Id)).DistinctBy(p => p.Id).ToList();
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
        var guests = fresh.FindAll(p => p.Owner != round.Owner);
        RosterOwner.Keep(session, round, guests.Select(g => g.Id));
        Shown(session, round, guests);
        session.Trail(round.Owner, "add_to_round", round.Ref(), protocol: round.Protocol, detail: new { added, due, reason = command.Reason!.Trim() });
        return new RosterAnswer([.. asked.Select(id => Judge(id, persons.GetValueOrDefault(id), round, were))]);
    }

    /// <summary>Results that came before: they were noted for the county in which the person is registered, where no duty waited for them.</summary>
    static void Shown(WriteSession session, Round round, List<PersonRef> guests)
    {
        foreach (var guest in guests)
            foreach (var shown in Ledger.StandingEvidence(session, new DutyKey(guest.Owner, DutyKind.TestInRound, round.Ref().Id, guest.Id)))
                Ledger.Done(session, [new DutyKey(round.Owner, DutyKind.TestInRound, round.Ref().Id, guest.Id)], shown);
    }

    static RosterItem Judge(Guid id, PersonRef? person, Round round, Dictionary<Guid, DutyState> were)
    {
        if (person is null)
            return RosterItem.Refused(id, new PersonUnknown());
        if (Stands(person) is { } refusal)
            return RosterItem.Refused(id, refusal);
        return were.ContainsKey(person.Id) ? RosterItem.Had(id) : RosterItem.Accepted(id);
    }

    static PersonNotHere? Stands(PersonRef person) =>
        person.PresentKind is PresentKind.Deceased or PresentKind.LeftRegion ? new PersonNotHere()
        : null;

    /// <summary>Where the person lives; who lives in another county counts where he or she is, or for the county.</summary>
    static string AreaOf(PersonRef person, Round round) =>
        PlaceCode.OwnerOf(person.Residence) == round.Owner ? person.Residence
        : person.PresentPlace is { } place && PlaceCode.OwnerOf(place) == round.Owner ? place
        : round.Owner;
}
