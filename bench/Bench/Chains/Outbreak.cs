namespace Qipan.Bench.Chains;

/// <summary>A case of the made outbreak; days are counted from its first.</summary>
/// <param name="From">Who passed it on; -1: nobody here.</param>
/// <param name="Known">Whether the link was found.</param>
sealed record MadeCase(int Day, int From, bool Known, int Place, int Class, int Confidence, int Venue);

/// <summary>
/// An outbreak that grows until measures bite, which is the more the more cases there are: few cases infect many (negative binomial, k 0.4), 4.6 days from onset to onset, imported beginnings,
/// venues where one infects a crowd, and links of which some were never found. The same seed gives the same outbreak.
/// </summary>
static class Outbreak
{
    const int Imported = 60;
    const int Places = 24;

    public static List<MadeCase> Of(int cases, int seed)
    {
        var random = new Random(seed);
        var made = new List<MadeCase>(cases);
        // One wave that fits the number: every beginning is followed day by day, so that a large one does not take all.
        var waiting = new PriorityQueue<MadeCase, (int Day, int Order)>();
        var order = 0;
        for (var i = 0; i < Imported; i++)
            Add(new MadeCase(random.Next(0, 30), -1, true, random.Next(Places), Class(random), 0, -1));
        while (made.Count < cases)
        {
            if (!waiting.TryDequeue(out var one, out _))
            {
                Add(new MadeCase(made.Count == 0 ? 0 : made[^1].Day, -1, true, random.Next(Places), Class(random), 0, -1));
                continue;
            }
            var at = made.Count;
            made.Add(one);
            var infects = NegativeBinomial(random, 1.75 - (1.3 * made.Count / cases), 0.4);
            var venue = infects >= 14 ? at : -1;
            for (var n = 0; n < infects; n++)
            {
                var after = Math.Max(random.NextDouble() < 0.03 ? -1 : 0, (int)Math.Round(Gamma(random, 4.2, 1.1)));
                Add(new MadeCase(one.Day + after, at, random.NextDouble() < 0.72, random.NextDouble() < 0.86 ? one.Place : random.Next(Places), Class(random),
                    random.NextDouble() is var sure && sure < 0.5 ? 3 : sure < 0.8 ? 2 : 1, venue));
            }
        }
        return made;

        void Add(MadeCase one) => waiting.Enqueue(one, (one.Day, order++));
    }

    static int Class(Random random) => random.NextDouble() switch { < 0.55 => 4, < 0.93 => 3, < 0.97 => 2, _ => 1 };

    static int NegativeBinomial(Random random, double mean, double k) => Poisson(random, Gamma(random, k, mean / k));

    static int Poisson(Random random, double mean)
    {
        var (limit, product, n) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; n++)
            product *= random.NextDouble();
        return n;
    }

    /// <summary>Marsaglia and Tsang 2000; for a shape below one by the power of a uniform.</summary>
    static double Gamma(Random random, double shape, double scale)
    {
        if (shape < 1)
            return Gamma(random, shape + 1, scale) * Math.Pow(random.NextDouble(), 1 / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v * scale;
        }
    }
}
