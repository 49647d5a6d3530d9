using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>The source was looked for and is not to be found, and the reason says where was looked 源头不明.</summary>
public sealed record DeclareSource(Guid Case, string Reason, long? Version = null);

public sealed class DeclareSourceHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, DeclareSource command)
    {
        if (CaseRefusals.Reason(command.Reason) is { } missing)
            return Task.FromResult<Outcome<CaseStatus>>(missing);
        return acts.Change(caller, command.Case, command.Version, "declare_source", command.Reason, (_, row) => row.SourceState == SourceState.Named
            ? CaseRefusals.Conflict("source_named", "A link that stands names the source. Withdraw it first.", "已有有效关联指明源头，请先撤回该关联。")
            : row with { SourceState = SourceState.Unknown, SourceReason = command.Reason.Trim() },
            (session, row, changes) => CaseDuties.Done(session, row, DutyKind.FindSource, changes, "source_state"));
    }
}
