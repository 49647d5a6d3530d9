using FsCheck;
using FsCheck.Fluent;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Xunit;

namespace Qipan.Unit.Kernel;

/// <summary>Vectors of domain section 3.1, and what the checks promise.</summary>
public sealed class CodesTests
{
    static readonly DateOnly Today = new(2022, 3, 21);

    [Theory]
    [InlineData("11010519491231002X", "1949-12-31", false)]
    [InlineData("110105" + "19491231002x", "1949-12-31", false)]
    [InlineData("340524" + "19800101001X", "1980-01-01", true)]
    [InlineData("220202" + "190001010011", "1900-01-01", true)]
    [InlineData("810000" + "199001010019", "1990-01-01", true)]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ", "1949-12-31", false)]
    public void A_right_identity_number_tells_birth_and_sex(string text, string birth, bool male)
    {
        var id = IdNumber.Parse(text, Today).Value;
        Assert.Equal((birth, male, false), (id.Birth.ToString("yyyy-MM-dd"), id.IsMale, id.IsShort));
        Assert.Equal(Personal.Mask, $"{id}");
    }

    [Theory]
    [InlineData("220821" + "190002290010", "id_birth_wrong")]
    [InlineData("110105" + "194912310021", "id_check_wrong")]
    [InlineData("1101051949123100", "id_length_wrong")]
    [InlineData("", "id_length_wrong")]
    [InlineData("11010519491231O02X", "id_character_wrong")]
    [InlineData("X10105194912310021", "id_character_wrong")]
    [InlineData("110105990229001", "id_birth_wrong")]
    public void A_wrong_identity_number_is_refused_with_its_reason_and_without_its_digits(string text, string code)
    {
        var refusal = IdNumber.Parse(text, Today).Refusal!;
        Assert.Equal((code, "docNo"), (refusal.Code, refusal.Field));
        Assert.True(text.Length == 0 || !$"{refusal}".Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_is_born_after_today()
    {
        const string Digits = "22020420220322001";
        var number = Digits + IdNumber.CheckOf(Digits);
        Assert.Equal("id_birth_wrong", IdNumber.Parse(number, Today).Refusal!.Code);
        Assert.True(IdNumber.Parse(number, Today.AddDays(1)).Ok);
    }

    [Fact]
    public void Any_single_wrong_character_of_an_identity_number_is_caught() =>
        Prop.ForAll(IdNumbers().ToArbitrary(), Gen.Choose(0, 17).ToArbitrary(), Gen.Choose(0, 10).ToArbitrary(), (number, at, with) =>
        {
            var wrong = number.ToCharArray();
            wrong[at] = "0123456789X"[with];
            return new string(wrong) == number || !IdNumber.Parse(new string(wrong), Today).Ok;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_fifteen_digit_form_maps_to_eighteen_and_back() =>
        Prop.ForAll(IdNumbers().ToArbitrary(), number =>
        {
            var id = IdNumber.Parse(number, Today).Value;
            if (id.To15() is not { } old)
                return id.Birth.Year >= 2000;
            var read = IdNumber.Parse(old.Number.Reveal(Disclosure.ForProcessing), Today).Value;
            return read.IsShort && read.Birth == id.Birth && read.IsMale == id.IsMale && read.To18().Number == id.Number;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_credit_code_is_read_and_a_wrong_character_is_caught()
    {
        const string Vector = "91350100M000100Y43";
        Assert.Equal(Vector, CreditCode.Parse("9135 0100-m000100y43").Value.Value);
        Assert.Equal("uscc_character_wrong", CreditCode.Parse("91350100M000100Y4I").Refusal!.Code);
        Assert.Equal("uscc_length_wrong", CreditCode.Parse("91350100M000100Y4").Refusal!.Code);
        Prop.ForAll(Gen.Choose(0, 17).ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (at, with) =>
        {
            var wrong = Vector.ToCharArray();
            wrong[at] = Mod31.Alphabet[with];
            return new string(wrong) == Vector || CreditCode.Parse(new string(wrong)).Refusal?.Code == "uscc_check_wrong";
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("吉A12345", PlateKind.Ordinary)]
    [InlineData("吉b·1234挂", PlateKind.Trailer)]
    [InlineData("吉AD12345", PlateKind.NewEnergySmall)]
    [InlineData("吉A12345F", PlateKind.NewEnergyLarge)]
    [InlineData("粤Z1234港", PlateKind.CrossBorder)]
    [InlineData("京A1234警", PlateKind.Police)]
    [InlineData("吉K1234学", PlateKind.Learner)]
    public void A_plate_tells_its_kind(string text, PlateKind kind) => Assert.Equal(kind, Plate.Parse(text).Value.Kind);

    [Theory]
    [InlineData("吉I12345"), InlineData("吉A1234O"), InlineData("A12345"), InlineData("吉A1234"), InlineData("吉AL12345"), InlineData("龙A12345"), InlineData("")]
    public void What_is_no_plate_is_refused(string text) => Assert.Equal("plate_wrong", Plate.Parse(text).Refusal!.Code);

    [Theory]
    [InlineData("13900000000", PhoneKind.Mobile, "13900000000")]
    [InlineData("+86 139-0000-0000", PhoneKind.Mobile, "13900000000")]
    [InlineData("0436-3606110", PhoneKind.FixedLine, "04363606110")]
    [InlineData("(0431)88600606", PhoneKind.FixedLine, "043188600606")]
    [InlineData("010-66660000", PhoneKind.FixedLine, "01066660000")]
    [InlineData("12345", PhoneKind.Short, "12345")]
    [InlineData("120", PhoneKind.Short, "120")]
    public void A_phone_number_is_read_in_digits(string text, PhoneKind kind, string digits)
    {
        var phone = PhoneNumber.Parse(text).Value;
        Assert.Equal((kind, digits), (phone.Kind, phone.Digits.Reveal(Disclosure.ForProcessing)));
    }

    [Theory]
    [InlineData("12900000000"), InlineData("1390000000"), InlineData("139000000000"), InlineData("0436-360611"), InlineData("abc"), InlineData("")]
    public void What_is_no_phone_number_is_refused(string text) => Assert.Equal("phone_wrong", PhoneNumber.Parse(text).Refusal!.Code);

    [Fact]
    public void Our_tube_codes_show_every_wrong_character_and_every_exchange() =>
        Prop.ForAll(Gen.Choose(0, 9_999_999).ToArbitrary(), Gen.Choose(1, 14).ToArbitrary(), Gen.Choose(1, 14).ToArbitrary(), (serial, one, two) =>
        {
            var code = CarrierCode.OfTube("220204", serial).Value;
            Assert.Equal("220204", CarrierCode.Parse(code.ToLowerInvariant()).Value.Region);
            var swapped = code.ToCharArray();
            (swapped[one], swapped[two]) = (swapped[two], swapped[one]);
            var wrong = code.ToCharArray();
            wrong[one] = Mod31.Alphabet[(Mod31.Alphabet.IndexOf(wrong[one]) + two) % 31];
            return !CarrierCode.Parse(new string(wrong), CodeEntry.Typed).Ok
                && (new string(swapped) == code || !CarrierCode.Parse(new string(swapped), CodeEntry.Typed).Ok);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("A12345", true, true)]
    [InlineData("A1234567", true, false)]
    [InlineData("A123456", false, false)]
    [InlineData("A12345!8", false, false)]
    [InlineData("", false, false)]
    public void Old_codes_are_taken_and_makers_barcodes_only_from_a_scanner(string text, bool scanned, bool typed) => Assert.Equal(
        (scanned, typed), (CarrierCode.Parse(text).Ok, CarrierCode.Parse(text, CodeEntry.Typed).Ok));

    [Theory]
    [InlineData("22", PlaceLevel.Province, null, "000000")]
    [InlineData("2202", PlaceLevel.City, "22", "000000")]
    [InlineData("220204", PlaceLevel.County, "2202", "220204")]
    [InlineData("220204001", PlaceLevel.Street, "220204", "220204")]
    [InlineData("220204001001", PlaceLevel.Community, "220204001", "220204")]
    [InlineData("220204001001.c03", PlaceLevel.Compound, "220204001001", "220204")]
    [InlineData("220204001001.C03.b11.u1.501", PlaceLevel.Room, "220204001001.c03.b11.u1", "220204")]
    [InlineData("220204001001.17", PlaceLevel.Room, "220204001001", "220204")]
    public void A_place_code_knows_its_level_parent_and_owner(string text, PlaceLevel level, string? parent, string owner)
    {
        var place = PlaceCode.Parse(text).Value;
        Assert.Equal((level, parent, owner), (place.Level, place.Parent, place.Owner));
        Assert.All(PlaceCode.SelfAndAbove(place.Value), above => Assert.True(PlaceCode.Covers(above, place.Value)));
    }

    [Theory]
    [InlineData("2"), InlineData("22020"), InlineData("022204"), InlineData("220204.c1"), InlineData("220204001001."), InlineData("220204001001.b1.c1")]
    [InlineData("220204001001.c1.c2"), InlineData("220204001001.室"), InlineData("吉林"), InlineData("")]
    public void What_is_no_place_code_is_refused(string text) => Assert.Equal("place_code_wrong", PlaceCode.Parse(text).Refusal!.Code);

    [Fact]
    public void One_building_does_not_cover_another_whose_code_begins_alike() =>
        Assert.False(PlaceCode.Covers("220204001001.c03.b1", "220204001001.c03.b11.u1"));

    static Gen<string> IdNumbers() =>
        from division in Gen.Elements("220204", "220381", "990102", "830000")
        from days in Gen.Choose(0, 44_600)
        from order in Gen.Choose(0, 999)
        let digits = $"{division}{new DateOnly(1900, 1, 1).AddDays(days):yyyyMMdd}{order:D3}"
        select digits + IdNumber.CheckOf(digits);
}
