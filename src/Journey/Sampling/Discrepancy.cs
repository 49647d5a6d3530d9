namespace Qipan.Sampling;

/// <summary>What kinds of disagreement there are; the texts reach disk and wire.</summary>
public static class DiscrepancyKinds
{
    /// <summary>One person in two tubes of one round (INV-01).</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Two tubes with one code (INV-02).</summary>
    public const string CodeConflict = "code_conflict";

    /// <summary>More persons than the tube takes (INV-03).</summary>
    public const string OverCapacity = "over_capacity";

    /// <summary>One printed code stands on tubes of two counties (INV-02); it is on the list of both.</summary>
    public const string CodeInTwoCounties = "code_in_two_counties";

    /// <summary>A person was added after the seal (INV-03).</summary>
    public const string AddedAfterSeal = "added_after_seal";

    /// <summary>A collector had two open tubes (INV-03).</summary>
    public const string SecondOpenTube = "second_open_tube";

    /// <summary>Sealed twice.</summary>
    public const string SealedTwice = "sealed_twice";

    /// <summary>Something was reported of a tube or box whose opening nobody reported.</summary>
    public const string NeverOpened = "never_opened";

    /// <summary>Sealed before opened, registered before opened, boxed before sealed (INV-41).</summary>
    public const string ImpossibleOrder = "impossible_order";

    /// <summary>Members of two households in a tube for one (INV-17).</summary>
    public const string OtherHousehold = "other_household";

    /// <summary>More persons in a tube than the round's policy allows at this place.</summary>
    public const string PoolAgainstPolicy = "pool_against_policy";

    /// <summary>The round that a tube names is not known here.</summary>
    public const string UnknownRound = "unknown_round";

    /// <summary>The giver of a box was not its holder, or it was handed over before it was closed.</summary>
    public const string CustodyBroken = "custody_broken";

    /// <summary>A tube went into a box after the box was closed (INV-04).</summary>
    public const string BoxedAfterClose = "boxed_after_close";

    /// <summary>A tube in a box, but not sealed.</summary>
    public const string BoxedUnsealed = "boxed_unsealed";

    /// <summary>More tubes than the box takes (INV-04).</summary>
    public const string BoxOverfull = "box_overfull";

    /// <summary>The box arrived without the tube (INV-04).</summary>
    public const string TubeMissing = "tube_missing";

    /// <summary>The box arrived with a tube that nobody put in (INV-04).</summary>
    public const string TubeExtra = "tube_extra";

    /// <summary>A tube arrived leaking, empty, broken or too late (INV-04).</summary>
    public const string TubeRejected = "tube_rejected";

    /// <summary>A tube arrived without a code that can be read (INV-04).</summary>
    public const string TubeUnlabelled = "tube_unlabelled";
}

/// <summary>A row of <c>discrepancy</c>: something that does not agree 差异, listed until somebody closes it.</summary>
public sealed class Discrepancy
{
    public string Owner { get; init; } = "";

    public DiscrepancyId Id { get; init; }

    public string Kind { get; init; } = "";

    public string SubjectKind { get; init; } = "";

    public Guid SubjectId { get; init; }

    public RoundId? Round { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    /// <summary>JSON, never personal data.</summary>
    public string Detail { get; init; } = "{}";

    public bool Closed => State == 1;

    /// <summary>0 open, 1 closed.</summary>
    public int State { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    public string? Resolution { get; init; }

    public string? Note { get; init; }
}
