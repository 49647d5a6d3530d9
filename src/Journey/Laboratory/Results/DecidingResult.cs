using Qipan.Laboratory.Files;

namespace Qipan.Laboratory;

/// <summary>One result that is out: the latest version of its run, not withdrawn.</summary>
sealed record StandingResult(Guid Id, Guid Run, Call Call);

/// <summary>What a tube's results say together.</summary>
public enum TubeFinding
{
    /// <summary>None is out, or only invalid ones: the members wait.</summary>
    Pending = 0,

    /// <summary>Negative for this tube and no other.</summary>
    Negative = 1,

    /// <summary>Positive, single target or grey: the members are held (INV-10).</summary>
    NotNegative = 2,
}

/// <summary>
/// Which of a tube's results decides, whatever the order of their arrival: a positive or single-target one before all others,
/// then the one of the latest run that is not invalid. The same rule stands as <see cref="Order"/> in SQL.
/// </summary>
static class DecidingResult
{
    /// <summary>The rule as an ORDER BY over the columns <c>call</c> and <c>run</c> of standing results.</summary>
    public const string Order = "CASE WHEN call IN (2, 3) THEN 0 WHEN call <> 5 THEN 1 ELSE 2 END, run DESC";

    public static StandingResult? Of(IEnumerable<StandingResult> standing) =>
        standing.OrderBy(r => r.Call switch { Call.Pos or Call.SingleTarget => 0, Call.Invalid => 2, _ => 1 })
            .ThenByDescending(r => r.Run.ToString("N"), StringComparer.Ordinal)
            .FirstOrDefault();

    public static TubeFinding Finding(Call? deciding) => deciding switch
    {
        null or Call.Invalid => TubeFinding.Pending,
        Call.Neg => TubeFinding.Negative,
        _ => TubeFinding.NotNegative,
    };
}
