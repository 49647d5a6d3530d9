namespace Qipan.Drill.City;

/// <summary>
/// Chance that hangs on what it is thrown for and on nothing before it: one throw for a seed, a person and a day is the same in whatever order
/// people are asked (SplitMix64, Steele, Lea and Flood 2014, https://doi.org/10.1145/2660193.2660195). A value; not to be shared.
/// </summary>
public struct Dice(ulong state)
{
    ulong state = state;

    public static Dice For(int seed, int what, int whom, int day = 0) =>
        new(Mixed(Mixed(Mixed(((ulong)(uint)seed << 32) ^ (uint)what) ^ (uint)whom) ^ (uint)day));

    /// <summary>At least 0, below 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least 0, below the number.</summary>
    public int Below(int number) => (int)(Share() * number);

    public bool Comes(double probability) => Share() < probability;

    /// <summary>A normal deviate, mean 0, deviation 1 (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share());

    ulong Next() => Mixed(state += 0x9E3779B97F4A7C15UL);

    static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
