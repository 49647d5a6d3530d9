using FsCheck;
using FsCheck.Fluent;
using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

/// <summary>Bad input is flagged in a sentence, listed, and never drops a word or throws.</summary>
public sealed class BadItineraryTests
{
    static readonly string[] Pieces =
    [
        "3月24日", "2月32日", "15:00", "25:61", "15时38分", "下午", "次日", "至", "—", "到", "在", "回家", "后", "，", "。", "；", "、", "（", "）", "(", "：",
            "\n", "\r\n", " ",
        "病例2", "第3号确诊病例", "刘某某", "男", "56岁", "乘坐", "G8011次", "5车1D、1F", "吉E*****", "购物", "大润发超市", "长春市", "与", "妻子", "系", "确诊病例", "未外出",
        "24 March", "at", "went to", "3 pm", "hospital", "-", "stayed at home", "the next day", "x", "甲", "1932年出生", "住址为", "点对点",
            "\ud83d", "𠮷", "\0", "％", "３月", "期间", "同一时间",
    ];

    [Fact]
    public void Nothing_of_a_made_text_is_dropped()
    {
        var texts = Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600).WithEndSize(120), Prop.ForAll(texts, text => Texts.Read(text)));
    }

    [Fact]
    public void Nothing_of_any_string_is_dropped() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<string>(text => Texts.Read(text ?? "")));

    [Fact]
    public void A_day_and_a_time_that_there_are_not_are_flagged_and_listed()
    {
        var read = Texts.Read("2月32日到云州市医院就诊；3月1日25:61在大丰超市购物");
        Assert.Equal(["no_such_time", "no_such_time"], read.Problems.Where(p => p.Code == "no_such_time").Select(p => p.Code));
        Assert.Equal(2, read.Unread.Count(u => u.Reason == UnreadReason.NoSuchTime));
        var stays = Assert.Single(read.Persons).Stays;
        Assert.Equal(["?", "03-01"], stays.Select(s => s.Time.Short()));
        Assert.Contains(read.Problems, p => p.Code == "day_missing");
        Assert.All(read.Problems, p => Assert.True(p.Sentence.EndsWith('.') && p.Chinese.EndsWith('。')));
    }

    [Fact]
    public void Times_out_of_order_are_flagged_and_kept()
    {
        var read = Texts.Read("3月2日18:00到银行办理业务；9:00到第一学校上课；10:00-6:00在松岭服务区值班");
        Assert.Equal(["03-02 18:00", "03-02 09:00", "03-02..03-03 10:00-06:00"], Assert.Single(read.Persons)
            .Stays.Select(s => s.Time.Short()));
        Assert.Contains(read.Problems, p => p.Code == "time_out_of_order");
        Assert.Contains(read.Problems, p => p.Code == "end_before_begin");
    }

    [Fact]
    public void Two_people_in_one_paragraph_are_parted_and_flagged()
    {
        var read = Texts.Read("病例1：张小明，男，34岁，住址：云州市东湖小区3号楼502室。3月24日9时到第一市场购物。病例2：李小红，女，30岁，系病例1的妻子。3月24日9时30分到第一市场购物，后步行回家。");
        Assert.Equal(["1", "2"], read.Persons.Select(p => p.CaseNo));
        Assert.Equal([1, 2], read.Persons.Select(p => p.Stays.Count));
        Assert.Contains(read.Problems, p => p.Code == "two_persons_in_paragraph");
        var relation = read.Persons[1].Remarks.Single(r => r.Kind == RemarkKind.Relation).Who!;
        Assert.Equal((PersonRelation.Spouse, "1"), (relation.Relation, relation.CaseNo));
    }

    [Fact]
    public void What_no_word_explains_is_listed_with_its_place()
    {
        const string Text = "3月1日到云州市医院就诊，天气晴朗阳光明媚。qwer asdf";
        var read = Texts.Read(Text);
        var unread = Assert.Single(read.Unread);
        Assert.Equal(("天气晴朗阳光明媚。qwer asdf", UnreadReason.NothingKnown), (unread.Words.In(Text), unread.Reason));
        Assert.Equal(2, read.NotUnderstood);
    }

    [Theory, InlineData(""), InlineData("  \n "), InlineData("。。。")]
    public void A_text_without_a_word_says_so(string text) => Assert.Equal("text_empty", Assert.Single(Texts.Read(text).Problems).Code);

    [Fact]
    public void A_year_that_nobody_names_is_the_latest_before_the_reference_day_and_flagged()
    {
        var read = Texts.Read("12月30日到云州市医院就诊。1月2日到第一市场购物。");
        Assert.Equal([new DateOnly(2021, 12, 30), new DateOnly(2022, 1, 2)], read.Persons[0].Stays.Select(s => s.Time.Day!.Value));
        Assert.Contains(read.Problems, p => p.Code == "year_guessed");
        var said = Texts.Read("2019年12月30日到云州市医院就诊。1月2日到第一市场购物。");
        Assert.Equal([new DateOnly(2019, 12, 30), new DateOnly(2020, 1, 2)], said.Persons[0].Stays.Select(s => s.Time.Day!.Value));
        Assert.DoesNotContain(said.Problems, p => p.Code == "year_guessed");
        Assert.Equal(2016, Texts.Read("2月29日到第一市场购物", new ReadingDays(new DateOnly(2022, 4, 2), 2016))
            .Persons[0].Stays[0].Time.Day!.Value.Year);
    }

    [Fact]
    public void A_megabyte_of_junk_is_read_through()
    {
        var random = new Random(7);
        const string Signs = "在到至与后日月时分点:-0123456789病例男女，。；、（）() 家某市区县医院超市购物上班次晚早abc\n";
        var junk = string.Create(1_000_000, random, (span, r) =>
        {
            foreach (ref var c in span)
                c = Signs[r.Next(Signs.Length)];
        });
        Assert.NotEmpty(Texts.Read(junk).Unread);
        Texts.Read(new string('（', 500_000) + new string('到', 500_000));
    }
}
