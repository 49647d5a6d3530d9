namespace Qipan.Cases;

/// <summary>One step of a case's class or region, as the figures need it.</summary>
/// <param name="Field">class, onset_region or flags.</param>
public sealed record FigureStep(Guid Case, string No, long Seq, DateTimeOffset At, string Field, string? Value, string? Reason);

/// <summary>A total that went up or down without a new infection here, and why (INV-26).</summary>
/// <param name="By">+1 or -1.</param>
/// <param name="Kind">ruled_out, attributed_here, attributed_away, same_person or not_the_same_person.</param>
public sealed record FigureCorrection(string No, int By, string Kind, string? Reason, DateTimeOffset At);

/// <summary>
/// The figures of a territory over some days (domain 3.3). Of the new confirmed, so many were converted 转归 from asymptomatic: one infection, two
/// lines, and the cumulative total moves once (INV-25). What is taken back stands as a correction and is not subtracted from the new ones.
/// </summary>
/// <param name="CumulativeBefore">Infected and counted here when the days began.</param>
/// <param name="Cumulative">When they ended: before + new confirmed - converted + new asymptomatic + the sum of the corrections.</param>
public sealed record CaseFigures(
    int NewConfirmed, int OfWhichConverted, int NewAsymptomatic, int CumulativeBefore, int Cumulative, int CumulativeConfirmed, int CumulativeAsymptomatic,
    IReadOnlyList<FigureCorrection> Corrections)
{
    /// <summary>Counts the histories. Pure.</summary>
    /// <param name="steps">Of every case that was ever counted to the territory, in the order of case and sequence.</param>
    /// <param name="territory">A place code; a case belongs to it while its region of onset lies in it.</param>
    /// <param name="from">The first instant that counts.</param>
    /// <param name="to">The first instant that does not.</param>
    public static CaseFigures Of(IEnumerable<FigureStep> steps, string territory, DateTimeOffset from, DateTimeOffset to)
    {
        var (confirmed, converted, asymptomatic, before, cumulative, allConfirmed, allAsymptomatic) = (0, 0, 0, 0, 0, 0, 0);
        var corrections = new List<FigureCorrection>();
        foreach (var one in steps.Where(s => s.At < to).GroupBy(s => s.Case))
        {
            var now = new Standing(null, null, false);
            // What was written at one instant is one step: a case is opened with its class and its region together.
            foreach (var act in one.OrderBy(s => s.Seq).GroupBy(s => s.Seq / 1000))
            {
                var next = act.Aggregate(now, (state, s) => state.With(s));
                if (act.First().At >= from)
                {
                    var (was, isNow) = (now.In(territory), next.In(territory));
                    if (isNow && next.Class == "confirmed" && now.Class != "confirmed" && now.Here(territory) is not false)
                        (confirmed, converted) = (confirmed + 1, converted + (now.Class == "asymptomatic" ? 1 : 0));
                    else if (isNow && next.Class == "asymptomatic" && now.Class != "asymptomatic" && now.Here(territory) is not false)
                        asymptomatic++;
                    else if (was != isNow)
                        corrections.Add(new FigureCorrection(act.First().No, isNow ? 1 : -1, now.Why(next, territory, isNow), act.First().Reason, act.First().At));
                }
                else
                {
                    before += (next.In(territory) ? 1 : 0) - (now.In(territory) ? 1 : 0);
                }
                now = next;
            }
            if (!now.In(territory))
                continue;
            cumulative++;
            (allConfirmed, allAsymptomatic) = now.Class == "confirmed" ? (allConfirmed + 1, allAsymptomatic) : (allConfirmed, allAsymptomatic + 1);
        }
        return new CaseFigures(confirmed, converted, asymptomatic, before, cumulative, allConfirmed, allAsymptomatic, corrections);
    }

    readonly record struct Standing(string? Class, string? Region, bool Twice)
    {
        public Standing With(FigureStep step) => step.Field switch
        {
            "class" => this with { Class = step.Value },
            "flags" => this with { Twice = CaseFlags.Has(step.Value ?? "", CaseFlags.SamePerson) },
            _ => this with { Region = step.Value },
        };

        public string Why(Standing next, string territory, bool isNow) => (Twice, next.Twice) switch
        {
            (false, true) => "same_person",
            (true, false) when isNow => "not_the_same_person",
            _ => isNow ? "attributed_here" : next.Here(territory) is true ? "ruled_out" : "attributed_away",
        };

        /// <summary>Null before the case was opened.</summary>
        public bool? Here(string territory) => Region is null ? null : Region.StartsWith(territory, StringComparison.Ordinal);

        public bool In(string territory) => Class is "confirmed" or "asymptomatic" && !Twice && Here(territory) is true;
    }
}
