using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>
/// Corrects what was written of a case. A field that is left out stays as it is; <paramref name="Clear"/> names those that shall be empty:
/// onset, first_positive_at, outcome_on, death_on, outside_no. Another day of onset moves the windows of its contacts (INV-27).
/// </summary>
public sealed record CorrectCase(
    Guid Case, string Reason, DateOnly? Onset = null, bool? OnsetAbout = null, DateTimeOffset? FirstPositiveAt = null, Discovery? Discovery = null,
    CaseOrigin? Origin = null, CaseSeverity? Severity = null, CaseOutcome? Outcome = null, DateOnly? OutcomeOn = null, DateOnly? DeathOn = null,
    string? OutsideNo = null, IReadOnlyList<string>? Clear = null, long? Version = null);

public sealed class CorrectCaseHandler(CaseActs acts)
{
    static readonly string[] Emptied = ["onset", "first_positive_at", "outcome_on", "death_on", "outside_no"];

    public Task<Outcome<CaseStatus>> Handle(Caller caller, CorrectCase command)
    {
        if (CaseRefusals.Reason(command.Reason) is { } missing)
            return Task.FromResult<Outcome<CaseStatus>>(missing);
        if (command.Clear?.Except(Emptied).FirstOrDefault() is not null)
            return Task.FromResult<Outcome<CaseStatus>>(CaseRefusals.Invalid("clear", "not_clearable",
                $"Only these can be emptied: {string.Join(", ", Emptied)}.", $"只能清空以下字段：{string.Join("、", Emptied)}。"));
        return acts.Change(caller, command.Case, command.Version, "correct_case", command.Reason, (_, row) => Corrected(row, command));
    }

    /// <summary>The row with what the command says.</summary>
    internal static Outcome<CaseRow> Corrected(CaseRow row, CorrectCase command)
    {
        var clear = command.Clear ?? [];
        var death = clear.Contains("death_on") ? null : command.DeathOn ?? row.DeathOn;
        var died = death is not null && row.DeathOn is null;
        var after = row with
        {
            Onset = clear.Contains("onset") ? null : command.Onset ?? row.Onset,
            OnsetAbout = command.OnsetAbout ?? row.OnsetAbout,
            FirstPositiveAt = clear.Contains("first_positive_at") ? null : command.FirstPositiveAt ?? row.FirstPositiveAt,
            Discovery = command.Discovery ?? row.Discovery,
            Origin = command.Origin ?? row.Origin,
            Severity = command.Severity ?? row.Severity,
            DeathOn = death,
            Outcome = died ? CaseOutcome.Died : command.Outcome ?? row.Outcome,
            OutcomeOn = clear.Contains("outcome_on") ? null : died ? death : command.OutcomeOn ?? row.OutcomeOn,
            OutsideNo = clear.Contains("outside_no") ? null : command.OutsideNo ?? row.OutsideNo,
        };
        if (!died)
            return after;
        // Somebody dead moves nowhere any more; from wherever the course was.
        return after with { Clinical = CaseStates.Clinical.Allows(row.Clinical, ClinicalState.Dead) ? ClinicalState.Dead : row.Clinical };
    }
}
