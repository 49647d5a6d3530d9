using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Gives an account one more role within a territory, or takes it back.</summary>
public sealed record GrantRole(Guid Staff, Grant Grant, bool Withdraw = false);

/// <summary>Nobody gives what lies outside the own territory (P-06).</summary>
public sealed class GrantRoleHandler(Store store, StaffDirectory directory)
{
    public async Task<Outcome<Done>> Handle(GrantRole command, Caller? granter)
    {
        if (Judge(granter, command.Grant) is { Ok: false } no)
            return no;
        if (store.Read(s => StaffRow.ById(s, command.Staff)) is not { } staff)
            return new StaffUnknown();
        var outcome = await store.Write(new WriteScope(granter?.Actor ?? Actor.System, staff.Owner), session =>
        {
            if (command.Withdraw)
            {
                session.Execute("DELETE FROM staff_grant WHERE owner = @Owner AND staff = @Id AND role = @role AND territory = @Territory",
                    new { staff.Owner, staff.Id, role = (short)command.Grant.Role, command.Grant.Territory });
                if (GrantRow.Of(session, staff.Owner, staff.Id).Count == 0)
                    session.Execute("UPDATE staff_session SET ended_at = @Now WHERE owner = @Owner AND staff = @Id AND ended_at IS NULL",
                        new { session.Now, staff.Owner, staff.Id });
            }
            else
            {
                session.Insert(GrantRow.Rows, [Row(session, staff, command.Grant)], IfThere.Skip);
            }
            session.Trail(staff.Owner, command.Withdraw ? "withdraw_role" : "grant_role", new Ref("staff", staff.Id),
                detail: new { role = command.Grant.Role.ToString(), command.Grant.Territory });
            return Outcome.Done;
        });
        directory.Forget();
        return outcome;
    }

    /// <summary>Whether this granter may give this; the program itself may give everything.</summary>
    internal static Outcome<Done> Judge(Caller? granter, Grant grant)
    {
        if (!Enum.IsDefined(grant.Role))
            return new RoleUnknown();
        if (grant.Territory.Length > 0 && PlaceCode.Parse(grant.Territory) is { Ok: false } wrong)
            return wrong.Refusal;
        return granter is null || granter.May(Permission.Administer, grant.Territory) ? Done.Value : new GrantOutside();
    }

    internal static GrantRow Row(WriteSession session, StaffRow staff, Grant grant) => new()
    {
        Owner = staff.Owner,
        Staff = staff.Id,
        Role = grant.Role,
        Territory = grant.Territory,
        GrantedBy = session.Actor.ToString(),
        GrantedAt = session.Now,
    };
}

/// <summary>The grant reaches beyond the granter's own territory.</summary>
public sealed record GrantOutside() : FieldRefusal("territory", "grant_outside_territory", RefusalKind.NotAllowed,
    "You can give roles only inside your own territory. Ask the administrator of the level above.", "只能在本辖区内授权，请联系上级管理员。");

/// <summary>No such role.</summary>
public sealed record RoleUnknown() : FieldRefusal("role", "role_unknown", RefusalKind.Invalid, "There is no such role.", "没有该角色。");

/// <summary>No such account.</summary>
public sealed record StaffUnknown() : Refusal("staff_unknown", RefusalKind.NotFound, "There is no account of this id.", "没有此编号的账号。");
