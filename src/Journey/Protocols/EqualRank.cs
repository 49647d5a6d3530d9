namespace Qipan.Protocols;

/// <summary>
/// Protocols between which nothing decides: the same version twice, or equal jurisdiction, variant, priority and beginning with a
/// group in common. They are refused when the book is loaded, because an order of files must not rule people.
/// </summary>
static class EqualRank
{
    /// <summary>Two findings for each pair, one on either file, each naming the other.</summary>
    public static IEnumerable<Finding> Of(IEnumerable<Protocol> protocols)
    {
        var all = protocols.OrderBy(p => p.File, StringComparer.Ordinal).ToList();
        foreach (var (one, other) in all.GroupBy(p => p.Version).SelectMany(Pairs))
            yield return new Finding(one.File, 1, 1, "protocol.id", "duplicate_id",
                $"{one.Version} stands in {other.File} too, with other contents. Raise the version or take another id: decisions name "
                    + "the one they were taken under.");
        foreach (var (one, other) in all.GroupBy(Rank).SelectMany(Pairs))
            if (one.Version != other.Version && one.Effective.Overlaps(other.Effective)
                && one.Groups.Intersect(other.Groups, StringComparer.Ordinal).ToList() is { Count: > 0 } shared)
                yield return new Finding(one.File, 1, 1, "protocol.priority", "equal_rank",
                    $"{one.Version} and {other.Version} of {other.File} hold at the same place with equal priority and beginning, and "
                        + $"both rule on {string.Join(", ", shared)}. Give one of them a higher priority.");
    }

    static (string Disease, string Jurisdiction, string? Variant, int Priority, DateOnly From) Rank(Protocol p) =>
        (p.Disease.ToUpperInvariant(), p.Jurisdiction.Code, p.Variant?.ToLowerInvariant(), p.Priority, p.Effective.From);

    // Every ordered pair of two different ones.
    static IEnumerable<(Protocol One, Protocol Other)> Pairs(IEnumerable<Protocol> group)
    {
        var all = group.ToList();
        return all.SelectMany(one => all.Where(other => other != one).Select(other => (one, other)));
    }
}
