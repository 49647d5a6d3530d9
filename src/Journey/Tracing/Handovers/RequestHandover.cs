using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Asks another county to take a contact or a case over 请求移交: found here, living there.</summary>
/// <param name="Kind">What is handed over.</param>
/// <param name="Subject">Its id.</param>
/// <param name="Place">Where the person is: a place code of a county or finer; null: where the registers know them.</param>
/// <param name="Reason">Why, without personal data.</param>
sealed record RequestHandover(HandoverSubject Kind, Guid Subject, string? Place, string Reason);

sealed class RequestHandoverHandler(Store store, HandoverWork work)
{
    public async Task<Outcome<HandoverRow>> Handle(Caller caller, RequestHandover command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonNeeded();
        var found = store.Read(s => Wanted(s, caller, command));
        return !found.Ok ? found.Refusal : await store.Write(
            new WriteScope(caller.Actor, [.. new[] { found.Value.From, PlaceCode.OwnerOf(found.Value.Place), caller.Owner }.Distinct()]), session =>
            {
                var wanted = Wanted(session, caller, command);
                return wanted.Ok ? Outcome.Of(work.Request(session, [wanted.Value], command.Reason.Trim())[0]) : wanted.Refusal;
            });
    }

    static Outcome<WantedHandover> Wanted(Session session, Caller caller, RequestHandover command)
    {
        var subject = command.Kind == HandoverSubject.Contact ? Contact(session, caller, command.Subject) : Case(session, caller, command.Subject);
        if (!subject.Ok)
            return subject.Refusal;
        var place = command.Place?.Trim() is { Length: > 0 } said ? said
            : PersonDirectory.ByIds(session, [subject.Value.Person]).TryGetValue(subject.Value.Person, out var person) ? Custodies.Place(person) : "";
        if (place.Length < 6 || !PlaceCode.Parse(place).Ok)
            return new HandoverPlaceWrong();
        if (PlaceCode.OwnerOf(place) == subject.Value.From)
            return new HandoverNotAway();
        return HandoverRow.Waiting(session, [command.Subject]).Count > 0 ? new HandoverUnderWay() : subject.Value with { Place = place };
    }

    static Outcome<WantedHandover> Contact(Session session, Caller caller, Guid id)
    {
        if (ContactRows.One(session, id) is not { } row || !caller.May(Permission.DecideContacts, row.Custody))
            return new ContactUnknown();
        if (!row.Active)
            return new NothingActive();
        return new WantedHandover(HandoverSubject.Contact, row.Id, row.Person, IndexCase.Of(session, row.IndexCase)!.Disease, row.Custody, "");
    }

    static Outcome<WantedHandover> Case(Session session, Caller caller, Guid id)
    {
        if (!CaseBook.ByIds(session, [id]).TryGetValue(id, out var row) || !caller.May(Permission.InvestigateCases, row.Custody))
            return new CaseUnknownHere();
        return row.Class == CaseClass.RuledOut ? new HandoverEnded()
            : new WantedHandover(HandoverSubject.Case, row.Id, row.Person, row.Disease, row.Custody, "");
    }
}
