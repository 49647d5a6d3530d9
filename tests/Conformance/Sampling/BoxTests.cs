using Qipan.Contracts;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Sampling;

[Trait("area", "sampling")]
public sealed class BoxTests
{
    static readonly Guid Lab = new("01900000-0000-7000-8000-0000000001ab");

    /// <summary>A box with so many tubes of two, on its way; one more tube sealed and in no box.</summary>
    static async Task<(Guid Box, List<TubeOpened> Tubes)> Sent(Field field, int tubes)
    {
        var at = field.Clock.GetUtcNow();
        T Next<T>(T fact)
            where T : WireFact
        {
            at = at.AddMinutes(1);
            fact.OccurredAt = at;
            return field.At(fact);
        }
        var log = new List<WireFact>();
        var box = Next(new BoxOpened { Code = "BOXA", Capacity = 20, Lab = Lab });
        log.Add(box);
        var opened = new List<TubeOpened>();
        for (var i = 0; i <= tubes; i++)
        {
            var tube = Next(new TubeOpened { Code = $"RB{i:000}", TubeKind = 10 });
            opened.Add(tube);
            log.Add(tube);
            for (var p = 0; p < 2; p++)
                log.Add(Next(new SampleRegistered { Tube = tube.Id, Person = Field.Somebody(i * 10 + p), Specimen = "nasal", Position = p + 1 }));
            log.Add(Next(new TubeSealed { Tube = tube.Id }));
            if (i < tubes)
                log.Add(Next(new TubeBoxed { Tube = tube.Id, Box = box.Id }));
        }
        log.Add(Next(new BoxClosed { Box = box.Id, Seal = "BS" }));
        log.Add(Next(new BoxHandedOver
        {
            Box = box.Id,
            FromHolder = field.Device.Actor.ToString(),
            FromSignature = field.Device.Actor + ":1",
            ToHolder = "staff:c0000001",
            ToSignature = "staff:c0000001:2",
        }));
        Assert.All((await field.Send([.. log])).Items, i => Assert.Equal("accepted", i.Verdict));
        field.Clock.Set(at.AddMinutes(30));
        return (box.Id, opened);
    }

    static async Task<BoxReception> Receive(Field field, Guid box, int unlabelled, params ScannedTube[] scanned) =>
        (await new ReceiveBoxHandler(field.Store, new SamplingSettings()).Handle(Field.Boss, new ReceiveBox(Field.County, new BoxId(box), Lab, scanned, unlabelled))).Value;

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_box_in_which_all_agrees_is_reconciled_and_its_duty_done(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var (box, tubes) = await Sent(field, 3);
        var reception = await Receive(field, box, 0, [.. tubes[..3].Select(t => new ScannedTube(t.Code.ToLowerInvariant()))]);
        Assert.Equal((BoxState.Reconciled, 3), (reception.State, reception.Received.Count));
        Assert.All(tubes[..3], t => Assert.Equal((TubeState.Received, (Guid?)Lab), (field.Tube(t.Id).State, field.Tube(t.Id).Lab)));
        Assert.Empty(field.Discrepancies());
        Assert.Equal(1, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 3 AND state = 1")));
        Assert.Equal(2, field.Store.Read(s => Custody.Of(s, Field.County, box)).Count(c => c.Complete));
        Assert.Empty(field.Differences());
        var again = await new ReceiveBoxHandler(field.Store, new SamplingSettings()).Handle(Field.Boss, new ReceiveBox(Field.County, new BoxId(box), Lab, [], 0));
        Assert.Equal("state_forbids", again.Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_04_what_is_missing_extra_leaking_or_unlabelled_is_listed_and_lost_members_are_sampled_again(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var (box, tubes) = await Sent(field, 4);
        var reception = await Receive(field, box, unlabelled: 1, new(tubes[0].Code), new(tubes[1].Code, RejectReason.Leaking), new(tubes[2].Code),
            new(tubes[4].Code), new("RNOBODY"));
        Assert.Equal(BoxState.Discrepancy, reception.State);
        Assert.Equal([tubes[3].Id], reception.Missing.Select(t => t.Value));
        Assert.Equal([tubes[4].Code, "RNOBODY"], reception.Extra);
        Assert.Equal((TubeState.Rejected, RejectReason.Leaking), (field.Tube(tubes[1].Id).State, field.Tube(tubes[1].Id).RejectReason));
        Assert.Equal((TubeState.InTransit, RejectReason.NotReceived), (field.Tube(tubes[3].Id).State, field.Tube(tubes[3].Id).RejectReason));
        Assert.Equal(TubeState.Received, field.Tube(tubes[4].Id).State);
        Assert.Equal(["tube_extra", "tube_extra", "tube_missing", "tube_rejected", "tube_unlabelled"], field.Discrepancies().Select(d => d.Kind).Order(StringComparer.Ordinal));
        Assert.Equal(4, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 5 AND state = 0")));
        Assert.Equal(5, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 4 AND state = 0")));

        var settle = new ResolveDiscrepancyHandler(field.Store);
        var extra = field.Discrepancies().First(d => d.Kind == DiscrepancyKinds.TubeExtra);
        Assert.Equal("resolution_missing", (await settle.Handle(Field.Boss, new ResolveDiscrepancy(Field.County, extra.Id, "found", " "))).Refusal?.Code);
        Assert.True((await settle.Handle(Field.Boss, new ResolveDiscrepancy(Field.County, extra.Id, "found", "put in late"))).Ok);
        Assert.Equal("discrepancy_closed", (await settle.Handle(Field.Boss, new ResolveDiscrepancy(Field.County, extra.Id, "found", "again"))).Refusal?.Code);
        Assert.Equal(4, field.Discrepancies().Count);
        Assert.Equal(1, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 4 AND state = 1")));
        Assert.Empty(field.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_04_a_sealed_tube_goes_from_a_full_box_into_a_new_one_and_the_move_stays_on_record(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var (small, big) = (field.At(new BoxOpened { Code = "SMALL", Capacity = 1 }), field.At(new BoxOpened { Code = "BIG1", Capacity = 5 }));
        await field.Live(small, big);
        var ids = new List<Guid>();
        foreach (var code in new[] { "RM01", "RM02" })
        {
            field.Clock.Advance(TimeSpan.FromMinutes(1));
            var tube = field.At(new TubeOpened { Code = code, TubeKind = 1 });
            ids.Add(tube.Id);
            await field.Live(tube, new SampleRegistered { Tube = tube.Id, Person = Field.Somebody(ids.Count), Specimen = "nasal" }, new TubeSealed { Tube = tube.Id });
        }
        field.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["accepted", "box_full"], (await field.Live(new TubeBoxed { Tube = ids[0], Box = small.Id }, new TubeBoxed { Tube = ids[1], Box = small.Id }))
            .Items.Select(i => i.Code ?? i.Verdict));
        field.Clock.Advance(TimeSpan.FromMinutes(1));
        await field.Live(new TubeBoxed { Tube = ids[0], Box = big.Id }, new TubeBoxed { Tube = ids[1], Box = small.Id });
        Assert.Equal((big.Id, small.Id), (field.Tube(ids[0]).Box!.Value.Value, field.Tube(ids[1]).Box!.Value.Value));
        Assert.Equal(2, field.Store.Read(s => TubeEvents.Of(s, Field.County, ids[0])).Count(e => e.ToState == TubeState.Boxed));
        Assert.Empty(field.Discrepancies());
    }
}
