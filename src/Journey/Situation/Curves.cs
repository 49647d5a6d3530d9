using Qipan.Cases;
using Qipan.Protocols;

namespace Qipan.Situation;

/// <summary>By which of its days a case stands in the curve.</summary>
public enum CurveBasis
{
    /// <summary>When the sample was taken that was first positive (INV-13); where there was none, when the case was found.</summary>
    Found = 1,
    Onset = 2,
    Report = 3,
}

/// <summary>How a positive was found, as the press asks 发现途径.</summary>
public enum RouteKind
{
    /// <summary>社会面: among people whom nothing held back.</summary>
    Social = 1,

    /// <summary>管控中: already under control.</summary>
    Controlled = 2,

    /// <summary>From abroad, or from a file that does not say.</summary>
    Other = 3,
}

/// <summary>So many cases of one class and discovery on one day.</summary>
public sealed record DayCount(DateOnly Day, CaseClass Class, Discovery Discovery, long Cases);

/// <summary>One day of the epidemic curve 流行曲线.</summary>
/// <param name="Waiting">Persons sampled on this day who still wait for their result: while there are any, the day is not complete.</param>
/// <param name="Mean">Positives of this day and the six before it, divided by seven; null while one of them lies before the curve.</param>
public sealed record CurveDay(
    DateOnly Day, IReadOnlyDictionary<CaseClass, long> ByClass, IReadOnlyDictionary<RouteKind, long> ByRoute, long Waiting, double? Mean)
{
    /// <summary>Confirmed and asymptomatic.</summary>
    public long Positives => ByRoute.Values.Sum();
}

/// <summary>Makes the curve. Pure.</summary>
public static class Curves
{
    /// <summary>Confirmed and asymptomatic are positives; ruled out cases do not stand here.</summary>
    public static bool IsPositive(CaseClass its) => its is CaseClass.Confirmed or CaseClass.Asymptomatic;

    /// <summary>
    /// Whether a way of being found lies in society: the protocol in force says whom to leave out (domain 2.5), because the texts contradict each
    /// other on sealed areas. Contacts are under control where they are found as such. Without a rule isolation alone is left out.
    /// </summary>
    public static RouteKind RouteOf(Discovery discovery, SocialRule? rule)
    {
        bool Out(string where, bool unsaid) => rule?.Excludes.Contains(where) ?? unsaid;
        return discovery switch
        {
            Discovery.Contact or Discovery.Secondary => RouteKind.Controlled,
            Discovery.CentralIsolation => Out("central", true) ? RouteKind.Controlled : RouteKind.Social,
            Discovery.HomeIsolation => Out("home", true) ? RouteKind.Controlled : RouteKind.Social,
            Discovery.SealedScreening => Out("sealed", false) ? RouteKind.Controlled : RouteKind.Social,
            Discovery.Entry or Discovery.ImportFile => RouteKind.Other,
            _ => RouteKind.Social,
        };
    }

    /// <summary>Every day from the first to the last, those without a case too.</summary>
    /// <param name="counts">In any order; days before the first only feed the mean.</param>
    /// <param name="waiting">Persons who wait for a result, by the day of their sample.</param>
    /// <param name="rule">What is society; null: see <see cref="RouteOf"/>.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public static IReadOnlyList<CurveDay> Of(
        IReadOnlyCollection<DayCount> counts, IReadOnlyDictionary<DateOnly, long> waiting, SocialRule? rule, DateOnly from, DateOnly to)
    {
        var byDay = counts.ToLookup(c => c.Day);
        var positives = counts.Where(c => IsPositive(c.Class)).GroupBy(c => c.Day).ToDictionary(g => g.Key, g => g.Sum(c => c.Cases));
        var days = new List<CurveDay>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var its = byDay[day].ToList();
            var seven = Enumerable.Range(0, 7).Sum(back => positives.GetValueOrDefault(day.AddDays(-back)));
            days.Add(new CurveDay(day,
                its.GroupBy(c => c.Class).ToDictionary(g => g.Key, g => g.Sum(c => c.Cases)),
                its.Where(c => IsPositive(c.Class)).GroupBy(c => RouteOf(c.Discovery, rule)).ToDictionary(g => g.Key, g => g.Sum(c => c.Cases)),
                waiting.GetValueOrDefault(day), seven / 7.0));
        }
        return days;
    }
}
