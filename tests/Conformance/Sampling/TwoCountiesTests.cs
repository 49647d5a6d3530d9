using Microsoft.Extensions.Logging.Abstractions;
using Qipan.Contracts;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Sampling;

/// <summary>What one county's devices do that another county has to know.</summary>
[Trait("area", "sampling")]
public sealed class TwoCountiesTests
{
    const string Neighbour = "220202";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_02_one_code_in_two_counties_is_on_the_list_of_both_whoever_comes_first(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var there = await Device(field);
        var (here, other, alone) = (Open("RSHARED1"), Open("RSHARED1"), Open("RALONE01"));
        await field.Send(here, alone);
        Assert.Equal(["code_in_two_counties"], (await field.TrySend("report", there, other)).Value.Items[0].Flags ?? []);
        await Hear(field);
        Assert.Equal([(here.Id, "code_in_two_counties")], Open(field, Field.County));
        Assert.Equal([(other.Id, "code_in_two_counties")], Open(field, Neighbour));
        Assert.Equal(2, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 4 AND state = 0 AND note = 'code_in_two_counties'")));

        // Sent again, sealed, heard again: nothing more. A void tube shares no code.
        await field.TrySend("report", there, other);
        await field.Send(field.At(new TubeSealed { Tube = here.Id }));
        await Hear(field);
        Assert.Single(Open(field, Field.County));
        Assert.Single(Open(field, Neighbour));
        var thrown = field.At(Open("RALONE01"));
        await field.TrySend("report", there, thrown, field.At(new TubeVoided { Tube = thrown.Id, Reason = "wrong label" }));
        await Hear(field);
        Assert.Single(Open(field, Field.County));
        Assert.Empty(field.Differences());
    }

    [Fact]
    public async Task A_hand_over_whose_signature_is_none_is_refused()
    {
        await using var field = await Field.Open(StoreKind.Sqlite);
        var box = field.At(new BoxOpened { Code = "BSIGN01", Capacity = 4 });
        await field.Send(box);
        foreach (var wrong in new[] { "x", "staff:00000001", "staff:00000001:", "staff:00000001: ", "nobody:1:2", ":", "device:", "staff:0001:a\nb" })
        {
            var receipt = await field.Send(field.At(new BoxHandedOver { Box = box.Id, ToHolder = "staff:00000001", ToSignature = wrong }));
            Assert.Equal(("refused", "fact_field_invalid"), (receipt.Items[0].Verdict, receipt.Items[0].Code));
        }
        Assert.Equal("accepted", (await field.Send(field.At(new BoxHandedOver { Box = box.Id, ToHolder = "staff:00000001", ToSignature = "staff:00000001:9f" }))).Items[0].Verdict);
    }

    static TubeOpened Open(string code) => new() { Code = code, TubeKind = 10 };

    static List<(Guid, string)> Open(Field field, string county) =>
        [.. field.Store.Read(s => Discrepancies.OpenPage(s, county, null, null, 200)).Where(d => d.Kind == DiscrepancyKinds.CodeInTwoCounties).Select(d => (d.SubjectId, d.Kind))];

    static async Task<Caller> Device(Field field)
    {
        var boss = Field.Boss with { Grants = [new Grant(Role.Administrator, Neighbour)] };
        var made = await new RegisterDeviceHandler(field.Store).Handle(boss,
            new RegisterDevice("desk there", DeviceKind.Phone, new UnitId(Guid.Empty), Neighbour + "001001", Role.Sampler));
        return field.Devices.CallerOf(made.Value.Token)!;
    }

    static Task<int> Hear(Field field) =>
        new OutboxDispatcher(field.Store, [new HearOfSharedCodes(new SamplingSettings())], NullLogger<OutboxDispatcher>.Instance).DispatchOnce();
}
