using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>
/// A person decides what the case is 分类. From asymptomatic to confirmed is a conversion 转归: one infection, two lines of the report (INV-25).
/// Ruled out 排除 takes back what stood on it (INV-11, INV-24).
/// </summary>
/// <param name="Reason">Needed where something that was counted is taken back.</param>
public sealed record ClassifyCase(Guid Case, CaseClass Class, string? Reason = null, long? Version = null);

public sealed class ClassifyCaseHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, ClassifyCase command) =>
        acts.Change(caller, command.Case, command.Version, "classify_case", command.Reason, (_, row) =>
        {
            if (command.Class == CaseClass.RuledOut && CaseRefusals.Reason(command.Reason) is { } missing)
                return missing;
            var moved = CaseStates.Classes.Move(row.Class, command.Class);
            return moved.Ok ? row with { Class = moved.Value } : moved.Refusal;
        }, (session, row, changes) =>
        {
            if (row.Class == CaseClass.RuledOut)
                Ledger.Withdraw(session, row.Owner, row.Ref, "ruled out");
        });
}
