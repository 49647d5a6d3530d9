using FsCheck;
using FsCheck.Fluent;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Unit.Tracing;

/// <summary>INV-32: one function counts the days of a contact.</summary>
[Trait("area", "tracing")]
public sealed class ContactDaysTests
{
    static readonly ContactDays Days = new(LocalDays.China);

    static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    [Theory]
    [InlineData("2022-03-10T09:30:00", 14, "2022-03-24T00:00:00", "2022-03-24T09:30:00")]
    [InlineData("2022-03-10T23:59:59", 1, "2022-03-11T00:00:00", "2022-03-11T23:59:59")]
    [InlineData("2022-03-10T00:00:00", 7, "2022-03-17T00:00:00", "2022-03-17T00:00:00")]
    [InlineData("2022-01-30T12:00:00", 3, "2022-02-02T00:00:00", "2022-02-02T12:00:00")]
    [InlineData("2024-02-22T12:00:00", 7, "2024-02-29T00:00:00", "2024-02-29T12:00:00")]
    [InlineData("2023-02-22T12:00:00", 7, "2023-03-01T00:00:00", "2023-03-01T12:00:00")]
    [InlineData("2021-12-31T18:00:00", 21, "2022-01-21T00:00:00", "2022-01-21T18:00:00")]
    public void INV_32_Day_n_begins_at_midnight_and_nobody_is_free_before_n_times_24_hours(string exposed, int n, string begins, string over)
    {
        Assert.Equal(At(begins), Days.StartOf(At(exposed), n));
        Assert.Equal(At(over), Days.Over(At(exposed), n));
    }

    [Fact]
    public void INV_32_An_exposure_that_ends_at_midnight_is_of_the_day_that_begins()
    {
        Assert.Equal(new DateOnly(2022, 3, 10), Days.DateOf(At("2022-03-10T00:00:00"), 0));
        Assert.Equal(new DateOnly(2022, 3, 9), Days.DateOf(At("2022-03-10T00:00:00").AddSeconds(-1), 0));
        Assert.Equal(1, Days.DayAt(At("2022-03-09T23:59:59"), At("2022-03-10T00:00:00")));
    }

    [Fact]
    public void INV_32_A_period_of_n_days_has_n_days_and_not_one_more_as_in_Go_Data()
    {
        var exposed = At("2022-03-10T15:00:00");
        var rules = new PlanRules(null, new Ruled<FollowupRule>(new FollowupRule { Days = 21, PerDay = 1 }, new ProtocolVersion("T-1", 1)), null);
        var plan = rules.Plan(Days, ContactKind.Close, exposed).Value;
        Assert.Equal([.. Enumerable.Range(1, 21)], plan.FollowupDays);
        Assert.Equal(new DateOnly(2022, 3, 31), Days.DateOf(exposed, plan.FollowupDays[^1]));
        Assert.Equal(At("2022-03-31T15:00:00"), plan.FollowupEnds);
        // Go.Data starts on the day after the last contact and ends at that start + period.
        var goDataEnd = Days.DateOf(exposed, 0).AddDays(1).AddDays(21);
        Assert.Equal(goDataEnd.AddDays(-1), Days.DateOf(exposed, plan.FollowupDays[^1]));
        Assert.Equal(21, FollowupCalendar.Of(plan, Days, exposed).Count);
    }

    [Fact]
    public void Whenever_somebody_is_free_n_days_have_passed_by_the_clock_and_by_the_calendar()
    {
        LocalDays[] zones = [LocalDays.China, new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), new(TimeZoneInfo.Utc)];
        var gen = Gen.Zip(Gen.Choose(0, 40_000_000), Gen.Zip(Gen.Choose(0, 42), Gen.Elements(zones)));
        Prop.ForAll(Arb.From(gen), drawn =>
        {
            var exposed = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(drawn.Item1);
            var (n, zone) = drawn.Item2;
            var over = new ContactDays(zone).Over(exposed, n);
            return over >= exposed.AddHours(24 * n) && zone.DateOf(over) >= zone.DateOf(exposed).AddDays(n)
                && over <= exposed.AddHours((24 * n) + 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }
}
