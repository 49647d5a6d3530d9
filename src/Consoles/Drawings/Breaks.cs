namespace Qipan.Consoles.Drawings;

/// <summary>Where classes of colour begin. Pure.</summary>
static class Breaks
{
    /// <summary>At most six round numbers from 1 on, each two to three times the one before, so that the largest lies in the last class.</summary>
    public static IReadOnlyList<double> Of(double most)
    {
        if (most <= 6)
            return [.. Enumerable.Range(1, Math.Max(1, (int)Math.Ceiling(most))).Select(n => (double)n)];
        // Even steps on a logarithmic scale, each rounded to one digit that people like.
        var breaks = new List<double> { 1 };
        for (var i = 1; i < 6; i++)
        {
            var next = Round(Math.Pow(most, i / 6.0));
            if (next > breaks[^1])
                breaks.Add(next);
        }
        return breaks;
    }

    static double Round(double number)
    {
        var scale = Math.Pow(10, Math.Floor(Math.Log10(number)));
        return (number / scale) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * scale;
    }
}
