using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

public sealed class ResolveTests
{
    static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    [Fact]
    public void The_answer_names_the_version_it_comes_from()
    {
        var ruling = Book.Resolve("COVID-19", "220204", new DateOnly(2022, 3, 20)).Value;
        var pool = ruling.Pool.Value;
        Assert.Equal(PoolKind.Household, pool.Rule.For(RiskClass.SealedHousehold));
        Assert.Contains('@', pool.Version.ToString());
        Assert.Equal(TimeSpan.FromMinutes(10), ruling.SuspectPool.Value.Rule.Acknowledge);
    }

    [Theory]
    [InlineData("COVID-19", "220204", "2020-01-01", "no_protocol")]
    [InlineData("NOTHING", "220204", "2022-03-20", "no_protocol")]
    [InlineData("COVID-19", "22x", "2022-03-20", "place_code_wrong")]
    public void Where_nothing_holds_the_refusal_says_so(string disease, string place, string on, string code) =>
        Assert.Equal(code, Book.Resolve(disease, place, DateOnly.Parse(on)).Refusal!.Code);
}
