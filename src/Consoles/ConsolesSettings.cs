using System.ComponentModel.DataAnnotations;

namespace Qipan.Consoles;

/// <summary>How pages look.</summary>
public sealed record ConsolesSettings
{
    /// <summary>True where everything is an exercise and nobody is real: every page says so in both languages. A demo and a drill set it in their folder.</summary>
    public bool Drill { get; init; }

    /// <summary>A sampling point with desks at work of whose devices nothing has come for so many minutes is shown as silent.</summary>
    [Range(5, 1440)]
    public int SilentPointMinutes { get; init; } = 30;
}
