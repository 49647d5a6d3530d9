using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>
/// Counts a case to another region, or says where it was reported or is. Each change is a correction with its reason, so that a total that
/// goes down says why, and the sum over regions stays (INV-26).
/// </summary>
public sealed record AttributeCase(
    Guid Case, string Reason, string? OnsetRegion = null, string? ReportRegion = null, string? CurrentRegion = null, long? Version = null);

public sealed class AttributeCaseHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, AttributeCase command)
    {
        if (CaseRefusals.Reason(command.Reason) is { } missing)
            return Task.FromResult<Outcome<CaseStatus>>(missing);
        return acts.Change(caller, command.Case, command.Version, "attribute_case", command.Reason, (_, row) =>
            new[] { command.OnsetRegion, command.ReportRegion, command.CurrentRegion }.OfType<string>().All(Regions.Right)
                ? row with
                {
                    OnsetRegion = command.OnsetRegion ?? row.OnsetRegion,
                    ReportRegion = command.ReportRegion ?? row.ReportRegion,
                    CurrentRegion = command.CurrentRegion ?? row.CurrentRegion,
                }
                : CaseRefusals.RegionWrong);
    }
}
