using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Closes an account, or opens a closed one again; a closed one's sessions end at once.</summary>
public sealed record CloseStaff(Guid Staff, bool Reopen = false);

public sealed class CloseStaffHandler(Store store, StaffDirectory directory)
{
    public async Task<Outcome<Done>> Handle(CloseStaff command, Caller caller)
    {
        if (store.Read(s => StaffRow.ById(s, command.Staff) is { } row ? (row, GrantRow.Of(s, row.Owner, row.Id)) : default) is not ({ } staff, { } grants))
            return new StaffUnknown();
        // Every role of the account must lie in the caller's territory: nobody closes the account of a level above.
        foreach (var grant in grants)
            if (!caller.May(Permission.Administer, grant.Territory))
                return new GrantOutside();
        var outcome = await store.Write(new WriteScope(caller.Actor, staff.Owner), session =>
        {
            session.Execute("UPDATE staff SET state = @state, wrong = 0, locked_until = NULL WHERE owner = @Owner AND id = @Id",
                new { state = (short)(command.Reopen ? StaffState.Active : StaffState.Closed), staff.Owner, staff.Id });
            if (!command.Reopen)
                session.Execute("UPDATE staff_session SET ended_at = @Now WHERE owner = @Owner AND staff = @Id AND ended_at IS NULL",
                    new { session.Now, staff.Owner, staff.Id });
            session.Trail(staff.Owner, command.Reopen ? "reopen_staff" : "close_staff", new Ref("staff", staff.Id));
            return Outcome.Done;
        });
        directory.Forget();
        return outcome;
    }
}
