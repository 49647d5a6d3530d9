using Qipan.Kernel;
using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

public sealed class ResolveTests
{
    static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    [Theory]
    [InlineData("2022-06-27", "CN-COVID-8@1")]
    [InlineData("2022-06-28", "CN-COVID-9@1")]
    [InlineData("2022-11-10", "CN-COVID-9@1")]
    [InlineData("2022-11-11", "CN-COVID-20-MEASURES@1")]
    [InlineData("2022-12-06", "CN-COVID-20-MEASURES@1")]
    [InlineData("2022-12-07", "CN-COVID-10-MEASURES@1")]
    [InlineData("2023-01-07", "CN-COVID-10-MEASURES@1")]
    [InlineData("2023-01-08", "WHO-COVID@2")]
    [InlineData("2021-05-11", "CN-COVID-8@1")]
    [InlineData("2021-05-10", "WHO-COVID@1")]
    public void On_the_day_of_a_change_the_new_quarantine_holds(string on, string version) =>
        Assert.Equal(version, On(on, "220204").Quarantine.Value.Version.ToString());

    [Fact]
    public void Parts_that_the_20_measures_do_not_name_are_answered_by_the_9th_edition()
    {
        var ruling = On("2022-11-20", "220204");
        Assert.Equal("CN-COVID-20-MEASURES@1", ruling.Zones.Value.Version.ToString());
        Assert.Equal("CN-COVID-9@1", ruling.Situations.Value.Version.ToString());
        Assert.Equal("CN-TREATMENT-9@1", ruling.Discharge.Value.Version.ToString());
        Assert.Equal("CN-TESTING-3@2", ruling.Testing.Value.Version.ToString());
    }

    [Theory]
    [InlineData("310104", "CN-SHANGHAI-2022@1", 4)]
    [InlineData("31", "CN-SHANGHAI-2022@1", 4)]
    [InlineData("220204", "CN-COVID-8@1", 2)]
    public void A_city_that_does_otherwise_is_answered_by_its_own_file(string place, string version, int lookback)
    {
        var contact = On("2022-04-10", place).Contact.Value;
        Assert.Equal(version, contact.Version.ToString());
        Assert.Equal(lookback, contact.Rule.LookbackDays);
        Assert.Equal("CN-COVID-8@1", On("2022-04-10", place).Quarantine.Value.Version.ToString());
    }

    [Fact]
    public void A_typed_group_gives_durations_and_looks_up_the_pool_of_a_risk()
    {
        var ruling = On("2022-04-10", "220204001001.c03.b11");
        Assert.Equal(PoolKind.Household, ruling.Pool.Value.Rule.For(RiskClass.SealedHousehold));
        Assert.Equal(PoolKind.Single, ruling.Pool.Value.Rule.For(RiskClass.KeyGroup));
        Assert.Equal(TimeSpan.FromMinutes(10), ruling.SuspectPool.Value.Rule.Acknowledge);
        Assert.Equal(TimeSpan.FromHours(6), ruling.SuspectPool.Value.Rule.Result);
        Assert.Equal(TimeSpan.FromHours(24), ruling.Testing.Value.Rule.TimeLimitFor(10_000_000));
        Assert.Equal(25_000, ruling.Testing.Value.Rule.SamplersFor(9_000_000));
        Assert.Equal(12_223, ruling.Testing.Value.Rule.SamplersFor(4_400_000));
        Assert.Null(ruling.Contact.Value.Rule.Copresence!.MinOverlap);
        Assert.Equal(TimeSpan.FromDays(2), On("2022-01-10", "220204").Testing.Value.Rule.TimeLimitFor(5_000_000));
        Assert.Equal(TimeSpan.FromDays(3), On("2022-01-10", "220204").Testing.Value.Rule.TimeLimitFor(5_000_001));
    }

    [Fact]
    public void A_stay_finds_the_protocol_it_was_ordered_under_although_another_holds_today()
    {
        Assert.True(ProtocolVersion.TryParse("CN-COVID-8@1", out var version));
        var protocol = Book.Find(version).Value;
        Assert.True(protocol.TryGet<QuarantineRule>(out var rule));
        Assert.Equal(14, rule.Close![0].Days);
        Assert.Equal("unknown_protocol", Book.Find(new ProtocolVersion("CN-COVID-8", 99)).Refusal!.Code);
    }

    [Theory]
    [InlineData("COVID-19", "220204", "2019-12-31", "no_protocol")]
    [InlineData("NOTHING", "220204", "2022-03-20", "no_protocol")]
    [InlineData("张三", "220204", "2022-03-20", "no_protocol")]
    [InlineData("zhangsan", "220204", "2022-03-20", "no_protocol")]
    [InlineData("COVID-19", "22x", "2022-03-20", "place_code_wrong")]
    [InlineData("COVID-19", "", "2022-03-20", "place_code_wrong")]
    public void Where_nothing_holds_the_refusal_says_so_and_repeats_no_name(string disease, string place, string on, string code)
    {
        var refusal = Book.Resolve(disease, place, DateOnly.Parse(on)).Refusal!;
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("张三", refusal.Sentence + refusal.Chinese);
        Assert.DoesNotContain("zhangsan", refusal.Sentence + refusal.Chinese);
    }

    [Fact]
    public void A_group_that_nobody_rules_on_is_a_refusal_and_not_a_default()
    {
        var refusal = Book.Resolve("MEASLES", "220204", new DateOnly(2024, 5, 1)).Value.SuspectPool.Refusal!;
        Assert.Equal("no_rule", refusal.Code);
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
        Assert.Contains("suspect_pool", refusal.Sentence);
    }

    [Theory]
    [InlineData("CN-COVID-8@1", true)]
    [InlineData("CN-COVID-8@0", false)]
    [InlineData("CN-COVID-8@01", false)]
    [InlineData("CN-COVID-8@", false)]
    [InlineData("CN-COVID-8", false)]
    [InlineData("cn-covid-8@1", false)]
    [InlineData("@1", false)]
    [InlineData("A-@99999999999", false)]
    [InlineData("CN-COVID-8@ 1", false)]
    [InlineData(null, false)]
    public void A_version_is_read_exactly_as_it_was_written(string? text, bool good)
    {
        Assert.Equal(good, ProtocolVersion.TryParse(text, out var version));
        Assert.Equal(good ? text : null, version?.ToString());
    }

    static Ruling On(string date, string place) => Book.Resolve("COVID-19", place, DateOnly.Parse(date)).Value;
}
