using Qipan.Cases;

namespace Qipan.Tracing;

/// <summary>A case that may have infected another 可能源头, with what they share. A person decides.</summary>
/// <param name="Case">The one that may have passed it on.</param>
/// <param name="Day">Where it stands in time: its onset; without one, its first positive sample; without that, its finding.</param>
/// <param name="DaysBefore">By how many days it fell ill before the case whose source is looked for; negative: after it.</param>
/// <param name="Situation">The strictest of what they share, as protocols name it.</param>
/// <param name="First">When they first met in the time asked about, as far as is known.</param>
/// <param name="Sources">contact, visit, household, room, roster, vehicle, itinerary: whence it is known; with commas between.</param>
/// <param name="Rating">As the protocol weighs such a contact, between 0 and 1.</param>
public sealed record SourceCandidate(
    Guid Case, string No, CaseClass Class, DateOnly Day, int DaysBefore, string Situation, DateTimeOffset First, DateTimeOffset Last, string Sources, double Rating,
    ContactEvidence Evidence)
{
    /// <summary>The sureness that is proposed for the link: probable where a person has decided that the one was a contact of the other.</summary>
    public LinkConfidence Confidence { get; init; } = LinkConfidence.Suspected;
}

/// <summary>Where the source of a case was looked for, and what was found.</summary>
/// <param name="From">The first day on which the case may have been infected.</param>
/// <param name="To">The last: the day that it was counted from.</param>
/// <param name="Anchor">onset_date, first_positive_sample_time or found.</param>
/// <param name="Protocol">Which protocol says how many days back; empty where none does and the settings stand in.</param>
/// <param name="Visits">False where no visits could be asked: this process has none open, or the protocol says that scans propose nothing.</param>
/// <param name="Candidates">Those who fell ill before first; of these the one with the highest rating first.</param>
public sealed record SourceCandidates(
    Guid Case, string No, DateOnly From, DateOnly To, string Anchor, string Protocol, bool Visits, IReadOnlyList<SourceCandidate> Candidates);
