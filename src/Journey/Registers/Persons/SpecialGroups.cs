namespace Qipan.Registers;

/// <summary>Groups that need more than others 重点人群. The bits reach disk: append only.</summary>
[Flags]
public enum SpecialGroups
{
    None = 0,

    /// <summary>独居.</summary>
    LivingAlone = 1 << 0,

    /// <summary>空巢.</summary>
    EmptyNest = 1 << 1,

    /// <summary>孤寡.</summary>
    WithoutFamily = 1 << 2,

    /// <summary>残疾.</summary>
    Disabled = 1 << 3,

    /// <summary>低保.</summary>
    LowIncome = 1 << 4,

    /// <summary>特困.</summary>
    Destitute = 1 << 5,

    /// <summary>孕产妇.</summary>
    Pregnant = 1 << 6,

    /// <summary>透析.</summary>
    Dialysis = 1 << 7,

    /// <summary>放化疗.</summary>
    Chemotherapy = 1 << 8,

    /// <summary>婴幼儿.</summary>
    Infant = 1 << 9,

    /// <summary>精神障碍.</summary>
    MentalIllness = 1 << 10,

    /// <summary>无智能机.</summary>
    NoSmartphone = 1 << 11,
}

/// <summary>The words under which files and forms name the groups.</summary>
public static class SpecialGroupWords
{
    static readonly (SpecialGroups Group, string Word, string Chinese)[] Words =
    [
        (SpecialGroups.LivingAlone, "living_alone", "独居"),
        (SpecialGroups.EmptyNest, "empty_nest", "空巢"),
        (SpecialGroups.WithoutFamily, "without_family", "孤寡"),
        (SpecialGroups.Disabled, "disabled", "残疾"),
        (SpecialGroups.LowIncome, "low_income", "低保"),
        (SpecialGroups.Destitute, "destitute", "特困"),
        (SpecialGroups.Pregnant, "pregnant", "孕产妇"),
        (SpecialGroups.Dialysis, "dialysis", "透析"),
        (SpecialGroups.Chemotherapy, "chemotherapy", "放化疗"),
        (SpecialGroups.Infant, "infant", "婴幼儿"),
        (SpecialGroups.MentalIllness, "mental_illness", "精神障碍"),
        (SpecialGroups.NoSmartphone, "no_smartphone", "无智能机"),
    ];

    /// <summary>Reads words of either language, separated by ; , 、 | or blanks. Words that are no group come back as the second value.</summary>
    public static (SpecialGroups Groups, int Unknown) Parse(string text)
    {
        var (groups, unknown) = (SpecialGroups.None, 0);
        foreach (var word in text.Split([';', ',', '、', '|', ' ', '；', '，'], StringSplitOptions.RemoveEmptyEntries))
        {
            var found = Array.Find(Words, w => w.Word.Equals(word, StringComparison.OrdinalIgnoreCase) || w.Chinese == word);
            if (found.Word is null)
                unknown++;
            else
                groups |= found.Group;
        }
        return (groups, unknown);
    }

    /// <summary>The English words of a mask, in the order of the bits.</summary>
    public static IReadOnlyList<string> Of(long mask) => [.. Words.Where(w => (mask & (long)w.Group) != 0).Select(w => w.Word)];
}
