namespace Qipan.Consoles;

/// <summary>How pages look.</summary>
public sealed record ConsolesSettings
{
    /// <summary>True where everything is an exercise and nobody is real: every page says so in both languages. A demo and a drill set it in their folder.</summary>
    public bool Drill { get; init; }
}
