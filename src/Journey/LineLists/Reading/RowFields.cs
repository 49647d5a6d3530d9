using System.Globalization;
using Qipan.Kernel;

namespace Qipan.LineLists;

/// <summary>
/// The fields of the row that was just read, through a mapping. The first thing that is wrong is kept; what the mapping allows to drop is left
/// out with a notice. Not safe for several threads.
/// </summary>
sealed class RowFields
{
    readonly ListMapping mapping;
    readonly IListRows rows;
    readonly int[] columns = [.. Enumerable.Repeat(-1, 64)];
    readonly IReadOnlyDictionary<string, string>?[] values = new IReadOnlyDictionary<string, string>?[64];
    readonly string?[] defaults = new string?[64];

    public RowFields(ListMapping mapping, IListRows rows)
    {
        (this.mapping, this.rows) = (mapping, rows);
        var heads = rows.Heads.Select(ListFields.Plain).ToList();
        foreach (var (field, names) in mapping.Columns)
            foreach (var name in names)
                if (columns[(int)field] < 0)
                    columns[(int)field] = heads.IndexOf(ListFields.Plain(name));
        foreach (var (field, map) in mapping.Values)
            values[(int)field] = map;
        foreach (var (field, text) in mapping.Defaults)
            defaults[(int)field] = text;
    }

    /// <summary>The first thing that is wrong with the row, or null.</summary>
    public Refusal? Problem { get; private set; }

    public List<string> Notices { get; private set; } = [];

    public bool Has(ListField field) => columns[(int)field] >= 0;

    /// <summary>The head of the field's column as it stands in the file.</summary>
    public string? HeadOf(string? field) =>
        ListFields.OfRefusal(field) is { } known && columns[(int)known] is >= 0 and var at ? rows.Heads[at] : null;

    /// <summary>The needed columns that the file has not.</summary>
    public IEnumerable<string> Missing => ListFields.Needed(mapping.Kind).Where(f => columns[(int)f] < 0).Select(f => string.Join(" / ", mapping.Columns[f]));

    /// <summary>Heads of the file that no field reads.</summary>
    public IReadOnlyList<string> Unread => [.. rows.Heads.Where((h, i) => h.Length > 0 && !columns.Contains(i))];

    public void Next() => (Problem, Notices) = (null, []);

    /// <summary>Keeps the first refusal.</summary>
    public void Refuse(Refusal refusal) => Problem ??= refusal;

    /// <summary>True when the mapping lets a wrong value of the field go, which is then noticed.</summary>
    public bool Drops(ListField field)
    {
        if (!mapping.Drop.Contains(field))
            return false;
        Notices.Add(ListNotices.Dropped(field));
        return true;
    }

    /// <summary>What the row says, its words put into ours; null where it says nothing.</summary>
    public string? Text(ListField field)
    {
        var at = columns[(int)field];
        var text = at < 0 ? "" : rows[at];
        if (values[(int)field] is { } map && at >= 0)
        {
            if (map.TryGetValue(text, out var meant))
                return meant.Length > 0 ? meant : defaults[(int)field];
            if (text.Length > 0 && !mapping.Missing.Contains(text) && map.TryGetValue("*", out var other))
                return other.Length > 0 ? other : defaults[(int)field];
        }
        return text.Length == 0 || mapping.Missing.Contains(text) ? defaults[(int)field] : text;
    }

    /// <summary>A word of the field's vocabulary; null where the row says nothing.</summary>
    public TEnum? Word<TEnum>(ListField field)
        where TEnum : struct, Enum
    {
        if (Text(field) is not { } text)
            return null;
        if (FieldWords.Find(FieldWords.Of(field)!, text) is { } number)
            return (TEnum)Enum.ToObject(typeof(TEnum), number);
        if (!Drops(field))
            Refuse(ListRefusals.ValueUnknown(field));
        return null;
    }

    public bool Yes(ListField field)
    {
        if (Text(field) is not { } text)
            return false;
        if (FieldWords.Find(FieldWords.Of(field)!, text) is { } number)
            return number != 0;
        if (!Drops(field))
            Refuse(ListRefusals.ValueUnknown(field));
        return false;
    }

    public DateOnly? Day(ListField field)
    {
        if (Text(field) is not { } text)
            return null;
        if (DateForms.Read(text, mapping.Dates, rows.IsWorkbook) is { } day)
            return day;
        if (!Drops(field))
            Refuse(ListRefusals.DateUnreadable(field));
        return null;
    }

    /// <summary>Years; null where the row says nothing.</summary>
    public int? Age()
    {
        if (Text(ListField.Age) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var years) && years is >= 0 and <= 130)
            return (int)years;
        if (!Drops(ListField.Age))
            Refuse(ListRefusals.AgeWrong);
        return null;
    }

    /// <summary>The row's own id.</summary>
    public string Id(ListField field, Refusal missing)
    {
        if (Text(field) is not { } id)
        {
            Refuse(missing);
            return "";
        }
        if (id.Length > 100 || id.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
            Refuse(ListRefusals.IdWrong with { Field = ListFields.NameOf(field) });
        return id;
    }
}
