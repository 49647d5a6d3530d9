namespace Qipan.Consoles.DrillDesk;

/// <summary>How fast the calendar of a drill 演练 runs. Only a demo or a drill registers one; without it there is no page of it. Safe for all threads.</summary>
public interface IDrillPace
{
    /// <summary>What the city's calendar shows.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Simulated seconds in a real one; 0: it stands still.</summary>
    double Speed { get; }

    /// <summary>The fastest that is taken.</summary>
    double Most { get; }

    /// <summary>True while the city is set up, or hurries to where somebody may watch; the speed holds from then on.</summary>
    bool Hurries { get; }

    /// <summary>How far what happens is behind the calendar, in simulated time: the machine is slower than the speed. Zero where it keeps up.</summary>
    TimeSpan Behind { get; }

    /// <summary>Runs at another speed from now on.</summary>
    void Run(double speed);
}
