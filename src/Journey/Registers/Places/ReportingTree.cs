using System.Text.Json;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// A unit that reports 上报单位: a city, or what reports beside it (梅河口, 长白山), or what is counted inside it and shown beside it
/// ("of which": 九台, 公主岭, development zones). Units need no code of GB/T 2260.
/// </summary>
public sealed record ReportingUnit
{
    internal static readonly Table<ReportingUnit> Rows = new("reporting_unit",
        new("owner", ColumnType.Text, _ => "000000", Key: true),
        new("code", ColumnType.Text, r => r.Code, Key: true),
        new("name", ColumnType.Text, r => r.Name),
        new("name_en", ColumnType.Text, r => r.NameEn),
        new("parent", ColumnType.Text, r => r.Parent),
        new("of_which", ColumnType.Small, r => r.OfWhich),
        new("covers", ColumnType.Text, r => r.Covers),
        new("valid_from", ColumnType.Text, r => r.ValidFrom),
        new("valid_to", ColumnType.Text, r => r.ValidTo));

    /// <summary>A place code, or a name of its own.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public string? NameEn { get; init; }

    /// <summary>The unit whose total it belongs to; null for the top.</summary>
    public string? Parent { get; init; }

    /// <summary>1: inside the parent's own figure, shown beside it, never added to it.</summary>
    public bool OfWhich { get; init; }

    /// <summary>JSON array of place prefixes; may be empty where the area has no code yet.</summary>
    public string Covers { get; init; } = "[]";

    public string? ValidFrom { get; init; }

    /// <summary>The first day on which it is a unit no more; yyyy or yyyy-MM-dd.</summary>
    public string? ValidTo { get; init; }

    /// <summary>The place prefixes.</summary>
    public IReadOnlyList<string> Places() => JsonSerializer.Deserialize<string[]>(Covers) ?? [];
}

/// <summary>One line of a figure by reporting unit.</summary>
/// <param name="Unit">Whose.</param>
/// <param name="Value">Everything in the unit, what its children report included.</param>
/// <param name="Own">What none of its children (other than "of which") reports.</param>
public sealed record ReportingFigure(ReportingUnit Unit, long Value, long Own);

/// <summary>The reporting units of one day. Children that are not "of which" and the rest of the own sum to the parent (INV-47).</summary>
public sealed class ReportingTree
{
    readonly Dictionary<string, ReportingUnit> byCode;
    readonly List<(string Prefix, ReportingUnit Unit)> main;
    readonly List<(string Prefix, ReportingUnit Unit)> ofWhich;

    public ReportingTree(IEnumerable<ReportingUnit> units)
    {
        byCode = units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        var covers = byCode.Values.SelectMany(u => u.Places().Select(p => (Prefix: p, Unit: u))).OrderByDescending(c => c.Prefix.Length).ToList();
        main = [.. covers.Where(c => !c.Unit.OfWhich)];
        ofWhich = [.. covers.Where(c => c.Unit.OfWhich)];
    }

    /// <summary>In the order of their codes.</summary>
    public IEnumerable<ReportingUnit> Units => byCode.Values.OrderBy(u => u.Code, StringComparer.Ordinal);

    /// <summary>The units that hold on a day.</summary>
    public static ReportingTree Load(Session session, DateOnly on)
    {
        var day = on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return new ReportingTree(session.Query<ReportingUnit>("SELECT * FROM reporting_unit WHERE owner = '000000' ORDER BY code")
            .Where(u => (u.ValidFrom is null || string.CompareOrdinal(u.ValidFrom, day) <= 0)
                && (u.ValidTo is null || string.CompareOrdinal(day, u.ValidTo) < 0)));
    }

    /// <summary>The unit that a place reports to: the longest prefix among those that are not "of which"; null where none covers it.</summary>
    public ReportingUnit? Of(string placeCode) => Longest(main, placeCode);

    /// <summary>
    /// Sums figures by place into figures by unit. A place counts once on every way up; "of which" units show their part and add
    /// nothing. A place that no unit covers is in no figure: compare the top with the sum of the input.
    /// </summary>
    public IReadOnlyList<ReportingFigure> Sum(IEnumerable<KeyValuePair<string, long>> figuresByPlace)
    {
        var value = byCode.Keys.ToDictionary(c => c, _ => 0L, StringComparer.Ordinal);
        var own = byCode.Keys.ToDictionary(c => c, _ => 0L, StringComparer.Ordinal);
        foreach (var (place, figure) in figuresByPlace)
        {
            if (Longest(main, place) is { } unit)
            {
                own[unit.Code] += figure;
                for (var at = unit; at is not null; at = at.Parent is { } parent ? byCode.GetValueOrDefault(parent) : null)
                    value[at.Code] += figure;
            }
            if (Longest(ofWhich, place) is { } part)
            {
                own[part.Code] += figure;
                value[part.Code] += figure;
            }
        }
        return [.. Units.Select(u => new ReportingFigure(u, value[u.Code], own[u.Code]))];
    }

    static ReportingUnit? Longest(List<(string Prefix, ReportingUnit Unit)> covers, string place)
    {
        foreach (var (prefix, unit) in covers)
            if (PlaceCode.Covers(prefix, place))
                return unit;
        return null;
    }
}
