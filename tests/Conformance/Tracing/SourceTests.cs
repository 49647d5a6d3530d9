using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Tracing;

/// <summary>Whom a case may have it from: what two cases shared while one may have been infected and the other may have infected.</summary>
[Trait("area", "tracing")]
public sealed class SourceTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_case_met_in_a_venue_is_a_candidate_and_an_earlier_onset_stands_before_a_later_one(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(5);
        var canteen = await city.Venue("Canteen of test", "restaurant");
        await city.Visit(1, canteen, "2022-03-17T12:00", "2022-03-17T13:00");
        await city.Visit(2, canteen, "2022-03-17T12:30", "2022-03-17T13:30");   // fell ill two days before
        await city.Visit(3, canteen, "2022-03-17T12:40", "2022-03-17T12:50");   // fell ill a day after: a candidate all the same, and behind
        await city.Visit(4, canteen, "2022-03-17T18:00", "2022-03-17T19:00");   // was there at another time
        await city.Visit(5, canteen, "2022-03-17T12:00", "2022-03-17T13:00");   // is no case
        await city.Case(1, person: 1, onset: "2022-03-19", found: "2022-03-20T08:00");
        await city.Case(2, person: 2, onset: "2022-03-17", found: "2022-03-20T08:00");
        await city.Case(3, person: 3, onset: "2022-03-19", found: "2022-03-20T08:00", positive: "2022-03-19T08:00");
        await city.Case(4, person: 4, onset: "2022-03-16", found: "2022-03-20T08:00");
        await city.SetCase(3, "onset", "2022-03-18");

        var found = Of(city, 1);

        Assert.Equal([TraceCity.CaseId(2), TraceCity.CaseId(3)], found.Candidates.Select(c => c.Case));
        var first = found.Candidates[0];
        Assert.Equal((2, "visit", TraceCity.At("2022-03-17T12:30"), LinkConfidence.Suspected), (first.DaysBefore, first.Sources, first.First, first.Confidence));
        Assert.Equal(canteen.ToString("N"), Assert.Single(first.Evidence.Meetings).Venue);
        Assert.True(found.Visits);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Who_lives_in_the_household_is_a_candidate_without_any_visit(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(1, 2, household: TraceCity.Id(900));
        await city.People(3, 1);
        await city.Case(1, person: 1, onset: "2022-03-19", found: "2022-03-20T08:00");
        await city.Case(2, person: 2, onset: "2022-03-16", found: "2022-03-20T08:00");
        await city.Case(3, person: 3, onset: "2022-03-16", found: "2022-03-20T08:00");

        var only = Assert.Single(Of(city, 1).Candidates);

        Assert.Equal((TraceCity.CaseId(2), "household", "household", 3), (only.Case, only.Sources, only.Situation, only.DaysBefore));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Who_was_on_one_list_is_a_candidate_where_the_list_holds_in_those_days(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(4);
        await city.Roster("Class 3", "class", "2022-03-15T08:00", "2022-03-18T17:00", 1, 2);
        await city.Roster("Tour", "tour", "2022-01-02T08:00", "2022-01-03T17:00", 1, 3);
        await city.Case(1, person: 1, onset: "2022-03-19", found: "2022-03-20T08:00");
        await city.Case(2, person: 2, onset: "2022-03-17", found: "2022-03-20T08:00");
        await city.Case(3, person: 3, onset: "2022-03-17", found: "2022-03-20T08:00");

        var only = Assert.Single(Of(city, 1).Candidates);

        Assert.Equal((TraceCity.CaseId(2), "roster"), (only.Case, only.Sources));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_contact_whom_a_person_decided_on_makes_the_link_probable_and_another_disease_none(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(3);
        var canteen = await city.Venue("Canteen of test", "restaurant");
        foreach (var person in new[] { 1, 2, 3 })
            await city.Visit(person, canteen, "2022-03-17T12:00", "2022-03-17T13:00");
        await city.Case(2, person: 2, onset: "2022-03-17", found: "2022-03-18T08:00", isolated: "2022-03-18T09:00");
        await city.Ask(2);
        await city.Accept(city.Contact(2, 1));
        await city.Case(1, person: 1, onset: "2022-03-19", found: "2022-03-20T08:00");
        await city.Case(3, person: 3, onset: "2022-03-16", found: "2022-03-18T08:00", disease: "measles");

        var only = Assert.Single(Of(city, 1).Candidates);

        Assert.Equal((TraceCity.CaseId(2), LinkConfidence.Probable), (only.Case, only.Confidence));
        Assert.Contains("contact", only.Sources, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Somebody_of_another_county_is_refused_the_case_as_unknown(StoreKind kind)
    {
        await using var city = await TraceCity.Open(kind);
        await city.People(1);
        await city.Case(1, person: 1, onset: "2022-03-19", found: "2022-03-20T08:00");
        var stranger = TraceCity.Investigator with { Grants = [new Grant(Role.Investigator, "220203")] };
        Assert.IsType<CaseUnknownHere>(city.Store.Read(s => Sources(city).Of(s, stranger, TraceCity.CaseId(1))).Refusal);
    }

    static SourceCandidates Of(TraceCity city, int number) =>
        city.Store.Read(s => Sources(city).Of(s, TraceCity.Investigator, TraceCity.CaseId(number))).Value;

    static FindSources Sources(TraceCity city) =>
        new(TraceCity.Book, LocalDays.China, city.Door, TraceCity.Settings, new VenueKinds(city.Clock), city.Clock);
}
