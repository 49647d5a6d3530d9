using System.Text;
using System.Text.Json.Nodes;
using Qipan.Conformance.Sampling;
using Qipan.Contracts;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Intake;

[Trait("area", "intake")]
public sealed class BatchTests
{
    static TubeOpened Open(string code) => new() { Code = code, TubeKind = 10 };

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_same_batch_again_gets_the_same_receipt_and_changes_nothing(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("RSAME"));
        var body = field.Body("report", field.Id(), tube, Open("X"), tube);
        var first = (await field.SendRaw(body)).Value;
        Assert.Equal(["accepted", "refused", "already_had"], first.Items.Select(i => i.Verdict));
        var rows = field.Rows();
        field.Clock.Advance(TimeSpan.FromHours(2));
        var again = (await field.SendRaw(body)).Value;
        Assert.Equal((first.ReceivedAt, first.ClockOffsetMs, first.Hash), (again.ReceivedAt, again.ClockOffsetMs, again.Hash));
        Assert.Equal(first.Items.Select(i => (i.Id, i.Verdict, i.Code)), again.Items.Select(i => (i.Id, i.Verdict, i.Code)));
        Assert.Equal(rows, field.Rows());
        Assert.Equal(1, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM submission")));
        Assert.Empty(field.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_40_facts_that_arrive_two_days_late_count_at_their_own_time_and_are_flagged(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("ROLD1"));
        var happened = tube.OccurredAt;
        field.Clock.Advance(TimeSpan.FromDays(2));
        var receipt = await field.Send(tube);
        Assert.Equal(["late"], receipt.Items[0].Flags!);
        Assert.Equal(happened, field.Tube(tube.Id).OpenedAt);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_49_a_truncated_batch_is_refused_whole_by_count_and_by_hash(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        foreach (var damage in new Action<JsonObject>[]
        {
            batch => batch["facts"]!.AsArray().RemoveAt(1),
            batch => batch["rowCount"] = 3,
            batch => batch["hash"] = new string('0', 64),
            batch => batch["facts"]![0]!["id"] = field.Id().ToString(),
            batch => batch.Remove("rowCount"),
        })
        {
            var batch = JsonNode.Parse(field.Body("report", field.Id(), Open("RT001"), Open("RT002")))!.AsObject();
            damage(batch);
            Assert.Equal("batch_truncated", (await field.SendRaw(Encoding.UTF8.GetBytes(batch.ToJsonString()))).Refusal?.Code);
        }
        Assert.Equal(0, field.Store.Read(s => s.Scalar<long>("SELECT (SELECT count(*) FROM fact) + (SELECT count(*) FROM submission)")));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_is_no_batch_is_refused_and_says_where(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var good = field.Body("report", field.Id(), Open("RBAD1"));
        var text = Encoding.UTF8.GetString(good);
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        byte[][] bad =
        [
            [], "{"u8.ToArray(), "[]"u8.ToArray(), "null"u8.ToArray(), good[..^40], Encoding.Unicode.GetBytes(text),
            gb18030.GetBytes(text.Replace("RBAD1", "采样管")), [.. good, .. good], Encoding.UTF8.GetBytes(text.Replace("report", "perhaps")),
            Encoding.UTF8.GetBytes(text.Replace("\"facts\":[", "\"facts\":\"x\",\"y\":[")), Encoding.UTF8.GetBytes(new string('[', 100)),
        ];
        foreach (var body in bad)
            Assert.Equal("batch_unreadable", (await field.SendRaw(body)).Refusal?.Code);
        Assert.Contains("line 1", (await field.SendRaw(good[..^40])).Refusal!.Sentence);
        Assert.True((await field.SendRaw([.. Encoding.UTF8.Preamble, .. good])).Ok);
        Assert.Empty(field.Differences());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_wrong_fact_is_refused_by_itself_and_the_rest_goes_on(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("RGOOD"));
        WireFact[] facts = [tube, Open("!"), new SampleRegistered { Tube = tube.Id }, new TubeSealed(), new AntigenRead { Result = "maybe" }, Open("RFIN1")];
        var batch = JsonNode.Parse(field.Body("report", field.Id(), facts))!.AsObject();
        var odd = batch["facts"]!.AsArray();
        odd[5]!["kind"] = "tube_eaten";
        odd.Add(JsonNode.Parse($$"""{"id":"{{field.Id()}}","kind":"tube_opened","occurredAt":"yesterday"}"""));
        odd.Add(JsonNode.Parse("""{"id":"=cmd()","kind":"tube_opened"}"""));
        odd.Add(JsonNode.Parse("7"));
        odd.Add(JsonNode.Parse($$"""{"id":"{{field.Id()}}","kind":"tube_opened","occurredAt":"2022-03-21T09:00:00+08:00","code":{"a":[1,2]},"tubeKind":10}"""));
        odd.Add(JsonNode.Parse("""{"id":"half","kind":"tube_opened"}"""));
        batch["rowCount"] = odd.Count;
        var ids = odd.Select(f => f is JsonObject o && o["id"]?.GetValue<string>() is { } id && id != "half" ? id : "");
        batch["hash"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ids))));
        // Half of a surrogate pair is no text.
        var text = batch.ToJsonString().Replace("\"half\"", "\"\\ud800\"", StringComparison.Ordinal);
        var receipt = (await field.SendRaw(Encoding.UTF8.GetBytes(text))).Value;
        Assert.Equal(["accepted", "fact_field_invalid", "fact_field_invalid", "fact_field_invalid", "fact_field_invalid", "fact_kind_unknown",
            "fact_time_missing", "fact_id_invalid", "fact_id_invalid", "fact_field_invalid", "fact_id_invalid"], receipt.Items.Select(i => i.Code ?? i.Verdict));
        Assert.Equal(1, field.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM tube")));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_revoked_device_sends_nothing_from_then_on_and_its_token_is_nowhere(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var registered = (await new RegisterDeviceHandler(field.Store).Handle(Field.Boss,
            new RegisterDevice("desk 9", DeviceKind.Tablet, new UnitId(Guid.Empty), Field.Community, Role.Sampler))).Value;
        var caller = field.Devices.CallerOf(registered.Token)!;
        Assert.True((await field.TrySend("report", caller, Open("RREV1"))).Ok);
        Assert.Null(field.Devices.CallerOf(registered.Token + "x"));
        Assert.True((await new RevokeDeviceHandler(field.Store, field.Devices).Handle(Field.Boss, Field.County, new RevokeDevice(registered.Id, "lost"))).Ok);
        Assert.Null(field.Devices.CallerOf(registered.Token));
        Assert.Equal("device_revoked", (await field.TrySend("report", caller, Open("RREV2"))).Refusal?.Code);
        var stored = field.Store.Read(s => s.Query<dynamic>("SELECT * FROM device").Select(r => string.Join(' ', ((IDictionary<string, object>)r).Values)).ToList());
        Assert.DoesNotContain(stored, row => row.Contains(registered.Token[3..], StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Another_node_sees_a_revocation_within_a_second(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var token = (await new RegisterDeviceHandler(field.Store).Handle(Field.Boss,
            new RegisterDevice("desk 9", DeviceKind.Tablet, new UnitId(Guid.Empty), Field.Community, Role.Sampler))).Value;
        Assert.NotNull(field.Devices.Authenticate(token.Token));
        await new RevokeDeviceHandler(field.Store, new Devices(field.Store, field.Clock)).Handle(Field.Boss, Field.County, new RevokeDevice(token.Id, "lost"));
        field.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(field.Devices.Authenticate(token.Token));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_batch_id_with_other_content_or_from_another_device_is_refused(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var id = field.Id();
        var body = field.Body("report", id, Open("RONE1"));
        Assert.True((await field.SendRaw(body)).Ok);
        Assert.Equal("batch_changed", (await field.SendRaw(field.Body("report", id, Open("RTWO1")))).Refusal?.Code);
        Assert.Equal("batch_changed", (await field.SendRaw(body, await field.AnotherDevice())).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_fact_that_was_refused_live_stays_refused_when_it_is_sent_again(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var swab = field.At(new SampleRegistered { Tube = field.Id(), Person = Field.Somebody(1) });
        Assert.Equal("tube_unknown", (await field.Live(swab)).Items[0].Code);
        Assert.Equal(("refused", "tube_unknown"), (await field.Send(swab)).Items.Select(i => (i.Verdict, i.Code!)).Single());
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_clock_offset_is_measured_at_every_sync_and_a_slow_network_does_not_move_it(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        async Task<long> Sync(TimeSpan ahead)
        {
            var batch = JsonNode.Parse(field.Body("report", field.Id()))!.AsObject();
            batch["sentAt"] = field.Clock.GetUtcNow() + ahead;
            return (await field.SendRaw(Encoding.UTF8.GetBytes(batch.ToJsonString()))).Value.ClockOffsetMs;
        }
        Assert.Equal(0, await Sync(TimeSpan.FromSeconds(-20)));
        Assert.Equal(-60_000, await Sync(TimeSpan.FromMinutes(-1)));
        Assert.Equal(-60_000, await Sync(TimeSpan.FromSeconds(-83)));
        Assert.Equal(0, await Sync(TimeSpan.Zero));
        Assert.Equal(0, await Sync(TimeSpan.FromSeconds(4)));
        Assert.Equal(6_000, await Sync(TimeSpan.FromSeconds(6)));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_50_over_capacity_a_batch_is_pushed_back_with_a_time_and_taken_when_it_comes_again(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        using var gate = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        var waiting = new List<Task> { field.Store.Write(new WriteScope(Actor.System, Field.County), _ =>
        {
            running.Set();
            gate.Wait(TestContext.Current.CancellationToken);
            return Outcome.Done;
        }) };
        running.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < new StorageSettings().WaitingWrites; i++)
            waiting.Add(field.Store.Write(new WriteScope(Actor.System, Field.County), _ => Outcome.Done));
        var body = field.Body("report", field.Id(), Open("RBUSY"));
        var pushed = (await field.SendRaw(body)).Refusal;
        Assert.Equal((RefusalKind.Busy, 1), (pushed?.Kind, pushed?.RetryAfterSeconds));
        gate.Set();
        await Task.WhenAll(waiting);
        Assert.Equal("accepted", (await field.SendRaw(body)).Value.Items[0].Verdict);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_trail_leads_from_a_registration_over_its_tube_and_batch_to_the_device(StoreKind kind)
    {
        await using var field = await Field.Open(kind);
        var tube = field.At(Open("RTRAIL"));
        var swab = field.At(new SampleRegistered { Tube = tube.Id, Person = Field.Somebody(1), Specimen = "nasal" });
        await field.Send(tube, swab);
        ITrailSource[] sources = [new IntakeTrail(), new Qipan.Sampling.SamplingTrail()];
        var seen = new List<string>();
        var open = new Queue<Ref>([new Ref("registration", swab.Id)]);
        while (open.TryDequeue(out var at))
        {
            var node = field.Store.Read(s => sources.Single(x => x.Kinds.Contains(at.Kind)).Explain(s, at))!;
            seen.Add(at.Kind);
            foreach (var under in node.Under)
                open.Enqueue(under);
        }
        Assert.Equal(["registration", "tube", "fact", "fact", "submission", "submission", "device", "device"], seen);
        var sent = field.Store.Read(s => IntakeTrail.AsSent(s, Field.Keys, Field.County, swab.Id))!.Value;
        Assert.Equal("nasal", sent.GetProperty("specimen").GetString());
    }
}
