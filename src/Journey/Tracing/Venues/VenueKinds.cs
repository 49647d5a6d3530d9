using System.Collections.Concurrent;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// What kind of venue each is, remembered for a while: a trace through a city names tens of thousands of them, and they hardly ever change.
/// Safe for all threads.
/// </summary>
sealed class VenueKinds(TimeProvider clock)
{
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<Guid, string> categories = new();
    DateTimeOffset since = clock.GetUtcNow();

    public IReadOnlyDictionary<Guid, VenueKind?> Of(Session session, IReadOnlyCollection<Guid> venues, TracingRule? rule)
    {
        if (clock.GetUtcNow() - since > Kept)
        {
            categories.Clear();
            since = clock.GetUtcNow();
        }
        var missing = venues.Where(v => !categories.ContainsKey(v)).ToList();
        foreach (var row in session.Each<VenueCategory>("SELECT id, category FROM venue WHERE id = @key", missing))
            categories[row.Id] = row.Category;
        var kinds = new Dictionary<string, VenueKind?>(StringComparer.Ordinal);
        var found = new Dictionary<Guid, VenueKind?>(venues.Count);
        foreach (var venue in venues)
            if (categories.TryGetValue(venue, out var category))
                found[venue] = kinds.TryGetValue(category, out var kind) ? kind : kinds[category] = rule?.Venue(category);
        return found;
    }

    sealed class VenueCategory
    {
        public Guid Id { get; init; }

        public string Category { get; init; } = "";
    }
}
