using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

public sealed class PlaceMatcherTests
{
    static readonly PlaceMatcher Matcher = new(
    [
        new("990102001001.c1", "福源超市（东门店）", "北省 云州市 东湖区 平安街道 福源超市（东门店）"),
        new("990102001001.c2", "福源超市（西门店）", "北省 云州市 东湖区 平安街道 福源超市（西门店）"),
        new("990103001001.c3", "东湖小区", "北省 云州市 西山区 和平街道 东湖小区"),
        new("990201001001.c4", "东湖小区", "北省 青河市 城关区 东湖小区"),
        new("990102", "东湖区", "北省 云州市 东湖区"),
        new("v1", "松岭服务区", "松岭服务区"),
        new("v2", "云州市人民医院", "北省 云州市 云州市人民医院"),
        new("v3", "青河市人民医院", "北省 青河市 青河市人民医院"),
        new("v4", "天和晓饭店", "北省 云州市 天和晓饭店"),
    ]);

    [Theory]
    [InlineData("松岭服务区", "v1")]
    [InlineData("双岭高速松岭服务区", "v1")]
    [InlineData("云州市东湖小区", "990103001001.c3")]
    [InlineData("青河市东湖小区", "990201001001.c4")]
    [InlineData("福源超市（西门店）", "990102001001.c2")]
    [InlineData("福源超市(西门店)", "990102001001.c2")]
    [InlineData("云州市人民医院", "v2")]
    [InlineData("云州市南湖大路天和晓饭店", "v4")]
    public void The_place_that_is_meant_is_chosen(string words, string code)
    {
        var match = Matcher.Match(words);
        Assert.Equal(code, match.Chosen?.Candidate.Code);
        Assert.InRange(match.Chosen!.Score, 0.8, 1);
    }

    [Theory]
    [InlineData("福源超市")]
    [InlineData("东湖小区")]
    [InlineData("人民医院")]
    [InlineData("医院")]
    [InlineData("松下电器商店")]
    [InlineData("x")]
    public void Where_two_fit_or_none_does_nothing_is_chosen(string words)
    {
        var match = Matcher.Match(words);
        Assert.Null(match.Chosen);
        Assert.True(match.Offered.Count <= 3);
    }

    [Fact]
    public void The_best_are_offered_with_what_speaks_against_them()
    {
        var match = Matcher.Match("青河市福源超市");
        Assert.Null(match.Chosen);
        Assert.All(match.Offered.Take(2), o => Assert.Equal(["青河市"], o.Against));
        Assert.Equal(match.Offered.OrderByDescending(o => o.Score).Select(o => o.Score), match.Offered.Select(o => o.Score));
    }

    [Fact]
    public void A_hundred_thousand_names_are_searched_by_their_signs()
    {
        var many = Enumerable.Range(0, 100_000).Select(i => new PlaceCandidate($"c{i}",
            $"{(char)('一' + (i % 5000))}{(char)('丁' + (i / 50))}小区", "")).ToList();
        var matcher = new PlaceMatcher([.. many, new PlaceCandidate("it", "松岭服务区", "")]);
        Assert.Equal("it", matcher.Match("松岭服务区").Chosen!.Candidate.Code);
    }
}
