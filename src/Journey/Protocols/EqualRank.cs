namespace Qipan.Protocols;

/// <summary>
/// Protocols between which nothing decides: the same version twice, or equal jurisdiction, variant, priority and beginning with a
/// group in common. They are refused when the book is loaded, because an order of files must not rule people.
/// </summary>
static class EqualRank
{
    /// <summary>One finding for each pair, on the file that stands later in the order of names.</summary>
    public static IEnumerable<Finding> Of(IEnumerable<Protocol> protocols)
    {
        var all = protocols.OrderBy(p => p.File, StringComparer.Ordinal).ToList();
        foreach (var pair in all.GroupBy(p => p.Version).SelectMany(Pairs))
            yield return new Finding(pair.Later.File, 1, 1, "protocol.id", "duplicate_id",
                $"{pair.Later.Version} stands in {pair.Earlier.File} already. Give one of the files another id, or raise its version.");
        foreach (var pair in all.GroupBy(Rank).SelectMany(Pairs))
            if (pair.Earlier.Version != pair.Later.Version && pair.Earlier.Effective.Overlaps(pair.Later.Effective)
                && pair.Earlier.Groups.Intersect(pair.Later.Groups, StringComparer.Ordinal).ToList() is { Count: > 0 } shared)
                yield return new Finding(pair.Later.File, 1, 1, "protocol.priority", "equal_rank",
                    $"{pair.Later.Version} and {pair.Earlier.Version} of {pair.Earlier.File} hold at the same place with equal priority and beginning, and both rule on {string.Join(", ", shared)}. Give one of them a higher priority.");
    }

    static (string Disease, string Jurisdiction, string? Variant, int Priority, DateOnly From) Rank(Protocol p) =>
        (p.Disease.ToUpperInvariant(), p.Jurisdiction.Code, p.Variant?.ToLowerInvariant(), p.Priority, p.Effective.From);

    static IEnumerable<(Protocol Earlier, Protocol Later)> Pairs(IEnumerable<Protocol> group)
    {
        var all = group.ToList();
        return all.SelectMany((earlier, i) => all.Skip(i + 1).Select(later => (earlier, later)));
    }
}
