namespace Qipan.Situation;

/// <summary>A number as it is shown: itself, or "fewer than k" where it is protected.</summary>
/// <param name="Value">Null where it is protected.</param>
public readonly record struct NumberView(long? Value)
{
    public bool Hidden => Value is null;
}

/// <summary>
/// Small numbers of cases are not shown to those who may not see cases (P-10): from "1" in a village somebody is known. Pure.
/// </summary>
public static class SmallNumbers
{
    /// <summary>
    /// The numbers of the parts of a whole, those from 1 to k - 1 hidden. Where one alone would be hidden, whoever knows the whole could take the
    /// others away from it: then the next smallest that is not zero is hidden too.
    /// </summary>
    public static IReadOnlyList<NumberView> Protect(IReadOnlyList<long> parts, int k)
    {
        var hidden = parts.Select(n => n > 0 && n < k).ToArray();
        if (hidden.Count(h => h) == 1)
        {
            var next = Enumerable.Range(0, parts.Count).Where(i => !hidden[i] && parts[i] > 0).OrderBy(i => parts[i]).Select(i => (int?)i).FirstOrDefault();
            if (next is { } also)
                hidden[also] = true;
        }
        return [.. parts.Select((n, i) => new NumberView(hidden[i] ? null : n))];
    }
}
