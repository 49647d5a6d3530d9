using System.Globalization;
using Qipan.Cases;

namespace Qipan.LineLists;

/// <summary>
/// What a row said of its case, kept with the row: words and days between bars in a fixed order, so that the next import of the list changes
/// what the list changed and leaves alone what a person corrected since. The order reaches disk: append only.
/// </summary>
static class SaidCase
{
    public const int Class = 0, Severity = 1, Clinical = 2, Onset = 3, OnsetAbout = 4, FirstPositive = 5, Report = 6, Isolated = 7, Outcome = 8,
        OutcomeOn = 9, Death = 10, Discovery = 11, Origin = 12, Exposure = 13, Infector = 14, Situation = 15;

    /// <summary>Whatever a cell holds, the bar between the fields is ours.</summary>
    public static string Of(NewCase said, DateOnly? exposure, string? infector, string situation, bool classSaid, bool severitySaid, bool clinicalSaid,
        DateOnly? firstPositive, DateOnly? report, DateOnly? isolated) => string.Join('|',
        classSaid ? Number((int)said.Class) : "", severitySaid ? Number((int)said.Severity) : "", clinicalSaid ? Number((int)said.Clinical) : "",
        Day(said.Onset), said.OnsetAbout ? "1" : "0", Day(firstPositive), Day(report), Day(isolated), Number((int)said.Outcome), Day(said.OutcomeOn), Day(said.DeathOn),
        Number((int)said.Discovery), Number((int)said.Origin), Day(exposure), Plain(infector), Plain(situation));

    public static string[] Split(string said)
    {
        var parts = said.Split('|');
        return parts.Length > Situation ? parts : [.. parts, .. Enumerable.Repeat("", Situation + 1 - parts.Length)];
    }

    public static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Plain(string? text) => text?.Replace('|', '/') ?? "";
}
