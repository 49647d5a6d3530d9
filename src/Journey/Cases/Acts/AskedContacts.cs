using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>Somebody has asked for everybody whom the case met: no open tail any more 链尾.</summary>
public sealed record AskedContacts(Guid Case, string? Note = null, long? Version = null);

public sealed class AskedContactsHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, AskedContacts command) =>
        acts.Change(caller, command.Case, command.Version, "asked_for_contacts", command.Note, (session, row) =>
            row with { ContactsAskedAt = session.Now, ContactsAskedBy = session.Actor.ToString() },
            (session, row, changes) => CaseDuties.Done(session, row, DutyKind.TraceContacts, changes, "contacts_asked_at"));
}
