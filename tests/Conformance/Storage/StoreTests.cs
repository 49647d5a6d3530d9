using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Storage;

[Trait("area", "storage")]
public sealed class StoreTests
{
    const string County = "220204";

    static readonly WriteScope Scope = new(Actor.System, County);

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_was_acknowledged_is_there_after_reopening(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock);
        var subject = new Ref("tube", Uuid7.New(clock));
        var outcome = await test.Store.Write(Scope, session =>
        {
            session.Trail(County, "seal_tube", subject, protocol: "CN-COVID-8@1", detail: new { seal = "S1" });
            return (Outcome<int>)7;
        });
        Assert.Equal(7, outcome.Value);

        await using var again = await Stores.Open(test.Settings, clock);
        var row = Assert.Single(again.Read(session => TrailRow.Of(session, subject)));
        Assert.Equal(("seal_tube", "system", clock.GetUtcNow(), "CN-COVID-8@1"), (row.Action, row.Actor, row.At, row.Protocol));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_refused_unit_and_a_broken_unit_leave_nothing_and_harm_nobody(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        var good = new Ref("tube", "good");
        var bad = new Ref("tube", "bad");
        var writes = Enumerable.Range(0, 60).Select(i => test.Store.Write(Scope, session =>
        {
            session.Trail(County, "try", i % 3 == 0 ? good : bad);
            return (i % 3) switch
            {
                0 => (Outcome<int>)i,
                1 => new Refusal("no", RefusalKind.Conflict, "No.", "否。"),
                _ => throw new InvalidOperationException("broken on purpose"),
            };
        })).ToList();
        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 3 == 2)
                await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i]);
            else
                Assert.Equal(i % 3 == 0, (await writes[i]).Ok);
        }
        Assert.Equal((20, 0), test.Store.Read(s => (TrailRow.Of(s, good).Count, TrailRow.Of(s, bad).Count)));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Units_that_are_seldom_taken_back_are_taken_back_all_the_same_and_harm_nobody(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        using var gate = new ManualResetEventSlim();
        var subjects = Enumerable.Range(0, 60).Select(i => new Ref("tube", $"t{i}")).ToList();
        // Held at the first, so that the others wait together and share a group.
        var first = test.Store.Write(Scope, s =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return Outcome.Done;
        });
        var writes = subjects.Select((subject, i) => test.Store.Write(Scope with { SeldomTakenBack = i != 50 }, session =>
        {
            if (i != 7)
                session.Trail(County, "try", subject);
            return i switch
            {
                7 or 30 or 55 => (Outcome<int>)new Refusal("no", RefusalKind.Conflict, "No.", "否。"),
                20 or 50 => throw new InvalidOperationException("broken on purpose"),
                _ => i,
            };
        })).ToList();
        gate.Set();
        await first;
        for (var i = 0; i < writes.Count; i++)
        {
            if (i is 20 or 50)
                await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i]);
            else
                Assert.Equal(i is not (7 or 30 or 55), (await writes[i]).Ok);
        }
        int[] none = [7, 20, 30, 50, 55];
        Assert.All(subjects.Index(), s => Assert.Equal(none.Contains(s.Index) ? 0 : 1, test.Store.Read(r => TrailRow.Of(r, s.Item).Count)));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Large_units_among_others_are_taken_back_alone(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        using var gate = new ManualResetEventSlim();
        // Held at the first, so that large and small ones wait behind it together.
        var first = test.Store.Write(Scope, s =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return Outcome.Done;
        });
        var subjects = Enumerable.Range(0, 60).Select(i => new Ref("tube", $"t{i}")).ToList();
        var writes = subjects.Select((subject, i) => test.Store.Write(Scope with { IsLarge = i % 4 != 0, SeldomTakenBack = i % 5 == 0 }, session =>
        {
            session.Trail(County, "try", subject);
            return (i % 3) switch
            {
                0 => (Outcome<int>)i,
                1 => new Refusal("no", RefusalKind.Conflict, "No.", "否。"),
                _ => throw new InvalidOperationException("broken on purpose"),
            };
        })).ToList();
        gate.Set();
        await first;
        for (var i = 0; i < writes.Count; i++)
        {
            if (i % 3 == 2)
                await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i]);
            else
                Assert.Equal(i % 3 == 0, (await writes[i]).Ok);
        }
        Assert.All(subjects.Index(), s => Assert.Equal(s.Index % 3 == 0 ? 1 : 0, test.Store.Read(r => TrailRow.Of(r, s.Item).Count)));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Rows_are_looked_up_key_by_key_and_while_others_are_read(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        var ids = Enumerable.Range(1, 6).Select(i => new Guid(i, 0, 0, new byte[8])).ToList();
        var table = new Table<Guid>("outbox", new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, i => i, Key: true),
            new("at", ColumnType.Big, _ => 1L), new("kind", ColumnType.Text, i => ids.IndexOf(i) < 4 ? "few" : "more"), new("body", ColumnType.Text, _ => "{}"),
            new("pending", ColumnType.Small, _ => false));
        await test.Store.Write(Scope, s => (Outcome<int>)s.Insert(table, ids));
        const string ById = "SELECT id FROM outbox WHERE owner = @County AND id = @key";
        Assert.Equal([ids[1], ids[4]], test.Store.Read(s => s.Each<Guid>(ById, [ids[4], Guid.Empty, ids[1], ids[4]], new { County })).Order());
        Assert.Equal(4, test.Store.Read(s => s.Each<Guid>("SELECT id FROM outbox WHERE kind = @key", ["few", "none"])).Count);
        Assert.Empty(test.Store.Read(s => s.Each<Guid>(ById, Array.Empty<Guid>(), new { County })));
        const string Touch = "UPDATE outbox SET at = @to WHERE owner = @County AND id = @key";
        Assert.Equal(2, (await test.Store.Write(Scope, s => (Outcome<int>)s.ExecuteEach(Touch, [ids[4], Guid.Empty, ids[1], ids[4]], new { County, to = 2L }))).Value);
        Assert.Equal([ids[1], ids[4]], test.Store.Read(s => s.Query<Guid>("SELECT id FROM outbox WHERE at = 2")).Order());
        if (kind == StoreKind.Sqlite)
            Assert.Equal(36, test.Store.Read(s => s.Stream<Guid>("SELECT id FROM outbox").Sum(_ => s.Stream<Guid>("SELECT id FROM outbox").Count())));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Writers_of_one_county_see_each_others_writes_and_lose_none(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (i, _) =>
        {
            string[] owners = (i % 4) switch { 0 => [County], 1 => ["220202"], 2 => [County, "220202"], _ => ["220202", County] };
            var outcome = await test.Store.Write(new WriteScope(Actor.System, owners), session =>
            {
                // Only the named counties are locked, so a unit writes only those.
                AccessLog.Record(session, i % 4 == 1 ? "220202" : County, Purpose.Testing, "view", new Ref("person", "p"), "name");
                return Outcome.Done;
            });
            Assert.True(outcome.Ok);
        });
        Assert.Empty(test.Store.Read(s => AccessLog.Verify(s).ToList()));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_changed_or_removed_access_row_shows(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        for (var i = 0; i < 5; i++)
            await test.Store.Write(Scope, s => (Outcome<Disclosure>)AccessLog.Record(s, County, Purpose.Care, "view", new Ref("person", "p"), "name"));
        await test.Store.Write(Scope, s => (Outcome<int>)s.Execute("UPDATE access_log SET purpose = 5 WHERE seq = 2"));
        await test.Store.Write(Scope, s => (Outcome<int>)s.Execute("DELETE FROM access_log WHERE seq = 4"));
        var found = test.Store.Read(s => AccessLog.Verify(s).ToList());
        Assert.Contains(found, f => f.Contains("row 2 was changed", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains("row 4 is missing", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Bulk_inserts_skip_or_fail_on_rows_that_are_there_and_updates_set_what_is_no_key(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        var table = new Table<(Guid Id, string Kind)>("outbox",
            new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, r => r.Id, Key: true),
            new("at", ColumnType.Big, _ => 1L), new("kind", ColumnType.Text, r => r.Kind), new("body", ColumnType.Text, _ => "{}"),
            new("pending", ColumnType.Small, _ => false));
        var rows = Enumerable.Range(0, 1500).Select(i => (Id: new Guid(i, 0, 0, new byte[8]), Kind: "k" + i)).ToList();
        Assert.Equal(700, (await test.Store.Write(Scope, s => (Outcome<int>)s.Insert(table, rows[..700]))).Value);
        Assert.Equal(800, (await test.Store.Write(Scope, s => (Outcome<int>)s.Insert(table, rows, IfThere.Skip))).Value);
        await Assert.ThrowsAnyAsync<Exception>(() => test.Store.Write(Scope, s => (Outcome<int>)s.Insert(table, rows[..3])));
        Assert.Equal(2, (await test.Store.Write(Scope, s => (Outcome<int>)s.Update(table, [(rows[3].Id, "new"), (rows[4].Id, "new")]))).Value);
        Assert.Equal(["k2", "new", "new"], test.Store.Read(s => s.Query<string>(
            $"SELECT kind FROM outbox WHERE id {s.InIds("ids")} ORDER BY id", new { ids = s.Keys(rows[2..5].Select(r => r.Id)) })));
        Assert.Equal(2, test.Store.Read(s => s.Scalar<int>(
            $"SELECT count(*) FROM outbox WHERE kind {s.In("kinds")}", new { kinds = s.Keys(["k7", "k9", "no'such"]) })));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_row_reads_back_as_it_was_written(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        var id = PersonId.Of(new Guid("0190a3b4-c5d6-7e8f-9012-3456789abcde"));
        var row = test.Store.Read(s => s.One<Sample>(
            s.Kind == StoreKind.Sqlite
                ? "SELECT @id AS person, @at AS at, @day AS day, 2 AS purpose, NULL AS none, 1 AS flag"
                : "SELECT @id AS person, @at AS at, @day AS day, 2::smallint AS purpose, NULL::uuid AS none, 1::smallint AS flag",
            new { id, at = new DateTimeOffset(2022, 6, 28, 0, 0, 0, TimeSpan.FromHours(8)), day = new DateOnly(2024, 2, 29) }))!;
        Assert.Equal(id, row.Person);
        Assert.Equal(new DateTimeOffset(2022, 6, 27, 16, 0, 0, TimeSpan.Zero), row.At);
        Assert.Equal(new DateOnly(2024, 2, 29), row.Day);
        Assert.Equal(Purpose.Testing, row.Purpose);
        Assert.Null(row.None);
        Assert.True(row.Flag);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Over_its_capacity_the_store_says_when_to_come_back_and_drops_nothing(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock());
        var settings = test.Settings with { WaitingWrites = 2, PostgresWriters = 1 };
        await using var small = await Stores.Open(settings, new FakeClock());
        using var gate = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        var first = small.Write(Scope, s =>
        {
            running.Set();
            gate.Wait(TestContext.Current.CancellationToken);
            return (Outcome<int>)0;
        });
        running.Wait(TestContext.Current.CancellationToken);
        var later = Enumerable.Range(1, 10).Select(i => small.Write(Scope, _ => (Outcome<int>)i)).ToList();
        gate.Set();
        var outcomes = await Task.WhenAll(later.Append(first));
        Assert.Equal(3, outcomes.Count(o => o.Ok));
        Assert.All(outcomes.Where(o => !o.Ok), o => Assert.Equal(("store_busy", 1), (o.Refusal!.Code, o.Refusal.RetryAfterSeconds)));
    }

    sealed class Sample
    {
        public PersonId Person { get; init; }

        public DateTimeOffset At { get; init; }

        public DateOnly Day { get; init; }

        public Purpose Purpose { get; init; }

        public Guid? None { get; init; }

        public bool Flag { get; init; }
    }
}
