using System.Globalization;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Open pairs with both persons, as the caller may see them.</summary>
/// <param name="Purpose">From the closed list (P-01).</param>
/// <param name="County">6 digits; null: the caller's own.</param>
/// <param name="Least">Only pairs of this score and above.</param>
/// <param name="After">The cursor of the page before.</param>
public sealed record SeeDuplicates(Purpose? Purpose = null, string? County = null, double Least = 0, string? After = null, int Take = 20);

/// <summary>A pair as shown.</summary>
/// <param name="A">The row that was there first.</param>
public sealed record PairView(PersonView A, PersonView B, double Score, IReadOnlyList<string> Reasons);

/// <summary>A page, the cursor of the next, and how many wait in the county.</summary>
public sealed record PairPage(IReadOnlyList<PairView> Items, string? Next, long Open);

public sealed class SeeDuplicatesHandler(Store store, PersonViews views)
{
    /// <summary>The likeliest pairs first. Pairs of which the caller may not see both are left out; pairs that are one person by now as well.</summary>
    public async Task<Outcome<PairPage>> Handle(SeeDuplicates query, Caller caller)
    {
        if (query.Purpose is not { } purpose || !Enum.IsDefined(purpose))
            return new PurposeMissing();
        var county = query.County ?? caller.Owner;
        if (caller.Must(Permission.MergePersons, county) is { Ok: false } no && !caller.Territories(Permission.MergePersons).Any(t => t.StartsWith(county, StringComparison.Ordinal)))
            return no.Refusal!;
        var take = Math.Clamp(query.Take, 1, 100);
        var (score, a, b) = Read(query.After);
        var (pairs, open) = store.Read(s => (s.Query<PairRow>("""
            SELECT * FROM duplicate_pair WHERE owner = @county AND state = 1 AND score >= @Least
              AND (score < @score OR score = @score AND (person_a > @a OR person_a = @a AND person_b > @b))
            ORDER BY score DESC, person_a, person_b LIMIT @take
            """, new { county, query.Least, score, a, b, take }),
            s.Scalar<long>("SELECT count(*) FROM duplicate_pair WHERE owner = @county AND state = 1", new { county })));
        var current = store.Read(s => PersonDirectory.Current(s, [.. pairs.SelectMany(p => new[] { p.PersonA, p.PersonB }).Distinct()]));
        var shown = await store.Write(new WriteScope(caller.Actor, [.. current.Values.Select(p => p.Owner).Append(county).Distinct()]), session =>
            Outcome.Of(views.Show(session, caller, purpose, "search", [.. current.Values.Select(p => p.Id).Distinct()]).ToDictionary(v => v.Id)));
        if (!shown.Ok)
            return shown.Refusal;
        var items = new List<PairView>(pairs.Count);
        foreach (var pair in pairs)
            if (current.TryGetValue(pair.PersonA, out var one) && current.TryGetValue(pair.PersonB, out var other) && one.Id != other.Id
                && shown.Value.TryGetValue(one.Id, out var first) && shown.Value.TryGetValue(other.Id, out var second))
                items.Add(new PairView(first, second, pair.Score, pair.Reasons.Split(',')));
        return new PairPage(items, pairs.Count < take ? null
            : string.Create(CultureInfo.InvariantCulture, $"{pairs[^1].Score:R}~{pairs[^1].PersonA:N}~{pairs[^1].PersonB:N}"), open);
    }

    static (double Score, Guid A, Guid B) Read(string? after) => after?.Split('~') is [var score, var a, var b]
        && double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && Guid.TryParseExact(a, "N", out var one) && Guid.TryParseExact(b, "N", out var two) ? (value, one, two) : (2, Guid.Empty, Guid.Empty);
}
