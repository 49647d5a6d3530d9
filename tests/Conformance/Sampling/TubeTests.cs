using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Sampling;

[Trait("area", "sampling")]
public sealed class TubeTests
{
    static TubeOpened Open(string code, int kind = 10, int? capacity = null) => new() { Code = code, TubeKind = kind, Capacity = capacity };

    static SampleRegistered Swab(Guid tube, int person, int position = 1) => new()
    {
        Tube = tube,
        Person = Field.Somebody(person),
        Position = position,
        Specimen = "oropharyngeal",
        IdMethod = "manual",
    };

    static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    static IEnumerable<string> Verdicts(Receipt receipt) => receipt.Items.Select(i => i.Code ?? i.Verdict);

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_tube_is_filled_sealed_boxed_and_sent_and_leaves_a_duty_at_each_end(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("R2202041"));
        var box = field.At(new BoxOpened { Code = "BX01", Capacity = 10 });
        await field.Send(tube, field.At(Swab(tube.Id, 1), Minutes(1)), field.At(Swab(tube.Id, 2), Minutes(2)));
        Assert.Equal((TubeState.Open, 2), (field.Tube(tube.Id).State, field.Tube(tube.Id).Count));
        await field.Send(field.At(new TubeSealed { Tube = tube.Id, Seal = "S1" }, Minutes(3)), box, field.At(new TubeBoxed { Tube = tube.Id, Box = box.Id }, Minutes(4)));
        await field.Send(field.At(new BoxClosed { Box = box.Id, Seal = "B1" }, Minutes(5)), field.At(new BoxHandedOver
        {
            Box = box.Id,
            FromHolder = field.Device.Actor.ToString(),
            FromSignature = field.Device.Actor + ":1",
            ToHolder = "staff:00000001",
        }, Minutes(6)));
        Assert.Equal(TubeState.Boxed, field.Tube(tube.Id).State);
        await field.Send(field.At(new BoxHandedOver { Box = box.Id, ToHolder = "staff:00000001", ToSignature = "staff:00000001:2" }, Minutes(7)));
        var sent = field.Tube(tube.Id);
        Assert.Equal((TubeState.InTransit, "staff:00000001"), (sent.State, sent.Holder));
        Assert.Empty(field.Discrepancies());
        Assert.Empty(field.Differences());
        var events = field.Store.Read(s => TubeEvents.Of(s, Field.County, tube.Id)).Select(e => (e.FromState, e.ToState));
        Assert.Equal([(TubeState.Issued, TubeState.Open), (TubeState.Open, TubeState.Sealed), (TubeState.Sealed, TubeState.Boxed), (TubeState.Boxed, TubeState.InTransit)], events);
        var duties = field.Store.Read(s => s.Query<short>("SELECT kind FROM duty WHERE state = 0 ORDER BY kind"));
        Assert.Equal([(short)DutyKind.ResultTube, (short)DutyKind.ReceiveBox], duties);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_01_a_person_in_two_tubes_stands_in_both_counts_once_and_is_listed(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var round = field.Id();
        var (a, b) = (field.At(Open("R1AAA")), field.At(Open("R1BBB"), Minutes(5)));
        (a.Round, b.Round) = (round, round);
        await field.Send(a, field.At(Swab(a.Id, 7)), field.At(new TubeSealed { Tube = a.Id }, Minutes(2)));
        var other = await field.AnotherDevice();
        var second = field.At(Swab(b.Id, 7), Minutes(6));
        var receipt = (await field.TrySend("report", other, b, second)).Value;
        Assert.Contains("duplicate", receipt.Items[1].Flags!);
        var (registrations, sampled) = field.Store.Read(s =>
            (Members.OfTubes(s, Field.County, [a.Id, b.Id]), s.Scalar<long>("SELECT sum(persons) FROM round_sampled")));
        Assert.Equal(2, registrations.Count);
        Assert.All(registrations, r => Assert.True(r.Duplicate));
        Assert.Equal(1, sampled);
        Assert.Contains(field.Discrepancies(), d => d.Kind == DiscrepancyKinds.Duplicate && d.SubjectId == registrations[0].Person.Value);

        await field.Send(field.At(new SampleVoided { Registration = second.Id, Tube = b.Id, Reason = "scanned twice" }, Minutes(9)));
        Assert.DoesNotContain(field.Discrepancies(), d => d.Kind == DiscrepancyKinds.Duplicate);
        Assert.False(field.Store.Read(s => Members.OfTubes(s, Field.County, [a.Id])).Single().Duplicate);
        Assert.Empty(field.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_02_a_code_used_twice_is_refused_live_and_offline_quarantines_both_and_samples_both_groups_again(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var other = await field.AnotherDevice();
        var (a, b) = (field.At(Open("RTWICE")), field.At(Open("RTWICE"), Minutes(30)));
        await field.Send(a, field.At(Swab(a.Id, 1)), field.At(new TubeSealed { Tube = a.Id }, Minutes(2)));
        var live = (await field.TrySend("live", other, field.At(Open("RTWICE")))).Value;
        Assert.Equal("code_in_use", live.Items[0].Code);
        Assert.False(field.Tube(a.Id).Conflict);

        await field.TrySend("report", other, b, field.At(Swab(b.Id, 2), Minutes(31)));
        Assert.True(field.Tube(a.Id).Conflict && field.Tube(b.Id).Conflict);
        Assert.Equal(2, field.Discrepancies().Count(d => d.Kind == DiscrepancyKinds.CodeConflict));
        Assert.Equal(2, Resamples(field));

        await field.TrySend("report", other, field.At(new TubeVoided { Tube = b.Id, Reason = "printed twice, unused" }, Minutes(40)));
        Assert.False(field.Tube(a.Id).Conflict);
        Assert.Equal(0, Resamples(field));
        Assert.Empty(field.Differences());
    }

    static long Resamples(Field field) => field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 5 AND state = 0"));

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_03_a_full_a_sealed_and_a_second_open_tube_are_refused_live_and_listed_when_reported(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("R3AAA", capacity: 2));
        var live = await field.Live(tube, Swab(tube.Id, 1), Swab(tube.Id, 2), Swab(tube.Id, 3), Open("R3BBB"), Swab(tube.Id, 1));
        Assert.Equal(["accepted", "accepted", "accepted", "tube_full", "tube_still_open", "already_in_tube"], Verdicts(live));
        Assert.Equal(["accepted", "tube_sealed", "state_forbids"],
            Verdicts(await field.Live(new TubeSealed { Tube = tube.Id }, Swab(tube.Id, 4), new TubeSealed { Tube = tube.Id })));
        Assert.Equal(2, field.Tube(tube.Id).Count);
        Assert.Empty(field.Discrepancies());

        var (a, b) = (field.At(Open("R3CCC", capacity: 1), Minutes(1)), field.At(Open("R3DDD"), Minutes(3)));
        var late = field.At(Swab(a.Id, 6), Minutes(6));
        var reported = await field.Send(a, field.At(Swab(a.Id, 5), Minutes(2)), b, field.At(new TubeSealed { Tube = a.Id }, Minutes(4)), late);
        Assert.All(reported.Items, i => Assert.Equal("accepted", i.Verdict));
        Assert.Equal([DiscrepancyKinds.AddedAfterSeal, DiscrepancyKinds.OverCapacity, DiscrepancyKinds.SecondOpenTube],
            field.Discrepancies().Select(d => d.Kind).Order(StringComparer.Ordinal));
        Assert.Equal(2, field.Store.Read(s => Members.OfTubes(s, Field.County, [a.Id])).Count);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_17_a_households_tube_takes_one_household(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var persons = new[] { 1, 1, 2 }.Select(household => field.Store.Write(new WriteScope(Actor.System, Field.County), s =>
            Outcome.Of(PersonDirectory.AddTemporary(s, Field.County, new NewTemporaryPerson
            {
                Descriptors = "test",
                Residence = Field.Community,
                Household = new Guid(household, 0, 0, new byte[8]),
            }))).Result.Value.Id).ToList();
        SampleRegistered Of(Guid tube, int i) => new() { Tube = tube, Person = new WirePerson { Id = persons[i] }, Specimen = "nasal" };
        var tube = field.At(Open("RHOUSE", 99));
        Assert.Equal(["accepted", "accepted", "accepted", "other_household"], Verdicts(await field.Live(tube, Of(tube.Id, 0), Of(tube.Id, 1), Of(tube.Id, 2))));
        await field.Send(field.At(Of(tube.Id, 2), Minutes(1)));
        Assert.Contains(field.Discrepancies(), d => d.Kind == DiscrepancyKinds.OtherHousehold);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_18_a_positive_antigen_test_asks_for_a_single_tube_and_confirms_nothing(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        await field.Send(new AntigenRead { Person = Field.Somebody(1), Result = "positive", KitLot = "L1" }, new AntigenRead { Person = Field.Somebody(2), Result = "negative" });
        Assert.Equal(1, Resamples(field));
        field.Clock.Advance(Minutes(30));
        var tube = field.At(Open("RSINGLE", 1));
        await field.Send(tube, field.At(Swab(tube.Id, 1)));
        Assert.Equal(0, Resamples(field));
        var evidence = field.Store.Read(s => s.One<string>("SELECT evidence_kind FROM duty WHERE kind = 5 AND state = 1"));
        Assert.Equal("registration", evidence);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_41_a_wrong_clock_is_corrected_and_an_impossible_order_is_flagged(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("R41AA"));
        var skewed = field.Clock.GetUtcNow().AddDays(3);
        tube.OccurredAt = skewed;
        var swab = new SampleRegistered { Id = field.Id(), OccurredAt = skewed.AddMinutes(-5), Tube = tube.Id, Person = Field.Somebody(1), Specimen = "nasal" };
        var body = field.Body("report", field.Id(), tube, swab);
        var text = System.Text.Encoding.UTF8.GetString(body).Replace(
            System.Text.Json.JsonSerializer.Serialize(field.Clock.GetUtcNow()), System.Text.Json.JsonSerializer.Serialize(skewed), StringComparison.Ordinal);
        var receipt = (await field.SendRaw(System.Text.Encoding.UTF8.GetBytes(text))).Value;
        Assert.Equal(TimeSpan.FromDays(3).TotalMilliseconds, receipt.ClockOffsetMs);
        Assert.Equal(field.Clock.GetUtcNow(), field.Tube(tube.Id).OpenedAt);
        Assert.Contains("clock", receipt.Items[1].Flags!);
        Assert.Contains(field.Discrepancies(), d => d.Kind == DiscrepancyKinds.ImpossibleOrder);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_is_reported_of_a_tube_that_nobody_opened_is_kept_and_listed_until_the_opening_arrives(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("RLATE1"));
        await field.Send(field.At(Swab(tube.Id, 1), Minutes(1)), field.At(new TubeSealed { Tube = tube.Id }, Minutes(2)));
        Assert.Equal(DiscrepancyKinds.NeverOpened, Assert.Single(field.Discrepancies()).Kind);
        Assert.Equal("tube_unknown", (await field.Live(Swab(field.Id(), 1))).Items[0].Code);
        await field.Send(tube);
        Assert.Empty(field.Discrepancies());
        Assert.Equal((TubeState.Sealed, "RLATE1", 1), (field.Tube(tube.Id).State, field.Tube(tube.Id).Code, field.Tube(tube.Id).Count));
        var duties = field.Store.Read(s => s.Query<string>("SELECT evidence_kind FROM duty WHERE kind = 4 AND state = 1"));
        Assert.Equal(["explanation"], duties);
    }
}
