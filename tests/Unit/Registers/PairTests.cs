using Qipan.Registers;
using Xunit;

namespace Qipan.Unit.Registers;

/// <summary>How alike names, births and rows are.</summary>
[Trait("area", "registers")]
public sealed class PairTests
{
    static PairEvidence Names(string a, string b) => NameForm.Of(a, NameKeys.Of(a)).Likeness(NameForm.Of(b, NameKeys.Of(b)));

    [Theory]
    [InlineData("张伟", "zhang wei")]
    [InlineData("单雄信", "shan xiong xin")]
    [InlineData("曾国藩", "zeng guo fan")]
    [InlineData("吕布", "lv bu")]
    [InlineData("解缙", "xie jin")]
    public void A_name_is_read_in_pinyin_and_family_names_as_family_names(string name, string pinyin) =>
        Assert.Equal(pinyin, string.Join(' ', Pinyin.Syllables(name).Select(Pinyin.Word)));

    [Fact]
    public void Every_common_character_has_a_syllable()
    {
        // A handful has no Mandarin reading at all.
        Assert.InRange(Enumerable.Range(0x4e00, 0x5000).Count(c => Pinyin.Of((char)c) == 0), 0, 20);
        Assert.Equal(0, Pinyin.Of('a'));
        Assert.Empty(Pinyin.Syllables("张a"));
    }

    [Theory]
    [InlineData("张伟", "章威", "SamePinyin")]
    [InlineData("张三丰", "张三风", "SamePinyin")]
    [InlineData("张三丰", "章珊丰", "NearName")]
    [InlineData("张三丰", "张丰", "NearName")]
    [InlineData("张家强", "张家伟", "NearName")]
    [InlineData("张三", "李四", "None")]
    [InlineData("张三丰", "李三风", "NearName")]
    [InlineData("张", "章", "SamePinyin")]
    [InlineData("Mohammed Ali", "Muhamad Aly", "LatinAlike")]
    [InlineData("Ivanov Petr", "PETR IVANOV", "LatinAlike")]
    [InlineData("Anna Schmidt", "Peter Jones", "None")]
    [InlineData("张伟", "Zhang Wei", "None")]
    [InlineData("", "", "None")]
    public void Names_that_differ_are_alike_or_not(string a, string b, string evidence)
    {
        Assert.Equal(Enum.Parse<PairEvidence>(evidence), Names(a, b));
        Assert.Equal(Names(a, b), Names(b, a));
    }

    [Theory]
    [InlineData(19800103, 19800103, "SameBirth")]
    [InlineData(19800103, 19800301, "NearBirth")]
    [InlineData(19800103, 19800104, "NearBirth")]
    [InlineData(19800103, 19810104, "None")]
    [InlineData(19800000, 19800103, "SameYear")]
    [InlineData(19810000, 19800103, "None")]
    [InlineData(0, 19800103, "None")]
    public void Births_are_the_same_near_or_neither(int a, int b, string evidence) => Assert.Equal(Enum.Parse<PairEvidence>(evidence), DuplicateScan.Birth(a, b));

    [Fact]
    public void INV_20_a_shared_phone_alone_is_no_evidence()
    {
        Assert.Equal(0, PairScore.Of(PairEvidence.Phone | PairEvidence.Household | PairEvidence.Residence | PairEvidence.SameBirth));
        Assert.True(PairScore.Of(PairEvidence.SameName | PairEvidence.Phone) < FindDuplicates.UsualLeast);
    }

    [Fact]
    public void INV_23_nothing_but_a_document_makes_a_pair_sure()
    {
        const PairEvidence All = PairEvidence.SameName | PairEvidence.SameBirth | PairEvidence.Phone | PairEvidence.Household | PairEvidence.Residence;
        Assert.Equal(0.9, PairScore.Of(All));
        Assert.False(Sure(All));
        Assert.True(PairScore.Of(PairEvidence.SameName | PairEvidence.SameBirth | PairEvidence.TwoCards) < FindDuplicates.UsualLeast);
        Assert.True(PairScore.Of(PairEvidence.SameName | PairEvidence.Document) >= 0.95);
        Assert.True(PairScore.Of(PairEvidence.Document) < 0.95);
        Assert.False(Sure(PairEvidence.Document));
        Assert.True(Sure(PairEvidence.NearName | PairEvidence.ShortId));
        Assert.Equal("same_name,same_birth,phone", PairScore.Words(PairEvidence.SameName | PairEvidence.SameBirth | PairEvidence.Phone));

        static bool Sure(PairEvidence evidence) => PairScore.Sure(PairScore.Of(evidence), PairScore.Words(evidence));
    }

    [Fact]
    public void A_name_is_found_under_each_part_its_pinyin_and_its_initials()
    {
        Assert.Equal(["张三丰", "三丰", "丰", "zhangsanfeng", "sanfeng", "feng", "zsf"], NameTerms.Of("张三丰", "张三丰"));
        Assert.Equal(["annamariaberg", "mariaberg", "berg"], NameTerms.Of("Anna-Maria Berg", "annamariaberg"));
    }
}
