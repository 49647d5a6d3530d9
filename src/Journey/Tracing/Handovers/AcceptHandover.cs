using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// The receiver takes the person over 接收移交: from this instant on it has custody and the duties, and the sender has them no more. Both have
/// signed then: who asked and who accepted stand in the row.
/// </summary>
/// <param name="Handover">Which.</param>
/// <param name="Acknowledged">The receiver uses what it is told for the control of this disease alone, and forgets it on its schedule (P-25).</param>
/// <param name="Place">Where the person is, finer than it was said; in the receiver's county.</param>
/// <param name="Number">Under which number a county outside this deployment accepted; the sender records it.</param>
sealed record AcceptHandover(Guid Handover, bool Acknowledged, string? Place = null, string? Number = null);

sealed class AcceptHandoverHandler(Store store)
{
    public async Task<Outcome<HandoverRow>> Handle(Caller caller, AcceptHandover command)
    {
        if (store.Read(s => HandoverRow.One(s, command.Handover)) is not { } found || !HandoverRights.MayAnswer(caller, found))
            return new HandoverUnknown();
        if (!command.Acknowledged)
            return new HandoverUnacknowledged();
        if (found.Outside && string.IsNullOrWhiteSpace(command.Number))
            return new HandoverNumberMissing();
        var place = command.Place?.Trim() is { Length: > 0 } said ? said : found.Place;
        if (!PlaceCode.Parse(place).Ok || PlaceCode.OwnerOf(place) != found.ToOwner)
            return new HandoverPlaceWrong();
        var owners = store.Read(s => ContactDuties.Owners(ContactRows.OfPersons(s, [found.Person])).Concat(CaseBook.OfPersons(s, [found.Person]).Select(c => c.Owner)));
        return await store.Write(new WriteScope(caller.Actor, [.. owners.Concat([found.Owner, found.ToOwner, caller.Owner]).Distinct()]), session =>
        {
            var row = HandoverRow.One(session, command.Handover)! with { Place = place };
            var answered = HandoverWork.Answer(session, row, HandoverState.Accepted, command.Number?.Trim());
            return answered.Ok ? Take(session, answered.Value) : answered;
        });
    }

    static Outcome<HandoverRow> Take(WriteSession session, HandoverRow row)
    {
        if (row.Outside)
            return Leave(session, row);
        if (row.SubjectKind == HandoverSubject.Contact)
            return HandoverWork.Take(session, row).Count > 0 ? row : new HandoverEnded();
        var there = CaseBook.ByIds(session, [row.SubjectId])[row.SubjectId];
        if (there.Custody != row.Owner || there.Class == CaseClass.RuledOut)
            return new HandoverEnded();
        CaseCustody.Move(session, there, row.ToOwner, row.Place, HandoverWork.Moved);
        return row;
    }

    /// <summary>
    /// The person is another system's now: observations end here as handed over. A case stays where it is reported, and is known to be away.
    /// </summary>
    static Outcome<HandoverRow> Leave(WriteSession session, HandoverRow row)
    {
        if (row.SubjectKind == HandoverSubject.Case)
            return row;
        var rows = ContactRows.OfPersons(session, [row.Person]).FindAll(r => r.Active && r.Custody == row.Owner);
        var gone = ContactWork.End(session, rows, ContactState.HandedOver, row.Ref.ToString(), "accepted by a county outside this deployment");
        return gone.Count > 0 ? row : new HandoverEnded();
    }
}

/// <summary>Who may see and answer a hand-over (P-06, P-25).</summary>
static class HandoverRights
{
    public static bool MaySee(Caller caller, HandoverRow row) => MaySend(caller, row) || caller.May(Needed(row), row.ToOwner);

    /// <summary>Those who decide in the receiver's county; where it is outside, those of the sender's.</summary>
    public static bool MayAnswer(Caller caller, HandoverRow row) => caller.May(Needed(row), row.Answers);

    public static bool MaySend(Caller caller, HandoverRow row) => caller.May(Needed(row), row.Owner);

    static Permission Needed(HandoverRow row) => row.SubjectKind == HandoverSubject.Case ? Permission.InvestigateCases : Permission.DecideContacts;
}
