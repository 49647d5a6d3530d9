using System.Globalization;
using Qipan.Registers;

namespace Qipan.Sampling;

/// <summary>
/// Ages as SQL computes them, without a function call per person: whoever was born on or before a day has reached an age. Births are
/// compared as text; a year alone sorts before every day of it, so it counts as on the year's last day, as <see cref="AgeBands"/> has it.
/// </summary>
/// <param name="On">The day on which ages count, in the deployment's time zone.</param>
sealed record AgeBirthdays(DateOnly On)
{
    /// <summary>The text of the day itself: who was born later is not born yet.</summary>
    public string Today => Text(0);

    /// <summary>The ages at which the bands begin, the youngest first; the number of those reached is the band.</summary>
    static readonly (AgeBand Band, int From)[] Borders =
        [(AgeBand.From3To17, 3), (AgeBand.From18To59, 18), (AgeBand.From60To79, 60), (AgeBand.From80, 80)];

    /// <summary>Whoever's birth is at or before this text is at least so old; 29 February of a year without one is text like any other.</summary>
    public string Text(int years) => string.Create(CultureInfo.InvariantCulture, $"{On.Year - years:0000}-{On.Month:00}-{On.Day:00}");

    /// <summary>The SQL of the band of a column of births.</summary>
    public string BandSql(string birth) =>
        $"CASE WHEN {birth} IS NULL OR {birth} > '{Today}' THEN {(int)AgeBand.Unknown} WHEN {birth} > '{Text(Borders[0].From)}' THEN {(int)AgeBand.UpTo2} "
        + string.Concat(Borders.Zip(Borders.Skip(1)).Select(b => $"WHEN {birth} > '{Text(b.Second.From)}' THEN {(int)b.First.Band} "))
        + $"ELSE {(int)AgeBand.From80} END";

    /// <summary>The SQL that somebody is younger; whose birth is not known is not.</summary>
    public string YoungerSql(string birth, int years) => $"({birth} > '{Text(years)}' AND {birth} <= '{Today}')";

    /// <summary>What <see cref="BandSql"/> computes, for the tests.</summary>
    public AgeBand Of(string? birth)
    {
        if (birth is null || string.CompareOrdinal(birth, Today) > 0)
            return AgeBand.Unknown;
        var band = AgeBand.UpTo2;
        foreach (var (reached, from) in Borders)
            if (string.CompareOrdinal(birth, Text(from)) <= 0)
                band = reached;
        return band;
    }
}
