namespace Qipan.Situation;

/// <summary>The gamma distribution as estimates of the reproduction number need it. Pure; about thirteen digits.</summary>
public static class GammaLaw
{
    const double Tiny = 1e-300;
    const double Close = 1e-16;
    const int Most = 100_000;

    /// <summary>The chance of at most x: the regularised lower incomplete gamma function of x / scale. Zero below zero.</summary>
    public static double Below(double x, double shape, double scale)
    {
        var z = x / scale;
        return z <= 0 ? 0 : z < shape + 1 ? Series(shape, z) : 1 - Fraction(shape, z);
    }

    /// <summary>The value that the share p lies below: by Newton's steps on <see cref="Below"/>, halved where they leave the interval.</summary>
    public static double Quantile(double p, double shape, double scale)
    {
        var (low, high) = (0.0, Math.Max(1, shape));
        while (Below(high, shape, 1) < p)
            high *= 2;
        var x = Math.Clamp(shape, low + Tiny, high);
        for (var step = 0; step < 200; step++)
        {
            var off = Below(x, shape, 1) - p;
            if (off > 0)
                high = x;
            else
                low = x;
            var density = Math.Exp(((shape - 1) * Math.Log(x)) - x - LogGamma(shape));
            var next = density > 0 ? x - (off / density) : double.NaN;
            if (!(next > low && next < high))
                next = (low + high) / 2;
            if (Math.Abs(next - x) <= 1e-15 * next)
                return next * scale;
            x = next;
        }
        return x * scale;
    }

    static double Series(double shape, double z)
    {
        var (sum, term) = (1 / shape, 1 / shape);
        for (var n = 1; n < Most && Math.Abs(term) > Math.Abs(sum) * Close; n++)
            sum += term *= z / (shape + n);
        return sum * Math.Exp((shape * Math.Log(z)) - z - LogGamma(shape));
    }

    /// <summary>Lentz's way of the continued fraction of the upper function (Numerical Recipes 6.2).</summary>
    static double Fraction(double shape, double z)
    {
        var b = z + 1 - shape;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var n = 1; n < Most; n++)
        {
            var a = -n * (n - shape);
            b += 2;
            d = 1 / Away(b + (a * d));
            c = Away(b + (a / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < Close * 10)
                break;
        }
        return h * Math.Exp((shape * Math.Log(z)) - z - LogGamma(shape));
    }

    static double Away(double x) => Math.Abs(x) < Tiny ? Tiny : x;

    /// <summary>Lanczos, g = 7, nine terms: fifteen digits for positive arguments.</summary>
    static double LogGamma(double x)
    {
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        var at = x - 1;
        var sum = 0.99999999999980993;
        for (var i = 0; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (at + i + 1);
        var t = at + Lanczos.Length - 0.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((at + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    static readonly double[] Lanczos =
    [
        676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];
}
