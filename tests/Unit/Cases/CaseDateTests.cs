using Qipan.Cases;
using Qipan.Kernel;
using Xunit;

namespace Qipan.Unit.Cases;

public sealed class CaseDateTests
{
    static readonly DateOnly Today = new(2022, 3, 24);

    [Fact]
    public void Days_that_cannot_be_are_refused_in_both_languages()
    {
        Assert.Equal("date_in_future", Code(new CaseRow { Onset = Today.AddDays(1) }));
        Assert.Equal("date_in_future", Code(new CaseRow { DeathOn = Today.AddDays(1) }));
        Assert.Equal("date_in_future", Code(new CaseRow { OutcomeOn = Today.AddDays(1) }));
        Assert.Equal("date_in_future", Code(new CaseRow { FirstPositiveAt = At(25, 0) }));
        Assert.Equal("date_in_future", Code(new CaseRow { IsolatedAt = At(25, 0) }));
        Assert.Equal("death_before_onset", Code(new CaseRow { Onset = Today, DeathOn = Today.AddDays(-1) }));
        Assert.Equal("outcome_before_onset", Code(new CaseRow { Onset = Today, OutcomeOn = Today.AddDays(-1) }));
        Assert.Equal("death_is_outcome", Code(new CaseRow { Outcome = CaseOutcome.Died, DeathOn = Today, OutcomeOn = Today.AddDays(-1) }));
        Assert.Equal("死亡日期早于发病日期，请更正其中之一。", CaseRefusals.DeathBeforeOnset.In("zh"));
    }

    [Fact]
    public void A_day_ends_at_local_midnight()
    {
        // 24 March 2022 ends at 16:00 UTC in China.
        Assert.Null(Code(new CaseRow { FirstPositiveAt = new DateTimeOffset(2022, 3, 24, 15, 59, 0, TimeSpan.Zero) }));
        Assert.Equal("date_in_future", Code(new CaseRow { FirstPositiveAt = new DateTimeOffset(2022, 3, 24, 16, 0, 0, TimeSpan.Zero) }));
    }

    [Fact]
    public void An_onset_after_the_report_is_flagged_and_the_flag_falls_when_it_is_corrected()
    {
        var row = new CaseRow { ReportAt = At(20, 9), Onset = Today, Flags = CaseFlags.Repositive };
        var flagged = CaseDates.Judge(row, Today, LocalDays.China).Value;
        Assert.Equal("onset_after_report re_positive", flagged);
        Assert.Equal("re_positive", CaseDates.Judge(row with { Flags = flagged, Onset = new DateOnly(2022, 3, 20) }, Today, LocalDays.China).Value);
    }

    static string? Code(CaseRow row) => CaseDates.Judge(row, Today, LocalDays.China) is { Ok: false } refused ? refused.Refusal!.Code : null;

    static DateTimeOffset At(int day, int hour) => LocalDays.China.StartOf(new DateOnly(2022, 3, day)).AddHours(hour);
}
