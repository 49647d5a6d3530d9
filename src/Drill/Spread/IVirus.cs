using Qipan.Drill.City;

namespace Qipan.Drill.Spread;

/// <summary>Who really carries the virus, which nobody in the drill knows but the instruments.</summary>
public interface IVirus
{
    /// <summary>A day of the drill's calendar is over: who met a carrier on it may be one from now on.</summary>
    void DayOver(int day);

    /// <summary>The Ct of a tube with the swabs of these people, taken today; null where no virus is.</summary>
    double? CtOf(IReadOnlyCollection<Citizen> swabs);
}
