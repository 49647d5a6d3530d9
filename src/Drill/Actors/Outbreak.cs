using Qipan.Drill.City;

namespace Qipan.Drill.Actors;

/// <summary>
/// Who really carries the virus, which nobody in the drill knows but the instruments. From one day to the next everybody who lives with a
/// carrier becomes one.
/// </summary>
public sealed class Outbreak(FictionalCity city, IEnumerable<Citizen> first)
{
    /// <summary>What a swab in a tube of ten loses against one in a tube of its own: log2 of ten, in cycles.</summary>
    const double Dilution = 3.3;

    readonly HashSet<int> carriers = [.. first.Select(c => c.Number)];

    public void NextDay() => carriers.UnionWith(
        city.Households.Where(h => h.Members.Any(m => carriers.Contains(m.Number))).SelectMany(h => h.Members).Select(m => m.Number).ToList());

    /// <summary>The Ct of a tube with the swabs of these people; null where no virus is.</summary>
    public double? CtOf(IReadOnlyCollection<Citizen> swabs)
    {
        var own = swabs.Where(c => carriers.Contains(c.Number)).Select(c => 22.0 + (c.Number % 7)).DefaultIfEmpty(double.NaN).Min();
        return double.IsNaN(own) ? null : swabs.Count > 1 ? own + Dilution : own;
    }
}
