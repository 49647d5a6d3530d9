using FsCheck;
using FsCheck.Fluent;

namespace Qipan.Engine.Tests;

enum StepKind
{
    Append,
    Load,
    Seal,
    Compact,
    Reopen,
    ForgetBefore,
    ForgetVisitor,
}

/// <summary>One thing that is done to a store in a history.</summary>
sealed record Step(StepKind Kind, Visit[] Visits, uint Number)
{
    public override string ToString() => Kind switch
    {
        StepKind.Append or StepKind.Load => $"{Kind}[{string.Join("; ", Visits)}]",
        StepKind.ForgetBefore or StepKind.ForgetVisitor => $"{Kind}({Number})",
        _ => Kind.ToString(),
    };
}

/// <summary>
/// Histories in a small world with the hard moments: midnight, a leap day, the second at which enters need a 17th bit, equal
/// seconds, stays at the limit of the short form, open ones, and three doors of the same place.
/// </summary>
static class Histories
{
    /// <summary>2024-02-28 00:00 UTC; the day after it is a leap day.</summary>
    public const long Start = 1709078400;

    public const int Days = 4;
    public const uint People = 7;
    public const uint Rooms = 4;

    static readonly Gen<long> Instants = Gen.OneOf(
        Gen.Choose(0, (Days * 86400) - 1).Select(s => Start + s),
        Gen.Choose(0, Days - 1).SelectMany(day => Gen.Choose(-3, 3).Select(s => Start + 86400L * (day + 1) + s)),
        Gen.Choose(0, Days - 1).SelectMany(day => Gen.Choose(-3, 3).Select(s => Start + 86400L * day + 65536 + s)),
        Gen.Choose(0, 20).Select(s => Start + 36000 + 60L * s));

    static readonly Gen<long> Lengths = Gen.Frequency(
        (6, Gen.Choose(1, 4000).Select(s => (long)s)),
        (3, Gen.Elements(1L, 60, 899, 900, 901, 3600)),
        (3, Gen.Elements(65534L, 65535, 65536, 86400, 200000)),
        (1, Gen.Elements(0L, -1, -5000)),
        (1, Gen.Constant(long.MaxValue)));

    static readonly Gen<Visit> OneVisit =
        from visitor in Gen.Choose(0, (int)People - 1)
        from place in Gen.Choose(0, (int)Rooms - 1)
        from enter in Instants
        from length in Lengths
        from area in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from inferred in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select length == long.MaxValue
            ? Visit.Open((uint)visitor, (uint)place, enter, (ushort)area)
            : new Visit((uint)visitor, (uint)place, enter, enter + length, (ushort)area, inferred ? LeaveKind.Inferred : LeaveKind.Explicit);

    /// <summary>Some rows come again, or again with another end.</summary>
    static readonly Gen<Visit[]> Batches =
        from fresh in Gen.Choose(1, 12).SelectMany(n => Gen.ArrayOf(OneVisit, n))
        from again in Gen.Choose(0, 2)
        from length in Lengths.Where(l => l != long.MaxValue)
        select fresh.Concat(fresh.Take(again)).Concat(fresh.Take(again).Select(v => Reended(v, length))).ToArray();

    static Visit Reended(Visit visit, long length) => visit with { Leave = visit.Enter + length, Kind = LeaveKind.Explicit };

    static readonly Gen<Step> Steps = Gen.Frequency(
        (8, Batches.Select(v => new Step(StepKind.Append, v, 0))),
        (3, Batches.Select(v => new Step(StepKind.Load, v, 0))),
        (3, Gen.Constant(new Step(StepKind.Seal, [], 0))),
        (1, Gen.Constant(new Step(StepKind.Compact, [], 0))),
        (2, Gen.Constant(new Step(StepKind.Reopen, [], 0))),
        (1, Gen.Choose(0, 2 * 86400).Select(s => new Step(StepKind.ForgetBefore, [], (uint)(Start + s)))),
        (1, Gen.Choose(0, (int)People - 1).Select(v => new Step(StepKind.ForgetVisitor, [], (uint)v))));

    public static Arbitrary<Step[]> Any { get; } = Arb.From(
        Gen.Choose(1, 14).SelectMany(n => Gen.ArrayOf(Steps, n)),
        static steps => Smaller(steps));

    static IEnumerable<Step[]> Smaller(Step[] steps)
    {
        for (var i = 0; i < steps.Length; i++)
            yield return [.. steps[..i], .. steps[(i + 1)..]];
        for (var i = 0; i < steps.Length; i++)
            for (var v = 0; v < steps[i].Visits.Length && steps[i].Visits.Length > 1; v++)
                yield return [.. steps[..i], steps[i] with { Visits = [.. steps[i].Visits.Where((_, at) => at != v)] }, .. steps[(i + 1)..]];
    }
}
