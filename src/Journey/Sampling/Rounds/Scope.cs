using System.Text.Json;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// The places that a round covers 采样范围: codes of one county, none inside another, sorted. A place covers itself and all below it;
/// <c>….b1</c> does not cover <c>….b11</c>.
/// </summary>
sealed class Scope
{
    /// <summary>The most places of one round: each is a condition on every person of the county.</summary>
    public const int Most = 200;

    Scope(IReadOnlyList<string> places) => Places = places;

    public IReadOnlyList<string> Places { get; }

    public string Owner => PlaceCode.OwnerOf(Places[0]);

    /// <summary>The place whose protocol holds: the only one, or the county.</summary>
    public string Common => Places is [var only] ? only : Owner;

    public static Outcome<Scope> Of(IReadOnlyList<string>? places)
    {
        if (places is not { Count: >= 1 and <= Most })
            return new ScopeWrong();
        var codes = new List<string>(places.Count);
        foreach (var place in places)
        {
            if (PlaceCode.Parse(place) is not { Ok: true } parsed || parsed.Value.Level < PlaceLevel.County)
                return new ScopeWrong();
            codes.Add(parsed.Value.Value);
        }
        if (codes.Exists(c => PlaceCode.OwnerOf(c) != PlaceCode.OwnerOf(codes[0])))
            return new ScopeWrong();
        return new Scope([.. codes.Distinct().Where(c => !codes.Exists(o => o.Length < c.Length && PlaceCode.Covers(o, c))).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Reads what <see cref="Json"/> wrote.</summary>
    public static Scope Read(string json) =>
        Of(JsonSerializer.Deserialize<string[]>(json)) is { Ok: true } scope ? scope.Value : throw new CorruptException("round.scope", "holds no place codes");

    public string Json() => JsonSerializer.Serialize(Places);

    public bool Covers(string place) => Places.Any(p => PlaceCode.Covers(p, place));

    public bool SameAs(Scope other) => Places.SequenceEqual(other.Places, StringComparer.Ordinal);

    /// <summary>
    /// The SQL condition that a column of place codes lies in the scope. The codes stand in the text: they were read as codes, which hold
    /// digits, lower-case letters, dots and dashes alone.
    /// </summary>
    public string Sql(Session session, string column) => "(" + string.Join(" OR ", Places.Select(p => Within(session, p, column))) + ")";

    /// <summary>As <see cref="Sql"/> for one place.</summary>
    public static string Within(Session session, string place, string column)
    {
        if (!PlaceCode.Parse(place).Ok)
            throw new CorruptException("place code", "is none");
        var bytes = Dialect.Bytes(session, column);
        return place.Length <= 12
            ? $"({bytes} >= '{place}' AND {bytes} < '{place}~')"
            : $"({bytes} = '{place}' OR {bytes} >= '{place}.' AND {bytes} < '{place}/')";
    }
}
