namespace Qipan.Protocols;

/// <summary>
/// How long and how often a contact's health is asked after 健康随访. Biology, and therefore not the same as the quarantine, which is
/// law (domain 2.9: SORMAS #6862).
/// </summary>
public sealed record FollowupRule : IRule
{
    public static string Key => "followup";

    /// <summary>Days counted from the last contact, which is day 0: the last day is day <c>days</c>.</summary>
    public required int Days { get; init; }

    /// <summary>Visits or calls a day.</summary>
    public required int PerDay { get; init; }

    /// <summary>The first day of follow-up: 1 is the day after the last contact, 0 the same day.</summary>
    public int FirstDay { get; init; } = 1;

    /// <summary>Days on which a visit is due, where it is not every day, as 1, 7, 14, 28.</summary>
    public IReadOnlyList<int>? OnDays { get; init; }

    /// <summary>It stays open until the contact was seen on the last day (domain 2.9: SORMAS #1934).</summary>
    public bool ClosesOnlyAfterLastVisit { get; init; } = true;
}

/// <summary>Targets and the end of an outbreak (domain 2.9: 7-1-7; Ebola's 42 days).</summary>
public sealed record OutbreakRule : IRule
{
    public static string Key => "outbreak";

    /// <summary>Days without a new case after which it is over; null: not ruled.</summary>
    public int? EndAfterDays { get; init; }

    /// <summary>Days from emergence to detection.</summary>
    public int? DetectDays { get; init; }

    /// <summary>Days from detection to notification.</summary>
    public int? NotifyDays { get; init; }

    /// <summary>Days from notification to the seven early actions.</summary>
    public int? EarlyActionsDays { get; init; }
}
