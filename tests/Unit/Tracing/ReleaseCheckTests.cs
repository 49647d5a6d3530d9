using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Unit.Tracing;

/// <summary>The checklist of a release, line by line.</summary>
[Trait("area", "tracing")]
public sealed class ReleaseCheckTests
{
    static readonly ContactDays Days = new(LocalDays.China);

    static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    static readonly DateTimeOffset Exposed = At("2022-07-01T10:00");

    static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    static Guid Id(int n) => new($"01900000-0000-7000-8000-{n:x12}");

    static ReleaseRow Row(ContactKind kind, string known = "2022-07-01T12:00", IReadOnlyList<SeenVisit>? visits = null, IReadOnlyList<PersonSample>? via = null) => new(
        Id(1), PlanRules.Of(Book.Resolve("COVID-19", "220204", new DateOnly(2022, 7, 2)).Value).Value.Plan(Days, kind, Exposed).Value, At(known), visits ?? [], via);

    static PersonSample Sample(int n, string at, SampleAnswer answer = SampleAnswer.Negative) => new(Id(100 + n), Id(200 + n), At(at), answer, Alone: true);

    static List<string> Missing(ReleaseRow row, string now, params PersonSample[] samples) =>
        [.. ReleaseCheck.Of(Days, [row], samples, At(now)).Where(l => !l.Holds).Select(l => l.Sentence)];

    [Fact]
    public void A_late_sample_counts_for_its_test_day_until_the_next_one_begins()
    {
        var row = Row(ContactKind.Close);
        Assert.DoesNotContain("the test of day 3 is negative", Missing(row, "2022-07-20T00:00", Sample(1, "2022-07-05T23:59")));
        Assert.Contains("the test of day 3 is negative", Missing(row, "2022-07-20T00:00", Sample(1, "2022-07-06T00:00")));
        Assert.Contains("the test of day 3 is negative", Missing(row, "2022-07-20T00:00", Sample(1, "2022-07-03T23:59")));
    }

    [Fact]
    public void Days_before_the_decision_are_made_good_by_one_sample()
    {
        var row = Row(ContactKind.Close, known: "2022-07-05T12:00");
        Assert.Equal(["the test of day 4 is negative since the days before the decision", "the test of day 5 is negative", "the test of day 7 is negative", "the test of day 10 is negative"],
            Missing(row, "2022-07-20T00:00").Where(m => m.StartsWith("the test", StringComparison.Ordinal)));
        Assert.DoesNotContain(Missing(row, "2022-07-20T00:00", Sample(1, "2022-07-02T10:00")), m => m.Contains("day 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Somebody_who_was_ill_at_the_last_visit_is_not_released_and_somebody_seen_well_on_the_last_day_is()
    {
        var ill = new SeenVisit(Id(3), 10, At("2022-07-11T09:00"), SeenWell: false, SeenIll: true, InPerson: true);
        var well = new SeenVisit(Id(4), 10, At("2022-07-11T20:00"), SeenWell: true, SeenIll: false, InPerson: true);
        var self = well with { InPerson = false };
        Assert.Contains(Missing(Row(ContactKind.Close, visits: [ill]), "2022-07-20T00:00"), m => m.StartsWith("was not well", StringComparison.Ordinal));
        Assert.DoesNotContain(Missing(Row(ContactKind.Close, visits: [ill, well]), "2022-07-20T00:00"), m => m.Contains("well", StringComparison.Ordinal));
        Assert.Contains(Missing(Row(ContactKind.Close, visits: [self]), "2022-07-20T00:00"), m => m.StartsWith("seen well", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sample_that_never_spoke_holds_nobody_once_a_later_one_is_negative()
    {
        var lost = Sample(1, "2022-07-03T10:00", SampleAnswer.Pending);
        Assert.Contains("a sample since the exposure has no result yet", Missing(Row(ContactKind.Close), "2022-07-20T00:00", lost, Sample(2, "2022-07-02T10:00")));
        Assert.DoesNotContain("a sample since the exposure has no result yet", Missing(Row(ContactKind.Close), "2022-07-20T00:00", lost, Sample(2, "2022-07-04T10:00")));
        Assert.Contains("a sample since the exposure is not negative",
            Missing(Row(ContactKind.Close), "2022-07-20T00:00", Sample(3, "2022-07-03T10:00", SampleAnswer.NotNegative), Sample(2, "2022-07-04T10:00")));
    }

    [Fact]
    public void A_contact_of_a_contact_waits_for_the_first_two_tests_of_the_contact()
    {
        string[] own = ["2022-07-02T10:00", "2022-07-05T10:00", "2022-07-08T10:00"];
        var samples = own.Select((at, i) => Sample(i, at)).ToArray();
        Assert.Contains(Missing(Row(ContactKind.Secondary, via: [Sample(9, "2022-07-02T10:00")]), "2022-07-20T00:00", samples), m => m.StartsWith("the first 2 tests", StringComparison.Ordinal));
        Assert.DoesNotContain(Missing(Row(ContactKind.Secondary, via: [Sample(9, "2022-07-02T10:00"), Sample(10, "2022-07-03T10:00")]), "2022-07-20T00:00", samples),
            m => m.StartsWith("the first 2 tests", StringComparison.Ordinal));
    }
}
