namespace Qipan.Laboratory;

/// <summary>What an alert's state follows from, for one member.</summary>
/// <param name="Held">Somebody recorded that the member is held.</param>
/// <param name="Resampled">A sample in a tube of their own was registered after the alert.</param>
/// <param name="Outcome">What became of the member.</param>
/// <param name="First">The own tube's finding; null until it is released.</param>
public sealed record MemberProgress(bool Held, bool Resampled, MemberOutcome Outcome, OwnFinding First = OwnFinding.None)
{
    /// <summary>Nothing more can be asked of them.</summary>
    public bool Gone => Outcome is MemberOutcome.Dead or MemberOutcome.Left;
}

/// <summary>What the tube that holds only this member's sample says.</summary>
public enum OwnFinding
{
    None = 0,
    Negative = 1,

    /// <summary>Positive, single target or grey: not negative.</summary>
    NotNegative = 2,
}

/// <summary>
/// Where an alert stands, from what is recorded about its members: pure. Facts may come in any order (a member is held before the
/// team has acknowledged); the state goes only along <see cref="AlertStates.Table"/> and catches up by itself.
/// </summary>
public static class AlertProgress
{
    /// <summary>The states that the alert enters now, in order; empty when it stays where it is.</summary>
    public static IReadOnlyList<AlertState> Steps(AlertState now, bool acknowledged, IReadOnlyCollection<MemberProgress> members)
    {
        var steps = new List<AlertState>();
        while (Next(now, acknowledged, members) is { } next)
        {
            _ = AlertStates.Table.Move(now, next).Value;
            steps.Add(next);
            now = next;
        }
        return steps;
    }

    static AlertState? Next(AlertState now, bool acknowledged, IReadOnlyCollection<MemberProgress> members) => now switch
    {
        AlertState.Raised => acknowledged ? AlertState.Acknowledged : null,
        AlertState.Acknowledged => members.All(m => m.Gone || m.Held || Decided(m)) ? AlertState.MembersHeld : null,
        AlertState.MembersHeld => members.All(m => m.Gone || m.Resampled || Decided(m)) ? AlertState.Resampled : null,
        AlertState.Resampled => Finding(members),
        AlertState.Unresolved => Finding(members) is { } found and not AlertState.Unresolved ? found : null,
        // A result that was amended may have taken a finding back.
        AlertState.Cleared or AlertState.PositiveFound => Finding(members) is { } other && other != now ? other : null,
        AlertState.Closed => null,
    };

    /// <summary>INV-08: a pool whose members are all negative alone is not cleared by itself; it waits for a signature.</summary>
    static AlertState? Finding(IReadOnlyCollection<MemberProgress> members)
    {
        if (members.Any(Positive))
            return AlertState.PositiveFound;
        if (members.All(m => m.Gone || m.Outcome == MemberOutcome.Cleared))
            return AlertState.Cleared;
        return members.All(m => m.Gone || Decided(m) || m.First == OwnFinding.Negative) ? AlertState.Unresolved : null;
    }

    static bool Positive(MemberProgress member) => member.Outcome == MemberOutcome.Confirmed;

    static bool Decided(MemberProgress member) => member.Outcome != MemberOutcome.Open;
}
