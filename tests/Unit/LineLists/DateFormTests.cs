using FsCheck;
using FsCheck.Fluent;
using Qipan.LineLists;
using Xunit;

namespace Qipan.Unit.LineLists;

public sealed class DateFormTests
{
    [Theory]
    [InlineData("2015-05-11")]
    [InlineData("2015/5/11")]
    [InlineData("2015.5.11")]
    [InlineData("20150511")]
    [InlineData("2015年5月11日")]
    [InlineData("2015-05-11 23:59:00")]
    [InlineData("2015-05-11T00:00:00.000Z")]
    [InlineData("2015-05-11T23:30:00+08:00")]
    public void A_day_is_read_as_it_is_written_whatever_time_and_zone_stand_behind_it(string text) =>
        Assert.Equal(new DateOnly(2015, 5, 11), DateForms.Read(text, DateForms.Usual, workbook: false));

    [Theory]
    [InlineData("2015-02-29")]
    [InlineData("2015-13-01")]
    [InlineData("11/05/2015")]
    [InlineData("yesterday")]
    [InlineData("42135")]
    [InlineData("2015-5")]
    public void A_day_that_is_not_in_the_calendar_or_in_no_form_is_none(string text) => Assert.Null(DateForms.Read(text, DateForms.Usual, workbook: false));

    [Fact]
    public void The_order_of_the_forms_decides_between_day_and_month()
    {
        Assert.Equal(new DateOnly(2015, 5, 4), DateForms.Read("4/5/2015", ["d/M/yyyy", "M/d/yyyy"], workbook: false));
        Assert.Equal(new DateOnly(2015, 4, 5), DateForms.Read("4/5/2015", ["M/d/yyyy", "d/M/yyyy"], workbook: false));
        Assert.Equal(new DateOnly(2015, 4, 25), DateForms.Read("4/25/2015", ["d/M/yyyy", "M/d/yyyy"], workbook: false));
    }

    [Fact]
    public void A_workbook_may_hold_days_as_numbers()
    {
        Assert.Equal(new DateOnly(2015, 5, 11), DateForms.Read("42135", DateForms.Usual, workbook: true));
        Assert.Equal(new DateOnly(2015, 5, 11), DateForms.Read("42135.75", ["serial"], workbook: false));
        Assert.Null(DateForms.Read("68", DateForms.Usual, workbook: true));
    }

    [Fact]
    public void Every_day_comes_back_in_every_form() => Prop.ForAll(Gen.Choose(0, 60_000).ToArbitrary(), days =>
    {
        var day = new DateOnly(1900, 1, 1).AddDays(days);
        return DateForms.Usual.All(f => DateForms.Read(day.ToDateTime(new TimeOnly(13, 5)).ToString(f, System.Globalization.CultureInfo.InvariantCulture), [f], workbook: false) == day);
    }).QuickCheckThrowOnFailure();

    [Theory, InlineData("yyyy-MM-dd", true), InlineData("dd.MM.yy", true), InlineData("serial", true), InlineData("dd.MM", false), InlineData("hello", false)]
    public void A_form_has_a_year_a_month_and_a_day(string form, bool right) => Assert.Equal(right, DateForms.IsForm(form));
}
