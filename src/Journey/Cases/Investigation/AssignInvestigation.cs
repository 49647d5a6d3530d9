using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>Somebody takes the investigation 派单; without a name, the caller.</summary>
/// <param name="Version">The version of the investigation that the caller saw; null: whatever it is now.</param>
public sealed record AssignInvestigation(Guid Case, Guid? Staff = null, long? Version = null);

public sealed class AssignInvestigationHandler(CaseActs acts)
{
    public Task<Outcome<Done>> Handle(Caller caller, AssignInvestigation command) => acts.Do<Done>(caller, command.Case, (session, row) =>
    {
        if (row.Class == CaseClass.RuledOut)
            return CaseRefusals.RuledOut;
        var staff = command.Staff ?? caller.Actor.Id;
        if (session.Scalar<long>("SELECT count(*) FROM staff WHERE id = @staff AND state = 1", new { staff }) == 0)
            return CaseRefusals.Invalid("staff", "staff_unknown", "No account of this id is open.", "没有该有效账号。");
        var investigation = InvestigationRow.Of(session, row);
        if (command.Version is { } seen && seen != investigation.Version)
            return CaseRefusals.Stale(row.Version);
        if (investigation.Assignee == staff)
            return Done.Value;
        session.Update(InvestigationRow.Rows, [investigation with { Assignee = staff, AssignedAt = session.Now, Version = investigation.Version + 1 }]);
        session.Trail(row.Owner, "assign_investigation", new Ref("investigation", investigation.Id), row.Ref, detail: new { staff });
        return Done.Value;
    });
}
