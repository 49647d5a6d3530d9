using FsCheck;
using FsCheck.Fluent;
using Qipan.Protocols;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Unit.Tracing;

[Trait("area", "tracing")]
public sealed class TeamAndMergeTests
{
    static Guid Id(int n) => new($"01900000-0000-7000-8000-{n:x12}");

    [Fact]
    public void A_contact_goes_to_the_narrowest_team_around_and_of_several_to_the_one_with_the_least_to_do()
    {
        FollowupTeam[] teams = [new(Id(1), "220204", 0), new(Id(2), "220204001001", 10), new(Id(3), "220204001001", 4), new(Id(4), "220204002", 0)];
        var chosen = TeamChoice.Of([(Id(11), "220204001001.c01.b1"), (Id(12), "220204001001.c02"), (Id(13), "220204002001"), (Id(14), "220204009"), (Id(15), "990102")], teams, 5);
        // The third team takes until it has more to do than the second.
        Assert.Equal([Id(3), Id(3), Id(4), Id(1)], [chosen[Id(11)], chosen[Id(12)], chosen[Id(13)], chosen[Id(14)]]);
        Assert.False(chosen.ContainsKey(Id(15)));
    }

    [Fact]
    public void However_many_contacts_there_are_teams_of_one_territory_differ_by_no_more_than_one_contact()
    {
        Prop.ForAll(Arb.From(Gen.Choose(1, 200)), Arb.From(Gen.Choose(1, 7)), (contacts, teams) =>
        {
            var chosen = TeamChoice.Of([.. Enumerable.Range(100, contacts).Select(n => (Id(n), "220204001001"))],
                [.. Enumerable.Range(1, teams).Select(n => new FollowupTeam(Id(n), "220204001", 0))], 3);
            var load = chosen.Values.CountBy(t => t).Select(c => c.Value).ToList();
            return chosen.Count == contacts && load.Max() - (load.Count < teams ? 0 : load.Min()) <= 1;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Several_sources_of_one_person_are_one_proposal_with_the_strictest_kind_and_all_evidence()
    {
        var ruling = ProtocolBook.Load().Value.Resolve("COVID-19", "220204", new DateOnly(2022, 7, 20)).Value;
        var rule = ruling.Tracing.Value.Rule;
        var merge = new CandidateMerge(new KindDecision(ruling.Contact.Value.Rule, ruling.Situations.Value.Rule, rule), rule, "QP-TRACING@1", "window");
        var noon = new DateTimeOffset(2022, 7, 19, 4, 0, 0, TimeSpan.Zero);
        var park = new Candidate
        {
            Person = Id(2),
            Source = "visit",
            Venue = rule.Venue("park"),
            First = noon,
            Last = noon.AddMinutes(5),
            Seconds = 300,
            Episodes = 1,
            Near = Nearness.SameVenue,
            Meetings = [new Meeting(Id(50).ToString("N"), 0, noon.ToUnixTimeSeconds(), noon.ToUnixTimeSeconds() + 300, false)],
        };
        var alone = Assert.Single(merge.Of([park], Id(1)));
        Assert.Equal(ContactKind.General, alone.Kind);

        var home = new Candidate { Person = Id(2), Source = "household", Situation = "household", First = noon.AddDays(-1), Last = noon.AddDays(1), Fact = new EvidenceFact("household", "household/x", "of the same household") };
        var both = Assert.Single(merge.Of([park, home, park with { Person = Id(1) }], Id(1)));
        Assert.Equal((ContactKind.Close, "household", "household,visit", 300L), (both.Kind, both.Situation, both.Sources, both.Seconds));
        Assert.Equal((home.First, home.Last, 1, 1), (both.First, both.Last, both.Evidence.Meetings.Count, both.Evidence.Facts.Count));

        // Whoever met the case is no contact of a contact as well.
        Assert.Equal([(Id(2), 1), (Id(3), 2)], merge.Of([park, park with { Ring = 2, Via = Id(3) }, park with { Person = Id(3), Ring = 2, Via = Id(2) }], Id(1))
            .Select(p => (p.Person, p.Ring)).Order());
    }

    [Fact]
    public void Control_passes_every_step_and_leaves_none_out()
    {
        Assert.Equal([ContactState.Located, ContactState.Notified, ContactState.OrderIssued, ContactState.UnderQuarantine],
            MoveContactsHandler.Path(ContactState.Determined, ContactState.UnderQuarantine).Value);
        Assert.Equal([ContactState.Lost], MoveContactsHandler.Path(ContactState.Notified, ContactState.Lost).Value);
        Assert.Equal([ContactState.Located], MoveContactsHandler.Path(ContactState.Lost, ContactState.Located).Value);
        Assert.Equal("state_forbids", MoveContactsHandler.Path(ContactState.Proposed, ContactState.Located).Refusal!.Code);
        Assert.Equal("state_forbids", MoveContactsHandler.Path(ContactState.UnderQuarantine, ContactState.Located).Refusal!.Code);
    }
}
