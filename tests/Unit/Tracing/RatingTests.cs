using Qipan.Protocols;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Unit.Tracing;

[Trait("area", "tracing")]
public sealed class RatingTests
{
    static readonly Ruling Ruling = ProtocolBook.Load().Value.Resolve("COVID-19", "220204", new DateOnly(2022, 7, 20)).Value;

    static readonly TracingRule Rule = Ruling.Tracing.Value.Rule;

    static KindDecision Decision => new(Ruling.Contact.Value.Rule, Ruling.Situations.Value.Rule, Rule);

    [Fact]
    public void P_30_A_rating_is_the_product_of_factors_that_are_all_said()
    {
        var facts = new ExposureFacts("shared_meal", 45 * 60, Nearness.SameVenue, VenueAir.Closed, Protected.One, Inferred: true);
        var rated = ContactRatings.Of(Rule.Rating, facts);
        Assert.Equal(["situation", "overlap", "distance", "air", "protection", "record"], rated.Factors.Select(f => f.Name));
        Assert.Equal(Math.Round(0.8 * 0.75 * 0.6 * 1 * 0.6 * 0.8, 4), rated.Value);
        Assert.Equal(rated.Value, ContactRatings.Value(Rule.Rating, facts));
        Assert.Contains("overlap 45 min 0.75", rated.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_takes_nothing_away()
    {
        var known = ContactRatings.Value(Rule.Rating, new ExposureFacts("household", 0, Nearness.Unknown));
        Assert.Equal(1, known);
    }

    [Fact]
    public void The_protocol_decides_what_a_meeting_is_proposed_as()
    {
        Assert.Equal((ContactKind.Close, "shared_meal"), Pair(Decision.Seen(Rule.Venue("restaurant"), 0.5)));
        Assert.Equal((ContactKind.General, "restaurant"), Pair(Decision.Seen(Rule.Venue("restaurant"), 0.05)));
        Assert.Equal((ContactKind.Close, "household"), Pair(Decision.Stated("household")));
        Assert.Equal((ContactKind.General, "wedding"), Pair(Decision.Stated("wedding")));
        Assert.Equal((ContactKind.Close, "other"), Pair(Decision.Stated("tube_queue")));

        var without = ProtocolBook.Load().Value.Resolve("COVID-19", "220204", new DateOnly(2022, 11, 20)).Value;
        var later = new KindDecision(without.Contact.Value.Rule, null, Rule);
        Assert.Equal(ContactKind.Close, later.Seen(Rule.Venue("restaurant"), 0.05).Kind);
        Assert.False(later.Secondary);
    }

    [Fact]
    public void Measles_needs_the_same_air_alone()
    {
        var ruling = ProtocolBook.Load().Value.Resolve("MEASLES", "220204", new DateOnly(2022, 7, 20)).Value;
        var decision = new KindDecision(ruling.Contact.Value.Rule, ruling.Situations.Value.Rule, null);
        Assert.Equal((ContactKind.Close, "same_airspace"), Pair(decision.Seen(null, 0)));
    }

    static (ContactKind, string) Pair(Proposed proposed) => (proposed.Kind, proposed.Situation);
}
