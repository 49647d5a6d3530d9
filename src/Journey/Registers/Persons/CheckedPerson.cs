using System.Globalization;
using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.Registers;

/// <summary>A draft that holds: what was written, in the form in which it is kept. Still in plain; lives only in memory.</summary>
sealed class CheckedPerson
{
    static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "yyyy.M.d", "yyyy年M月d日"];

    public required string Name { get; init; }

    public required string NameKey { get; init; }

    public Sex Sex { get; init; }

    /// <summary>yyyy-MM-dd, yyyy, or null with a document that does not tell it.</summary>
    public string? Birth { get; init; }

    public DocType DocType { get; init; }

    /// <summary>In the form of keys and seals; null without a document.</summary>
    public string? DocNo { get; init; }

    /// <summary>The same number in its other length: 15 for 18 digits and 18 for 15.</summary>
    public string? OtherDocNo { get; init; }

    public IReadOnlyList<string> Phones { get; init; } = [];

    public required string Residence { get; init; }

    public string Household { get; init; } = "";

    public string? RegisteredDivision { get; init; }

    public string? Workplace { get; init; }

    public string? RiskPost { get; init; }

    public SpecialGroups Groups { get; init; }

    /// <summary>The guardian's ID card number in the form of keys.</summary>
    public string? GuardianDocNo { get; init; }

    public PersonWarnings Warnings { get; set; }

    public string Owner => PlaceCode.OwnerOf(Residence);

    /// <summary>
    /// Judges a draft by itself, without the store. Name, document, birth and residence must be right; what only helps (phones,
    /// groups) is left out with a warning where it is not.
    /// </summary>
    public static Outcome<CheckedPerson> Of(PersonDraft draft, PersonRules rules)
    {
        var name = draft.Name.Trim();
        var key = NameKeys.Of(name);
        if (key.Length == 0)
            return new NameMissing();
        if (name.Length > 100 || name.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0)
            return new NameWrong();
        if (rules.Place(draft.Residence) is not { Ok: true } place)
            return rules.Place(draft.Residence).Refusal!;
        var warnings = place.Value == draft.Residence.Trim() || place.Value.Equals(draft.Residence.Trim(), StringComparison.OrdinalIgnoreCase)
            ? PersonWarnings.None : PersonWarnings.ResidenceRenumbered;

        string? birth = null;
        if (draft.Birth.Length > 0 && (birth = BirthOf(draft.Birth, rules.Today)) is null)
            return new BirthWrong();
        var sex = SexOf(draft.Sex);
        var (type, number, other) = (Registers.DocType.Other, (string?)null, (string?)null);
        if (draft.DocNo.Length > 0)
        {
            if (TypeOf(draft.DocType, draft.DocNo) is not { } known)
                return new DocTypeUnknown();
            type = known;
            if (type == Registers.DocType.IdCard)
            {
                var id = IdNumber.Parse(draft.DocNo, rules.Today);
                if (!id.Ok)
                    return id.Refusal;
                var day = id.Value.Birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                if (birth is not null && !day.StartsWith(birth, StringComparison.Ordinal))
                    return new BirthDiffersFromDocument();
                birth = day;
                number = id.Value.Number.Reveal(Disclosure.ForProcessing);
                other = (id.Value.IsShort ? id.Value.To18() : id.Value.To15())?.Number.Reveal(Disclosure.ForProcessing);
                var documented = id.Value.IsMale ? Registers.Sex.Male : Registers.Sex.Female;
                if (sex is Registers.Sex.Male or Registers.Sex.Female && sex != documented)
                    warnings |= PersonWarnings.SexDiffers;
                sex = documented;
                if (!rules.IsDivision(id.Value.Division))
                    warnings |= PersonWarnings.HistoricDivision;
            }
            else
            {
                number = DocumentKeys.Normal(draft.DocNo);
                if (number.Length is < 4 or > 40)
                    return new DocumentWrong();
            }
        }
        if (number is null && birth is null)
            return new IdentityTooThin();
        var phones = new List<string>(1);
        foreach (var text in draft.Phones.Split([';', '/', '、', '；', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (PhoneNumber.Parse(text) is { Ok: true } phone && phone.Value.Kind != PhoneKind.Short)
                phones.Add(phone.Value.Digits.Reveal(Disclosure.ForProcessing));
            else
                warnings |= PersonWarnings.PhoneDropped;
        }
        var (groups, unknown) = draft.SpecialGroups.Length == 0 ? default : SpecialGroupWords.Parse(draft.SpecialGroups);
        if (unknown > 0)
            warnings |= PersonWarnings.GroupUnknown;
        string? guardian = null;
        if (draft.GuardianDocNo.Length > 0)
        {
            var id = IdNumber.Parse(draft.GuardianDocNo, rules.Today);
            if (!id.Ok)
                return id.Refusal with { Field = "guardian" };
            guardian = id.Value.Number.Reveal(Disclosure.ForProcessing);
        }
        else if (AgeBands.AgeOf(birth, rules.Today) < rules.GuardianUnderAge)
        {
            warnings |= PersonWarnings.GuardianMissing;
        }
        return new CheckedPerson
        {
            Name = name,
            NameKey = key,
            Sex = sex,
            Birth = birth,
            DocType = type,
            DocNo = number,
            OtherDocNo = other,
            Phones = phones.Count > 1 ? [.. phones.Distinct()] : phones,
            Residence = place.Value,
            Household = draft.Household.Trim(),
            RegisteredDivision = Text(draft.RegisteredDivision),
            Workplace = Text(draft.Workplace),
            RiskPost = Text(draft.RiskPost),
            Groups = groups,
            GuardianDocNo = guardian,
            Warnings = warnings,
        };
    }

    /// <summary>The birth as it is kept, or null when it is none.</summary>
    public static string? BirthOf(string text, DateOnly today)
    {
        var plain = text.Trim();
        if (plain.Length == 4 && int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return year >= 1850 && year <= today.Year ? plain : null;
        return DateOnly.TryParseExact(plain, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= today && day.Year >= 1850
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    public static Sex SexOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "1" or "M" or "MALE" or "男" => Registers.Sex.Male,
        "2" or "F" or "FEMALE" or "女" => Registers.Sex.Female,
        "9" => Registers.Sex.NotStated,
        _ => Registers.Sex.Unknown,
    };

    static DocType? TypeOf(string text, string number) => text.Trim().ToLowerInvariant() switch
    {
        "" => DocumentKeys.Normal(number).Length is 15 or 18 ? Registers.DocType.IdCard : Registers.DocType.Other,
        "1" or "01" or "id_card" or "身份证" or "居民身份证" => Registers.DocType.IdCard,
        "2" or "02" or "household_register" or "户口簿" or "户口本" => Registers.DocType.HouseholdRegister,
        "3" or "03" or "passport" or "护照" => Registers.DocType.Passport,
        "4" or "04" or "officer_card" or "军官证" => Registers.DocType.OfficerCard,
        "6" or "06" or "hong_kong_macao_permit" or "港澳通行证" or "港澳居民来往内地通行证" => Registers.DocType.HongKongMacaoPermit,
        "7" or "07" or "taiwan_permit" or "台胞证" or "台湾居民来往大陆通行证" => Registers.DocType.TaiwanPermit,
        "99" or "other" or "其他" => Registers.DocType.Other,
        _ => null,
    };

    static string? Text(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length switch { 0 => null, > 200 => trimmed[..200], _ => trimmed };
    }
}

/// <summary>What a draft is judged by besides itself.</summary>
/// <param name="Today">In the deployment's zone.</param>
/// <param name="GuardianUnderAge">From the settings.</param>
/// <param name="Place">The residence as it is kept, or why it cannot be one.</param>
/// <param name="IsDivision">Whether a 6-digit division is in the present list.</param>
sealed record PersonRules(DateOnly Today, int GuardianUnderAge, Func<string, Outcome<string>> Place, Func<string, bool> IsDivision);
