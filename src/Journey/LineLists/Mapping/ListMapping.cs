namespace Qipan.LineLists;

/// <summary>
/// Which column of a list is what 列映射, and what its words mean. Data: a YAML file of <c>mappings/</c>, checked when it is read
/// (docs/formats/linelist.md). Immutable; safe for all threads.
/// </summary>
public sealed record ListMapping
{
    /// <summary>How it is named on the command line: mers-korea-2015.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Chinese { get; init; }

    public required ListKind Kind { get; init; }

    /// <summary>The list's name: row ids are unique within it, and its cases, contacts and links find each other by it.</summary>
    public required string List { get; init; }

    /// <summary>Where the names of the columns come from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Rows after the head that are no data.</summary>
    public int SkipRows { get; init; }

    /// <summary>The sheet of a workbook; null: the first that fits.</summary>
    public string? Sheet { get; init; }

    /// <summary>True where cases of the list open their clocks; false for what is past.</summary>
    public bool Clocks { get; init; }

    /// <summary>True: the program ships it. False: it lies in the data folder.</summary>
    public bool Ready { get; init; }

    /// <summary>The file's text, as it was read.</summary>
    public string Text { get; init; } = "";

    internal IReadOnlyDictionary<ListField, IReadOnlyList<string>> Columns { get; init; } = new Dictionary<ListField, IReadOnlyList<string>>();

    internal IReadOnlyDictionary<ListField, IReadOnlyDictionary<string, string>> Values { get; init; } =
        new Dictionary<ListField, IReadOnlyDictionary<string, string>>();

    /// <summary>Forms of dates, tried in this order.</summary>
    internal IReadOnlyList<string> Dates { get; init; } = DateForms.Usual;

    internal IReadOnlyDictionary<ListField, string> Defaults { get; init; } = new Dictionary<ListField, string>();

    /// <summary>Texts that say nothing.</summary>
    internal IReadOnlySet<string> Missing { get; init; } = UsualMissing;

    /// <summary>Fields of which a wrong value is left out with a notice, and the row is taken.</summary>
    internal IReadOnlySet<ListField> Drop { get; init; } = new HashSet<ListField>();

    internal static readonly IReadOnlySet<string> UsualMissing =
        new HashSet<string>(["NA", "N/A", "#N/A", "NULL", "null", "NaN", "-", "--", "无", "不详"], StringComparer.Ordinal);

    public override string ToString() => Name;
}
