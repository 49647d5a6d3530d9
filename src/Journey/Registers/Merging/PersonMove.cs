using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>One person's rows on their way to another.</summary>
public sealed class PersonMove
{
    /// <summary>The merge it belongs to.</summary>
    public required Guid Merge { get; init; }

    /// <summary>The county of the merge: that of the row that follows.</summary>
    public required string Owner { get; init; }

    /// <summary>The row that follows.</summary>
    public required Guid Loser { get; init; }

    public required Guid Survivor { get; init; }

    public required string SurvivorOwner { get; init; }

    /// <summary>True: they come apart, and the rows go back.</summary>
    public bool Back { get; init; }

    /// <summary>What does not go together, so far.</summary>
    public IReadOnlyList<MergeIssue> Issues => issues;

    /// <summary>Bases of duties that stay with the row that follows, such as an alert that has both.</summary>
    public HashSet<string> Kept { get; } = new(StringComparer.Ordinal);

    readonly List<MergeIssue> issues = [];

    /// <summary>Lists what somebody has to look at; the same once more is listed once.</summary>
    /// <param name="kind">One of <see cref="MergeIssues"/>.</param>
    /// <param name="about">The thing itself.</param>
    public void Raise(string kind, Ref about)
    {
        if (!issues.Exists(i => i.Kind == kind && i.About == about))
            issues.Add(new MergeIssue(kind, about));
    }
}

/// <summary>Something that does not go together.</summary>
/// <param name="Kind">One of <see cref="MergeIssues"/>.</param>
/// <param name="About">The thing itself.</param>
public sealed record MergeIssue(string Kind, Ref About);

/// <summary>What can be raised when persons are joined or come apart. Words reach disk and wire: append only.</summary>
public static class MergeIssues
{
    /// <summary>Both are held somewhere, at different places (INV-21, INV-36).</summary>
    public const string TwoCustodies = "two_custodies";

    /// <summary>One is recorded as deceased or gone, the other as here.</summary>
    public const string GoneOrHere = "gone_or_here";

    /// <summary>They belong to two households.</summary>
    public const string TwoHouseholds = "two_households";

    /// <summary>Both were sampled in one round (INV-01).</summary>
    public const string TwoTubes = "two_tubes";

    /// <summary>One need not come to a round and the other must.</summary>
    public const string OneExcused = "one_excused";

    /// <summary>Both are members of one closed alert; each keeps what was decided.</summary>
    public const string BothInAlert = "both_in_alert";

    /// <summary>Two cases of one disease; the one that followed does not count until somebody decides.</summary>
    public const string TwoCases = "two_cases";

    /// <summary>Both are contacts of one case.</summary>
    public const string TwoContacts = "two_contacts";

    /// <summary>One is a contact of the other.</summary>
    public const string ContactOfSelf = "contact_of_self";

    /// <summary>Both stand on one list 名册; the seat of the one that followed is kept with the merge.</summary>
    public const string OnOneRoster = "on_one_roster";

    /// <summary>Both are guests of one round.</summary>
    public const string GuestsOfOneRound = "guests_of_one_round";

    /// <summary>When they came apart: the row was changed since, and keeps what it says now.</summary>
    public const string ChangedSince = "changed_since";

    /// <summary>When they came apart: the row is not there any more.</summary>
    public const string GoneSince = "gone_since";

    /// <summary>When they came apart: written since, and names only the row that stayed.</summary>
    public const string StaysWithSurvivor = "stays_with_survivor";

    /// <summary>When they came apart: the person has moved since.</summary>
    public const string MovedSince = "moved_since";

    public static IReadOnlyList<string> All { get; } =
    [
        TwoCustodies, GoneOrHere, TwoHouseholds, TwoTubes, OneExcused, BothInAlert, TwoCases, TwoContacts, ContactOfSelf, OnOneRoster, GuestsOfOneRound,
        ChangedSince, GoneSince, StaysWithSurvivor, MovedSince,
    ];
}
