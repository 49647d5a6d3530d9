namespace Qipan.Protocols;

/// <summary>Antigen testing 抗原检测 (domain 2.3). It never confirms a case (INV-18).</summary>
public sealed record AntigenRule : IRule
{
    public static string Key => "antigen";

    public required IReadOnlyList<AntigenGroup> Groups { get; init; }

    /// <summary>What follows a positive, in order: <c>report_to_community</c>, <c>emergency_transfer</c>, <c>pcr</c>.</summary>
    public required IReadOnlyList<string> OnPositive { get; init; }

    /// <summary>Negative, with symptoms, and no way to a clinic: stays in and tests daily for so many days.</summary>
    public required int NegativeWithSymptomsDailyDays { get; init; }

    /// <summary>Negative without symptoms: <c>observe</c>.</summary>
    public required string NegativeWithoutSymptoms { get; init; }

    /// <summary>People in isolation test daily for so many days at the start; null: not asked.</summary>
    public int? IsolatedDailyDays { get; init; }

    /// <summary>Whether it may confirm a case. False in every known plan.</summary>
    public required bool Confirms { get; init; }
}

/// <param name="SymptomsWithinDays">Only within so many days of the first symptom; null: not limited.</param>
public sealed record AntigenGroup(string Code, string Zh, string En, int? SymptomsWithinDays = null);
