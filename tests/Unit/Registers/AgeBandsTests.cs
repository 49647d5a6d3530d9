using Qipan.Registers;
using Xunit;

namespace Qipan.Unit.Registers;

public sealed class AgeBandsTests
{
    static readonly DateOnly On = new(2022, 3, 21);

    [Theory]
    [InlineData("2022-03-21", AgeBand.UpTo2)]
    [InlineData("2019-03-22", AgeBand.UpTo2)]
    [InlineData("2019-03-21", AgeBand.From3To17)]
    [InlineData("2004-03-22", AgeBand.From3To17)]
    [InlineData("2004-03-21", AgeBand.From18To59)]
    [InlineData("1962-03-22", AgeBand.From18To59)]
    [InlineData("1962-03-21", AgeBand.From60To79)]
    [InlineData("1942-03-21", AgeBand.From80)]
    [InlineData("1942", AgeBand.From80)]
    [InlineData("2022-03-22", AgeBand.Unknown)]
    [InlineData(null, AgeBand.Unknown)]
    [InlineData("", AgeBand.Unknown)]
    public void A_birthday_changes_the_band_on_its_day(string? birth, AgeBand band) => Assert.Equal(band, AgeBands.Of(birth, On));

    [Fact]
    public void Who_was_born_on_29_February_grows_older_on_the_first_of_March() => Assert.Equal((1, 2),
        (AgeBands.AgeOf("2020-02-29", new(2022, 2, 28)), AgeBands.AgeOf("2020-02-29", new(2022, 3, 1))));

    [Theory]
    [InlineData("张 伟", "张伟")]
    [InlineData("张　伟", "张伟")]
    [InlineData("阿卜杜拉·买买提", "阿卜杜拉买买提")]
    [InlineData("阿卜杜拉•买买提", "阿卜杜拉买买提")]
    [InlineData("Ｊｏｈｎ O'Neil-Smith", "johnoneilsmith")]
    [InlineData("𠮷田", "𠮷田")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    public void Spellings_of_one_name_have_one_key(string? name, string key) => Assert.Equal(key, NameKeys.Of(name));

    [Theory]
    [InlineData("220202" + "190001010011", "220***********0011")]
    [InlineData("G12345678", "*******78")]
    [InlineData("123", "***")]
    public void A_masked_number_keeps_too_little_to_be_guessed(string number, string masked) => Assert.Equal(masked, DocumentKeys.Masked(number));
}
