using System.Text;

namespace Qipan.Cases.Reading;

/// <summary>
/// A place's name made ready to be compared: folded, without brackets and signs, parted into the names of areas before it (长春市南关区),
/// the name itself and what sort of place its end says it is.
/// </summary>
sealed record PlaceKey(IReadOnlyList<string> Areas, string Name, string Stem, string Branch)
{
    const string AreaEnds = "省市县区旗州盟镇乡";
    const string NotAreas = "小校园院景库务息厂社城矿厢宿病校住院禁";

    static readonly string[] Near = ["附近", "对面", "旁边", "门口", "隔壁", "对过"];

    public static PlaceKey Of(string place)
    {
        var (text, branch) = Plain(place);
        foreach (var near in Near)
            if (text.LastIndexOf(near, StringComparison.Ordinal) is > 0 and var at && text.Length - at - near.Length >= 2)
                text = text[(at + near.Length)..].TrimStart('的');
        var areas = new List<string>();
        while (AreaEnd(text) is { } end)
        {
            areas.Add(text[..end]);
            text = text[end..];
        }
        return new PlaceKey(areas, text, StemOf(text), branch);
    }

    /// <summary>How like two names are, 0 to 1: equal names 1, one in the other above 0.8, else by the pairs of signs they share.</summary>
    public static double Likeness(PlaceKey a, PlaceKey b)
    {
        if (a.Name.Length == 0 || b.Name.Length == 0)
            return 0;
        if (a.IsGeneric || b.IsGeneric)
            return a.Name == b.Name && a.Areas.Count > 0 && b.Areas.Count > 0 && a.Areas[^1] == b.Areas[^1] ? 1 : a.Name == b.Name ? 0.3
                : 0;
        if (a.Name == b.Name)
            return 1;
        var (shorter, longer) = a.Name.Length <= b.Name.Length ? (a, b) : (b, a);
        if (shorter.Stem.Length >= 2 && shorter.Name.Length >= 3 && longer.Name.Contains(shorter.Name, StringComparison.Ordinal))
            return 0.85 + 0.1 * shorter.Name.Length / longer.Name.Length;
        if (a.Stem == b.Stem && a.Stem.Length >= 2)
            return 0.85;
        return 0.35 * Dice(a.Name, b.Name) + 0.6 * Dice(a.Stem, b.Stem);
    }

    /// <summary>Pairs of neighbouring signs.</summary>
    public static IEnumerable<int> Pairs(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
            yield return (text[i] << 16) | text[i + 1];
    }

    /// <summary>Only the name of an area: a town, a county. Two persons in one county have not met.</summary>
    public bool IsArea => Name.Length == 0 || (AreaEnds.Contains(Name[^1]) && Name.Length is >= 2 and <= 6 && !NotAreas.Contains(Name[^2]));

    /// <summary>Only a sort of place: 医院, 超市. There are many; the area has to say which.</summary>
    public bool IsGeneric => PlaceWords.Ends.Contains(Name);

    static double Dice(string a, string b)
    {
        var left = Pairs(a).ToHashSet();
        var right = Pairs(b).ToHashSet();
        if (left.Count == 0 || right.Count == 0)
            return a == b ? 1 : 0;
        var both = left.Count(right.Contains);
        return 2.0 * both / (left.Count + right.Count);
    }

    static (string Text, string Branch) Plain(string place)
    {
        var (text, branch, depth) = (new StringBuilder(), new StringBuilder(), 0);
        foreach (var c in place.Select(FoldedText.Fold))
        {
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            if (char.IsLetterOrDigit(c))
                (depth > 0 ? branch : text).Append(char.ToLowerInvariant(c));
        }
        return text.Length > 0 ? (text.ToString(), branch.ToString()) : (branch.ToString(), "");
    }

    /// <summary>Where the area that the text begins with ends; null when nothing would be left of the name.</summary>
    static int? AreaEnd(string text)
    {
        for (var i = 1; i < Math.Min(text.Length - 1, 12); i++)
        {
            if (AreaEnds.Contains(text[i]) && !NotAreas.Contains(text[i - 1]) && text.Length - i - 1 >= 2
                && !(text[i] is '市' or '区' && text[i + 1] is '场' or '政' or '域'))
                return i + 1;
            if (text[i] == '道' && text[i - 1] == '街' && i >= 3 && text.Length - i - 1 >= 2)
                return i + 1;
        }
        return null;
    }

    static string StemOf(string name)
    {
        for (var length = Math.Min(5, name.Length - 2); length > 0; length--)
            if (PlaceWords.Ends.Contains(name[^length..]))
                return name[..^length];
        return name;
    }
}
