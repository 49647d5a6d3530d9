using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;

namespace Qipan.Laboratory;

/// <summary>
/// A released result is amended 更正: the Ct values are corrected and the call follows from them under the run's assay. Sent by
/// version, so that messages may come twice and in any order (INV-12).
/// </summary>
/// <param name="Version">2 and up, counted by the laboratory for this tube in this run.</param>
/// <param name="Genes">Gene → Ct; null where none is determined. A gene left out was not measured.</param>
public sealed record AmendResult(Guid Run, Guid Tube, int Version, IReadOnlyDictionary<string, double?> Genes, string Reason);

/// <summary>A released result is withdrawn 撤回: it says nothing any more, and the tube waits for another run.</summary>
public sealed record WithdrawResult(Guid Run, Guid Tube, int Version, string Reason);

/// <param name="Result">The version's id; the earlier one's when it was had already.</param>
/// <param name="TookEffect">False when a later version was there, or the same was had.</param>
/// <param name="Actions">What was done under the version that does not hold any more.</param>
public sealed record AmendedResult(Guid Result, int Version, string Call, bool AlreadyHad, bool TookEffect, IReadOnlyList<ListedAction> Actions);

public sealed class AmendResultHandler(ResultChange change)
{
    public Task<Outcome<AmendedResult>> Handle(Caller caller, AmendResult command)
    {
        if (command.Genes is null || command.Genes.Values.Any(ct => ct is { } value && !(value > 0 && value <= ReadLimits.Default.MaxCt)))
            return Task.FromResult<Outcome<AmendedResult>>(RunRefusals.CtInvalid);
        return change.Run(caller, command.Run, command.Tube, command.Version, command.Reason, (session, run, _) =>
        {
            var assay = AssayBook.Of(session, run.AssayOwner, run.Assay, run.AssayVersion).Assay;
            var genes = command.Genes.ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
            return (StoredCall.Of(assay, genes), JsonSerializer.Serialize(genes), ResultState.Released);
        });
    }
}

public sealed class WithdrawResultHandler(ResultChange change)
{
    public Task<Outcome<AmendedResult>> Handle(Caller caller, WithdrawResult command) =>
        change.Run(caller, command.Run, command.Tube, command.Version, command.Reason, (_, _, latest) => (latest.Call, latest.Ct, ResultState.Withdrawn));
}

/// <summary>The call of the Ct values that a result row holds: the same rule for loading, amending and verifying.</summary>
static class StoredCall
{
    /// <summary>The key under which the internal control stands beside the genes.</summary>
    public const string InternalControl = "internal control";

    public static Call Of(Assay assay, IReadOnlyDictionary<string, double?> genes)
    {
        var measured = genes.TryGetValue(InternalControl, out var control);
        return CallRule.Of(assay, new TubeReadings(
            genes.Where(g => g.Key is not (InternalControl or Incomplete)).ToDictionary(g => g.Key, g => g.Value, StringComparer.OrdinalIgnoreCase), measured, control)
        {
            Incomplete = genes.ContainsKey(Incomplete),
        });
    }

    /// <summary>Stands there when a reading of the well was refused and nobody knows of which gene.</summary>
    public const string Incomplete = "incomplete";
}
