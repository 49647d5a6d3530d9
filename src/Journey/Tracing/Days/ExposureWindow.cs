using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>What is known of a case when its contacts are looked for.</summary>
/// <param name="Symptomatic">Suspect, probable and confirmed; false for an infection without symptoms.</param>
/// <param name="Onset">Null: not known, or none.</param>
/// <param name="FirstPositiveAt">When the first positive sample was taken.</param>
/// <param name="FoundAt">When the case was found.</param>
/// <param name="IsolatedAt">Null: not isolated yet.</param>
readonly record struct CaseTimes(bool Symptomatic, DateOnly? Onset, DateTimeOffset? FirstPositiveAt, DateTimeOffset FoundAt, DateTimeOffset? IsolatedAt);

/// <summary>When a case may have infected others 可传播期: from (inclusive) to (exclusive).</summary>
/// <param name="Anchor">What it was counted from: onset_date, first_positive_sample_time, found.</param>
/// <param name="On">The day it was counted from.</param>
sealed record ExposureWindow(DateTimeOffset From, DateTimeOffset To, string Anchor, DateOnly On)
{
    /// <summary>
    /// The window of the protocol (domain 2.1, 2.9): whole local days before the anchor until isolation, or until what the disease says.
    /// Where the anchor is not known, the first positive sample stands in for it, and the finding where there is none.
    /// </summary>
    public static ExposureWindow Of(ContactRule rule, LocalDays days, CaseTimes known, DateTimeOffset now)
    {
        var wanted = known.Symptomatic ? rule.Anchor.Symptomatic : rule.Anchor.Asymptomatic ?? rule.Anchor.Symptomatic;
        var (anchor, on) = (wanted, known.Onset, known.FirstPositiveAt) switch
        {
            (ContactAnchor.OnsetDate or ContactAnchor.RashOnsetDate, { } onset, _) => ("onset_date", onset),
            (_, _, { } sample) => ("first_positive_sample_time", days.DateOf(sample)),
            (_, { } onset, null) => ("onset_date", onset),
            _ => ("found", days.DateOf(known.FoundAt)),
        };
        var from = days.StartOf(on.AddDays(-rule.LookbackDays));
        var until = rule.Until switch
        {
            ContactEnd.IsolationStart => known.IsolatedAt ?? now,
            ContactEnd.DaysAfterAnchor => Earlier(days.EndOf(on.AddDays(rule.UntilDays ?? 0)), now),
            ContactEnd.RecoveryDeathOrBurial or ContactEnd.Healed => now,
        };
        return new ExposureWindow(from, until > from ? until : from, anchor, on);
    }

    /// <summary>True where an exposure from first to last (both may be the same instant) lies in it, at least in part.</summary>
    public bool Touches(DateTimeOffset first, DateTimeOffset last) => first < To && last >= From;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
