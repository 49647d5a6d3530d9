using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Unit.Tracing;

[Trait("area", "tracing")]
public sealed class PlanTests
{
    static readonly ContactDays Days = new(LocalDays.China);

    static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    static PlanRules Rules(string disease, string day) =>
        PlanRules.Of(Book.Resolve(disease, "220204", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Value).Value;

    [Fact]
    public void The_eighth_edition_keeps_a_close_contact_14_days_central_and_7_at_home()
    {
        var plan = Rules("COVID-19", "2022-03-20").Plan(Days, ContactKind.Close, At("2022-03-18T10:00:00")).Value;
        Assert.Equal("CN-COVID-8@1", plan.Protocol);
        Assert.Equal([StayKind.Central, StayKind.HomeMonitor], plan.Stages.Select(s => s.Mode));
        Assert.Equal([1, 4, 7, 14], plan.Tests.Select(t => t.Day));
        Assert.Equal(StageRelease.DoubleSample, plan.Tests[^1].Release);
        Assert.Equal(At("2022-04-01T10:00:00"), plan.Stages[0].Until);
        Assert.Equal(At("2022-04-08T10:00:00"), plan.QuarantineEnds);
        Assert.Equal(At("2022-04-01T10:00:00"), plan.FollowupEnds);
        Assert.Equal(plan.QuarantineEnds, plan.Ends);
    }

    [Fact]
    public void The_test_days_of_a_second_stage_count_from_its_first_day()
    {
        var plan = Rules("COVID-19", "2022-07-10").Plan(Days, ContactKind.Close, At("2022-07-01T10:00:00")).Value;
        Assert.Equal("CN-COVID-9@1", plan.Protocol);
        Assert.Equal([1, 2, 3, 5, 7, 10], plan.Tests.Select(t => t.Day));
        Assert.Equal(new DateOnly(2022, 7, 11), plan.Tests[^1].On);
        Assert.Equal((8, 10), (plan.Stages[1].FirstDay, plan.Stages[1].LastDay));
    }

    [Fact]
    public void A_disease_without_quarantine_is_followed_and_ends_with_the_followup()
    {
        var plan = Rules("EBOLA", "2022-03-20").Plan(Days, ContactKind.Close, At("2022-03-01T08:00:00")).Value;
        Assert.Empty(plan.Stages);
        Assert.Null(plan.QuarantineEnds);
        Assert.Equal(At("2022-03-22T08:00:00"), plan.Ends);
        Assert.True(plan.NeedsLastVisit);
    }

    [Fact]
    public void Where_secondary_contacts_are_not_determined_there_is_no_plan_for_them()
    {
        Assert.IsType<KindNotDetermined>(Rules("COVID-19", "2022-11-20").Plan(Days, ContactKind.Secondary, At("2022-11-18T10:00:00")).Refusal);
        var before = Rules("COVID-19", "2022-10-20").Plan(Days, ContactKind.Secondary, At("2022-10-18T10:00:00")).Value;
        Assert.Equal(2, before.SecondaryRelease!.IndexContactFirstTestsNegative);
        Assert.Equal(7, before.FollowupDays[^1]);
    }

    [Fact]
    public void The_calendar_leaves_out_what_is_past_and_makes_passed_tests_good_with_one()
    {
        var exposed = At("2022-03-18T10:00:00");
        var plan = Rules("COVID-19", "2022-03-20").Plan(Days, ContactKind.Close, exposed).Value;
        var tasks = FollowupCalendar.Of(plan, Days, At("2022-03-24T13:00:00"));
        Assert.Equal([(6, 1), (7, 1), (14, 1), (14, 2)], tasks.Where(t => t.Kind == TaskKind.Test).Select(t => (t.Day, t.Slot)));
        var visits = tasks.Where(t => t.Kind == TaskKind.Visit).ToList();
        Assert.Equal((6, 2), (visits[0].Day, visits[0].Slot));
        Assert.Equal(At("2022-03-25T00:00:00"), visits[0].Until);
        Assert.Equal(At("2022-03-24T12:00:00"), visits[0].From);
        Assert.Equal(1 + (8 * 2), visits.Count);
        Assert.Equal(14, visits[^1].Day);
    }

    [Theory]
    [InlineData("COVID-19", true, "2022-03-20", "2022-03-19T08:00:00", "2022-03-18T00:00:00", "onset_date")]
    [InlineData("COVID-19", false, null, "2022-03-19T08:00:00", "2022-03-17T00:00:00", "first_positive_sample_time")]
    [InlineData("COVID-19", true, null, "2022-03-19T23:30:00", "2022-03-17T00:00:00", "first_positive_sample_time")]
    [InlineData("MEASLES", true, "2022-03-10", null, "2022-03-06T00:00:00", "onset_date")]
    [InlineData("EBOLA", true, "2022-03-01", null, "2022-03-01T00:00:00", "onset_date")]
    public void The_window_counts_whole_days_back_from_the_protocols_anchor(
        string disease, bool symptomatic, string? onset, string? sample, string from, string anchor)
    {
        var rule = Book.Resolve(disease, "220204", new DateOnly(2022, 3, 20)).Value.Contact.Value.Rule;
        var known = new CaseTimes(
            symptomatic, onset is null ? null : DateOnly.Parse(onset, System.Globalization.CultureInfo.InvariantCulture), sample is null ? null : At(sample),
            At("2022-03-20T12:00:00"), null);
        var window = ExposureWindow.Of(rule, LocalDays.China, known, At("2022-03-20T18:00:00"));
        Assert.Equal(At(from), window.From);
        Assert.Equal(anchor, window.Anchor);
    }

    [Fact]
    public void The_window_ends_with_isolation_or_with_the_disease()
    {
        var covid = Book.Resolve("COVID-19", "220204", new DateOnly(2022, 3, 20)).Value.Contact.Value.Rule;
        var known = new CaseTimes(true, new DateOnly(2022, 3, 18), null, At("2022-03-20T12:00:00"), At("2022-03-20T15:00:00"));
        Assert.Equal(At("2022-03-20T15:00:00"), ExposureWindow.Of(covid, LocalDays.China, known, At("2022-03-25T00:00:00")).To);
        var measles = Book.Resolve("MEASLES", "220204", new DateOnly(2022, 3, 20)).Value.Contact.Value.Rule;
        Assert.Equal(At("2022-03-23T00:00:00"), ExposureWindow.Of(measles, LocalDays.China, known, At("2022-03-25T00:00:00")).To);
    }
}
