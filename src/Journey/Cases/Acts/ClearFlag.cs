using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>Somebody has looked at what was flagged and says what it is.</summary>
public sealed record ClearFlag(Guid Case, string Flag, string Reason, long? Version = null);

public sealed class ClearFlagHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, ClearFlag command)
    {
        if (CaseRefusals.Reason(command.Reason) is { } missing)
            return Task.FromResult<Outcome<CaseStatus>>(missing);
        return acts.Change(caller, command.Case, command.Version, "looked_at_case", command.Reason,
            (_, row) => row with { Flags = CaseFlags.Without(row.Flags, command.Flag) });
    }
}
