using System.Globalization;
using Qipan.Kernel;

namespace Qipan.Consoles.Drawings;

/// <summary>A stretch of time on a row.</summary>
/// <param name="From">In days from the first one, parts of days included.</param>
/// <param name="Kind">How it looks: infected, infectious, ill, stay, isolated.</param>
/// <param name="Says">What it is, when it is pointed at and to a screen reader.</param>
public sealed record TimeBar(double From, double To, string Kind, string Says);

/// <summary>Something that happened on a row.</summary>
/// <param name="Kind">onset, sample, found, report, isolated, recovered, died, source, passed.</param>
/// <param name="Address">Where it leads; null: nowhere.</param>
public sealed record TimeMark(double At, string Kind, string Says, string? Address = null);

public sealed record TimeRow(string Name, string? Address, IReadOnlyList<TimeBar> Bars, IReadOnlyList<TimeMark> Marks);

/// <summary>A line from one row to another, at the time of the second.</summary>
/// <param name="Sureness">suspected, probable or confirmed.</param>
public sealed record TimeLink(int From, int To, double Leaves, double Arrives, string Sureness);

/// <summary>A timeline 时间线: days from left to right, a row for each thing. Drawn on the server; needs no script.</summary>
public sealed record Timeline(DateOnly First, DateOnly Last, IReadOnlyList<TimeRow> Rows, IReadOnlyList<TimeLink> Links)
{
    const int Wide = 1080;
    const int LeastADay = 5;
    const int MostADay = 44;

    public const int RowHeight = 24;
    public const int Axis = 26;

    /// <summary>Pixels of the names at the left.</summary>
    public const int Names = 168;

    public int Days => Last.DayNumber - First.DayNumber + 1;

    public double DayWidth => Math.Clamp((double)Wide / Days, LeastADay, MostADay);

    public double Width => Names + (Days * DayWidth) + 24;

    public int Height => Axis + (Rows.Count * RowHeight) + 8;

    public double X(double day) => Math.Round(Names + (day * DayWidth), 1);

    public static double Y(int row) => Axis + (row * RowHeight) + (RowHeight / 2.0);

    /// <summary>Days that are named: each, each Monday, or the first of each month.</summary>
    public IEnumerable<(DateOnly Day, string Name)> Ticks()
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
            if (DayWidth >= 40 || (DayWidth * 7 >= 44 && day.DayOfWeek == DayOfWeek.Monday) || (DayWidth * 7 < 44 && day.Day == 1))
                yield return (day, day.ToString(DayWidth * 7 < 44 ? "yyyy-MM" : "MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>A number as SVG writes it.</summary>
    public static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Days from the first one: the middle of a day, or the instant.</summary>
    public static double Middle(DateOnly day, DateOnly first) => day.DayNumber - first.DayNumber + 0.5;

    public static double At(DateTimeOffset instant, DateOnly first, LocalDays days)
    {
        var local = TimeZoneInfo.ConvertTime(instant, days.Zone);
        return DateOnly.FromDateTime(local.DateTime).DayNumber - first.DayNumber + local.TimeOfDay.TotalDays;
    }
}
