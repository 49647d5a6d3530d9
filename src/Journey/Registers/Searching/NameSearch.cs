using System.Text.Json;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Pages of persons by a part of their name, in the order of the words under which names are found: a page costs the same wherever it stands. The cursor
/// is sealed, because it holds a name.
/// </summary>
static class NameSearch
{
    /// <summary>Names looked at for one page; whoever types one letter gets a page and goes on from it.</summary>
    const int NamesAtOnce = 200;

    /// <summary>And for one request: a page may be short where the caller's territory has few of them, and the next goes on.</summary>
    const int MostNames = 2_000;

    public static (List<NameHit> Hits, string? Next) Page(Session session, Keyring keyring, string typed, IReadOnlyList<string> counties, string? after, int take, Func<NameHit, bool> mayShow)
    {
        var key = NameKeys.Of(typed);
        var from = Read(keyring, after);
        var (hits, looked) = (new List<NameHit>(take), 0);
        foreach (var county in counties.Order(StringComparer.Ordinal).SkipWhile(c => from is not null && string.CompareOrdinal(c, from.County) < 0))
        {
            var mark = from?.County == county ? from : new Mark(county, key, "", Guid.Empty);
            while (true)
            {
                var names = session.Query<Term>("""
                    SELECT term AS value, name_key FROM name_term WHERE owner = @county AND term >= @Term AND term < @end AND (term > @Term OR name_key >= @NameKey)
                    ORDER BY term, name_key LIMIT @NamesAtOnce
                    """, new { county, mark.Term, mark.NameKey, end = PlaceTree.EndOf(key), NamesAtOnce });
                foreach (var name in names)
                {
                    var first = name.NameKey == mark.NameKey && name.Value == mark.Term ? mark.Id : Guid.Empty;
                    mark = new Mark(county, name.Value, name.NameKey, first);
                    foreach (var hit in Bearers(session, county, name, key, first, take - hits.Count, mayShow))
                    {
                        hits.Add(hit);
                        mark = mark with { Id = hit.Id };
                    }
                    if (hits.Count >= take || ++looked >= MostNames)
                        return (hits, Convert.ToHexStringLower(keyring.Seal(WriteScope.Deployment, Personal.Of(JsonSerializer.Serialize(mark)))));
                }
                if (names.Count < NamesAtOnce)
                    break;
                mark = mark with { Id = new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff") };
            }
        }
        return (hits, null);
    }

    /// <summary>Who bears the name; nobody twice where two of its words begin alike.</summary>
    static IEnumerable<NameHit> Bearers(Session session, string county, Term name, string key, Guid after, int most, Func<NameHit, bool> mayShow)
    {
        var bearers = session.Query<NameHit>($"""
            SELECT owner, id, name, residence, present_owner, present_place, merged_into FROM person {(session.Kind == StoreKind.Sqlite ? "INDEXED BY person_name" : "")}
            WHERE owner = @county AND name_key = @NameKey AND id > @after ORDER BY id
            """, new { county, name.NameKey, after });
        foreach (var hit in bearers)
        {
            if (NameTerms.Of(hit.Name, name.NameKey).Where(t => t.StartsWith(key, StringComparison.Ordinal)).Min(StringComparer.Ordinal) is { } first && first != name.Value)
                yield break;
            if (!mayShow(hit))
                continue;
            yield return hit;
            if (--most == 0)
                yield break;
        }
    }

    static Mark? Read(Keyring keyring, string? after)
    {
        if (string.IsNullOrEmpty(after) || after.Length % 2 != 0 || !after.All(char.IsAsciiHexDigitLower))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Mark>(keyring.Open(WriteScope.Deployment, Convert.FromHexString(after)).Reveal(Disclosure.ForProcessing));
        }
        catch (CorruptException)
        {
            return null;
        }
    }

    sealed record Mark(string County, string Term, string NameKey, Guid Id);

    sealed class Term
    {
        public string Value { get; init; } = "";

        public string NameKey { get; init; } = "";
    }
}

/// <summary>A row that was found.</summary>
sealed class NameHit
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Residence { get; init; } = "";

    public string PresentOwner { get; init; } = "";

    public string? PresentPlace { get; init; }

    public Guid? MergedInto { get; init; }
}
