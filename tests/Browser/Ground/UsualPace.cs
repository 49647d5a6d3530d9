using Qipan.Consoles.DrillDesk;

namespace Qipan.Browser.Ground;

/// <summary>The pace of a demo as it starts, so that the page of a drill's speed is among the pages; what it is told it keeps, and the city's time stands still all the same.</summary>
sealed class UsualPace : IDrillPace
{
    public DateTimeOffset Now { get; } = new(2026, 3, 23, 2, 0, 0, TimeSpan.Zero);

    public double Speed { get; private set; } = 60;

    public double Most => 3600;

    public bool Hurries => false;

    public TimeSpan Behind => TimeSpan.Zero;

    public void Run(double speed) => Speed = speed;
}
