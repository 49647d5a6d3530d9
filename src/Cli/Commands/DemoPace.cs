using Qipan.Consoles.DrillDesk;
using Qipan.Drill;

namespace Qipan.Cli.Commands;

/// <summary>The agenda of a demo or a drill, as the page of its speed sees it.</summary>
sealed class DemoPace(Agenda agenda) : IDrillPace
{
    public DateTimeOffset Now => agenda.Clock.GetUtcNow();

    public double Speed => agenda.Speed;

    public double Most => 3600;

    public bool Hurries => !agenda.IsLive;

    public TimeSpan Behind => agenda.Behind;

    public void Run(double speed) => agenda.Speed = speed;
}
