namespace Qipan.Engine;

/// <summary>Drawing without putting back: of <c>all</c>, <c>marked</c> are marked, and <c>drawn</c> are drawn.</summary>
static class Hypergeometric
{
    /// <summary>Chance of <paramref name="least"/> or more marked ones among the drawn.</summary>
    public static double Tail(long least, long drawn, long marked, long all)
    {
        var most = Math.Min(drawn, marked);
        if (least <= Math.Max(0, drawn + marked - all))
            return 1;
        if (least > most)
            return 0;
        // Each term from the one before it: p(k+1)/p(k) = (marked-k)(drawn-k) / ((k+1)(all-marked-drawn+k+1)).
        var term = Math.Exp(LogChoose(marked, least) + LogChoose(all - marked, drawn - least) - LogChoose(all, drawn));
        var sum = term;
        for (var k = least; k < most && term > sum * 1e-17; k++)
        {
            term *= (marked - k) / (double)(k + 1) * ((drawn - k) / (double)(all - marked - drawn + k + 1));
            sum += term;
        }
        return Math.Min(1, sum);
    }

    static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>Stirling's series with four terms (Abramowitz and Stegun 6.1.41), exact to 1e-14 from 16 on; below by product.</summary>
    static double LogFactorial(long n)
    {
        if (n < 16)
        {
            var product = 1.0;
            for (var i = 2; i <= n; i++)
                product *= i;
            return Math.Log(product);
        }
        var x = n + 1.0;
        var x2 = x * x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI)
            + (1 / (12 * x)) - (1 / (360 * x * x2)) + (1 / (1260 * x * x2 * x2)) - (1 / (1680 * x * x2 * x2 * x2));
    }
}
