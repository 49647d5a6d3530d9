using Qipan.Drill.City;

namespace Qipan.Drill.Spread;

/// <summary>The plainest outbreak: from one day to the next everybody who lives with a carrier becomes one.</summary>
public sealed class HouseholdOutbreak(FictionalCity city, IEnumerable<Citizen> first) : IVirus
{
    readonly HashSet<int> carriers = [.. first.Select(c => c.Number)];

    public void DayOver(int day) => carriers.UnionWith(
        city.Households.Where(h => h.Members.Any(m => carriers.Contains(m.Number))).SelectMany(h => h.Members).Select(m => m.Number).ToList());

    public double? CtOf(IReadOnlyCollection<Citizen> swabs)
    {
        var own = swabs.Where(c => carriers.Contains(c.Number)).Select(c => 22.0 + (c.Number % 7)).DefaultIfEmpty(double.NaN).Min();
        return double.IsNaN(own) ? null : swabs.Count > 1 ? own + Course.Dilution : own;
    }
}
