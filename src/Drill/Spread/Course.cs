using Qipan.Drill.City;

namespace Qipan.Drill.Spread;

/// <summary>
/// The course of one infection, by whole days since it was caught. Assumed, of the size of what was reported of Omicron in the spring of 2022: two to
/// four days until others catch it, most of it in the four days after, first symptoms a day after that begins, and only in two of five; how many somebody infects differs
/// widely from one to the next.
/// </summary>
/// <param name="Caught">The day, of the drill's calendar.</param>
/// <param name="From">Who infected; null: from outside.</param>
/// <param name="Where">household, circle, venue, or outside.</param>
/// <param name="Latent">Days until others can catch it.</param>
/// <param name="Sheds">How much more or less than most; 1 on average.</param>
/// <param name="Symptoms">Whether there are any.</param>
/// <param name="LowestCt">At the height, in a tube of one's own.</param>
public sealed record Course(int Caught, int? From, string Where, int Latent, double Sheds, bool Symptoms, double LowestCt)
{
    /// <summary>What a swab in a tube of ten loses against one in a tube of its own: log2 of ten, in cycles.</summary>
    public const double Dilution = 3.3;

    /// <summary>An instrument counts to this cycle.</summary>
    const double LastCycle = 40;

    static readonly double[] Shares = [0.7, 1, 0.9, 0.6, 0.35, 0.2, 0.1];

    public static Course Of(int seed, int citizen, int day, int? from, string where)
    {
        var dice = Dice.For(seed, 11, citizen);
        var latent = 2 + (dice.Comes(0.5) ? 1 : 0) + (dice.Comes(0.2) ? 1 : 0);
        return new Course(day, from, where, latent, Math.Exp((dice.Normal() * 0.9) - 0.405), dice.Comes(0.4), 19 + (dice.Share() * 6));
    }

    /// <summary>How strongly others catch it on a day; 0 before and after.</summary>
    public double Strength(int day) => day - Caught - Latent is >= 0 and < 7 and var since ? Shares[since] * Sheds : 0;

    /// <summary>The first day of symptoms; null where there are none.</summary>
    public int? Onset => Symptoms ? Caught + Latent + 1 : null;

    /// <summary>In a tube of one's own; null where nothing is found.</summary>
    public double? Ct(int day)
    {
        var since = day - Caught - Latent;
        double? ct = since switch
        {
            < -1 => null,
            -1 => LowestCt + 13,
            0 => LowestCt + 5,
            _ => LowestCt + (Math.Abs(since - 2) * 1.4),
        };
        return ct < LastCycle ? ct : null;
    }
}
