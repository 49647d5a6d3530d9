using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>The case is isolated 隔离: exposures end here.</summary>
/// <param name="At">When; null: now.</param>
/// <param name="Reason">Needed to correct a time that is recorded already.</param>
public sealed record IsolateCase(Guid Case, DateTimeOffset? At = null, string? Reason = null, long? Version = null);

public sealed class IsolateCaseHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, IsolateCase command) =>
        acts.Change(caller, command.Case, command.Version, "isolate_case", command.Reason, (session, row) =>
        {
            var at = command.At ?? session.Now;
            if (row.IsolatedAt is { } there && there != at && CaseRefusals.Reason(command.Reason) is not null)
                return CaseRefusals.IsolatedAlready;
            return row with { IsolatedAt = at };
        });
}
