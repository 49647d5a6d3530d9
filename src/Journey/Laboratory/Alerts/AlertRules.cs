using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>A finding of a tube that holds only one member's sample.</summary>
/// <param name="Tube">The tube.</param>
/// <param name="SampledAt">When it was taken, by the device's corrected clock.</param>
/// <param name="Finding">What its deciding result says.</param>
public sealed record OwnSample(Guid Tube, DateTimeOffset SampledAt, OwnFinding Finding);

/// <summary>The rules by which a member of an alert is decided. Pure: INV-07, INV-08, INV-09, INV-18.</summary>
public static class AlertRules
{
    /// <summary>
    /// A member is confirmed only on a released PCR result of a tube of their own; the pool alone, and an antigen, never confirm.
    /// </summary>
    public static Outcome<Done> MayConfirm(MemberOutcome outcome, IReadOnlyCollection<OwnSample> own)
    {
        if (outcome is not (MemberOutcome.Open or MemberOutcome.Confirmed))
            return AlertRefusals.AlreadyDecided;
        return own.Any(s => s.Finding == OwnFinding.NotNegative) ? Done.Value : AlertRefusals.NoOwnPositive;
    }

    /// <summary>
    /// A member is cleared by a negative tube of their own when another member explains the pool, or when the pool's own result no
    /// longer says positive. Otherwise the alert has to be signed as a whole (INV-08).
    /// </summary>
    /// <param name="outcome">What is recorded now.</param>
    /// <param name="own">The member's own samples.</param>
    /// <param name="explained">Another member is confirmed.</param>
    /// <param name="poolStands">The pool's deciding result is still not negative.</param>
    public static Outcome<Done> MayClear(MemberOutcome outcome, IReadOnlyCollection<OwnSample> own, bool explained, bool poolStands)
    {
        if (outcome != MemberOutcome.Open)
            return AlertRefusals.AlreadyDecided;
        if (own.Any(s => s.Finding == OwnFinding.NotNegative))
            return AlertRefusals.OwnPositive;
        if (!poolStands)
            return Done.Value;
        if (!own.Any(s => s.Finding == OwnFinding.Negative))
            return AlertRefusals.NoOwnNegative;
        return explained ? Done.Value : AlertRefusals.NeedsSignature;
    }

    /// <summary>INV-08: two negative samples of their own, at least the interval apart, and none that is not negative.</summary>
    public static bool TwiceNegative(IReadOnlyCollection<OwnSample> own, TimeSpan interval)
    {
        if (own.Any(s => s.Finding == OwnFinding.NotNegative))
            return false;
        var negative = own.Where(s => s.Finding == OwnFinding.Negative).Select(s => s.SampledAt).ToList();
        return negative.Count >= 2 && negative.Max() - negative.Min() >= interval;
    }
}
