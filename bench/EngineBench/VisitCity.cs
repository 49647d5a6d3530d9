using Qipan.Engine;

namespace Qipan.EngineBench;

/// <summary>
/// An invented city's visits, the same for the same seed: persons with habitual venues, venues with Zipf sizes, about ten stays a
/// day for everyone, one after the other, with lognormal lengths by the kind of venue. No two stays of a person overlap.
/// </summary>
/// <param name="Persons">People, numbered from 0.</param>
/// <param name="Venues">Venues, numbered from 0.</param>
sealed record VisitCity(int Persons, int Venues, int Days, ulong Seed = 20220324)
{
    /// <summary>2022-03-01 00:00 UTC.</summary>
    public const long Start = 1646092800;

    const int StaysPerDay = 10;
    const int Habits = 8;

    /// <summary>Size of the k-th venue is proportional to k to the power of minus this.</summary>
    const double ZipfExponent = 0.35;

    /// <summary>Median stay in seconds and sigma of its logarithm: shop, restaurant, bus, office, gym, market.</summary>
    static readonly (double Median, double Sigma)[] Kinds = [(900, 0.6), (2700, 0.5), (1200, 0.4), (7200, 0.5), (3600, 0.4), (1800, 0.7)];

    /// <summary>Day by day, person by person.</summary>
    public void Each(Action<Visit> take)
    {
        for (var day = 0; day < Days; day++)
            for (var person = 0; person < Persons; person++)
                OneDay(day, person, take);
    }

    void OneDay(int day, int person, Action<Visit> take)
    {
        Span<uint> habits = stackalloc uint[Habits];
        var own = new SeededBits(Seed + (ulong)person * 0x9E3779B97F4A7C15);
        for (var h = 0; h < Habits; h++)
            habits[h] = Venue(ref own);
        var bits = new SeededBits(Seed ^ ((ulong)person << 20) ^ (ulong)(day + 1));
        var now = (5.5 + 2.5 * bits.Unit()) * 3600;
        for (var stay = 0; stay < StaysPerDay; stay++)
        {
            var venue = bits.Unit() < 0.85 ? habits[(int)(bits.Unit() * bits.Unit() * Habits)] : Venue(ref bits);
            var (median, sigma) = Kinds[venue % Kinds.Length];
            var length = Math.Clamp(median * Math.Exp(sigma * bits.Normal()), 60, 12 * 3600);
            now += 120 + 1200 * bits.Unit();
            var enter = Start + day * 86400L + (long)now;
            now += length;
            take(new Visit((uint)person, venue, enter, Start + day * 86400L + (long)now));
        }
    }

    /// <summary>By the inverse of the continuous Zipf distribution.</summary>
    uint Venue(ref SeededBits bits)
    {
        var rank = (Math.Pow(1 + bits.Unit() * (Math.Pow(Venues + 1, 1 - ZipfExponent) - 1), 1 / (1 - ZipfExponent))) - 1;
        return (uint)Math.Min(Venues - 1, rank);
    }

    /// <summary>Index persons and their windows of 48 h, spread over the days.</summary>
    public List<TraceIndex> Indexes(int count)
    {
        var bits = new SeededBits(Seed * 31 + 7);
        var indexes = new List<TraceIndex>(count);
        for (var i = 0; i < count; i++)
        {
            var from = Start + (long)(bits.Unit() * (Days - 2)) * 86400 + 6 * 3600;
            indexes.Add(new TraceIndex((uint)(bits.Unit() * Persons), from, from + 48 * 3600));
        }
        return indexes;
    }
}

/// <summary>SplitMix64 (Steele, Lea and Flood 2014, https://doi.org/10.1145/2714064.2660195): the same bits everywhere for a seed.</summary>
struct SeededBits(ulong seed)
{
    ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
}
