using System.ComponentModel.DataAnnotations;

namespace Qipan.Server.Settings;

/// <summary>How the program listens and what it takes at once.</summary>
public sealed record ServerSettings
{
    /// <summary>Addresses to listen on, separated by semicolons; port 0 asks the system for a free one.</summary>
    [Required]
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The largest request body in megabytes; a larger one is refused with 413 before it is read.</summary>
    [Range(1, 1024)]
    public int MaxBodyMegabytes { get; init; } = 32;

    /// <summary>How long a stop waits for requests that are under way, in seconds.</summary>
    [Range(1, 300)]
    public int ShutdownSeconds { get; init; } = 20;

    /// <summary>The time zone in which a day begins and deadlines are shown.</summary>
    [Required]
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>True when a reverse proxy on this machine ends TLS: then its X-Forwarded-Proto and X-Forwarded-For are believed.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>
    /// How many look-ups of the public are answered in a second, all together; one costs about a millisecond of one core. Whoever comes over it is told
    /// to come again, so that the desks never wait for the public.
    /// </summary>
    [Range(10, 100_000)]
    public int PublicAnswersPerSecond { get; init; } = 200;

    /// <summary>The least important log lines that are written: Debug, Information, Warning or Error.</summary>
    [AllowedValues("Debug", "Information", "Warning", "Error")]
    public string LogLevel { get; init; } = "Warning";
}
