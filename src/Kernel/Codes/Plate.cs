using System.Text.RegularExpressions;

namespace Qipan.Kernel.Codes;

/// <summary>What a plate says about its vehicle. The numbers reach disk: append only.</summary>
public enum PlateKind
{
    Ordinary = 1,

    /// <summary>小型新能源.</summary>
    NewEnergySmall = 2,

    /// <summary>大型新能源.</summary>
    NewEnergyLarge = 3,

    /// <summary>挂: a trailer. A pass is written for the tractor's plate, never for this one.</summary>
    Trailer = 4,

    /// <summary>学.</summary>
    Learner = 5,

    /// <summary>警.</summary>
    Police = 6,

    /// <summary>港/澳: crosses the border.</summary>
    CrossBorder = 7,
}

/// <summary>A vehicle's plate 车牌号 of the mainland. It leads to a person: never on a public page (P-09).</summary>
public readonly partial record struct Plate
{
    Plate(string value, PlateKind kind)
    {
        Value = value;
        Kind = kind;
    }

    /// <summary>Without the dot after the second character.</summary>
    public string Value { get; }

    public PlateKind Kind { get; }

    public static Outcome<Plate> Parse(string? text)
    {
        var plate = CodeText.Plain(text ?? "");
        if (Ordinary().IsMatch(plate))
            return new Plate(plate, plate[^1] switch
            {
                '挂' => PlateKind.Trailer,
                '学' => PlateKind.Learner,
                '警' => PlateKind.Police,
                '港' or '澳' => PlateKind.CrossBorder,
                _ => PlateKind.Ordinary,
            });
        if (NewEnergySmall().IsMatch(plate))
            return new Plate(plate, PlateKind.NewEnergySmall);
        if (NewEnergyLarge().IsMatch(plate))
            return new Plate(plate, PlateKind.NewEnergyLarge);
        return new PlateWrong();
    }

    public override string ToString() => Personal.Mask;

    const string Province = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]";

    [GeneratedRegex($"^{Province}[A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]$", RegexOptions.None, 1000)]
    private static partial Regex Ordinary();

    [GeneratedRegex($"^{Province}[A-HJ-NP-Z][DFA-HJK][A-HJ-NP-Z0-9][0-9]{{4}}$", RegexOptions.None, 1000)]
    private static partial Regex NewEnergySmall();

    [GeneratedRegex($"^{Province}[A-HJ-NP-Z][0-9]{{5}}[DFA-HJK]$", RegexOptions.None, 1000)]
    private static partial Regex NewEnergyLarge();
}

/// <summary>Not a plate.</summary>
public sealed record PlateWrong() : FieldRefusal("plate", "plate_wrong", RefusalKind.Invalid,
    "This is not a plate: province, letter, then five characters, or six of a new-energy vehicle; never I or O.",
    "车牌号格式不正确：省份简称加字母后为5位（新能源6位），不含字母I和O。");
