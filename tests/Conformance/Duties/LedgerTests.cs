using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Duties;

[Trait("area", "duties")]
public sealed class LedgerTests
{
    const string County = "220204";

    static readonly Actor Officer = new(ActorKind.Staff, new Guid("0190a3b4-0000-7000-8000-00000000000a"));

    static readonly Ref Round = new("round", new Guid("0190a3b4-0000-7000-8000-0000000000aa"));

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_duty_is_opened_once_and_ends_by_evidence(StoreKind kind)
    {
        await using var test = await Open(kind);
        Assert.Equal(3, await Write(test, s => Ledger.Open(s, [New(1), New(2), New(3), New(3)])));
        Assert.Equal(1, await Write(test, s => Ledger.Open(s, [New(1), New(4)])));
        Assert.Equal(1, await Write(test, s => Ledger.Done(s, [Key(1), Key(1), Key(99)], Evidence(1))));
        Assert.Equal(0, await Write(test, s => Ledger.Done(s, [Key(1)], Evidence(1))));
        Assert.Equal(0, await Write(test, s => Ledger.Open(s, [New(1)])));
        Assert.Equal("done result/1", State(test, 1));
        Assert.Equal("open", State(test, 2));
        Assert.Equal((3, 1), (Count(test, "open"), Count(test, "done")));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_fallen_evidence_had_ended_is_open_again_unless_other_evidence_stands(StoreKind kind)
    {
        await using var test = await Open(kind);
        await Write(test, s => Ledger.Open(s, [New(1), New(2), New(3)]));
        await Write(test, s => Ledger.Done(s, [Key(1), Key(2)], Evidence(1)));
        await Write(test, s => Ledger.Done(s, [Key(2), Key(3)], Evidence(2)));
        Assert.Equal(1, await Write(test, s => Ledger.EvidenceFell(s, County, Evidence(1))));
        Assert.Equal(("open", "done result/2", "done result/2"), (State(test, 1), State(test, 2), State(test, 3)));
        Assert.Equal(0, await Write(test, s => Ledger.EvidenceFell(s, County, Evidence(1))));
        Assert.Equal(0, await Write(test, s => Ledger.Done(s, [Key(1)], Evidence(1))));
        Assert.Equal((1, 2), (Count(test, "open"), Count(test, "done")));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_duty_is_waived_only_with_a_reason_and_a_name(StoreKind kind)
    {
        await using var test = await Open(kind);
        await Write(test, s => Ledger.Open(s, [New(1), New(2)]));
        await Write(test, s => Ledger.Done(s, [Key(2)], Evidence(1)));
        Assert.Equal("reason_missing", await Refused(test, Officer, s => Ledger.Waive(s, Key(1), "  ")));
        Assert.Equal("name_missing", await Refused(test, Actor.System, s => Ledger.Waive(s, Key(1), "bedridden")));
        Assert.Equal("duty_unknown", await Refused(test, Officer, s => Ledger.Waive(s, Key(9), "bedridden")));
        Assert.Equal("state_forbids", await Refused(test, Officer, s => Ledger.Waive(s, Key(2), "bedridden")));
        Assert.Equal("open", State(test, 1));
        Assert.Equal("", await Refused(test, Officer, s => Ledger.Waive(s, Key(1), "bedridden")));
        Assert.Equal("waived bedridden", State(test, 1));
        Assert.Equal((0, 1, 1), (Count(test, "open"), Count(test, "done"), Count(test, "waived")));
        Assert.Equal(0, await Write(test, s => Ledger.Done(s, [Key(1)], Evidence(2))));
        Assert.Equal("waived bedridden", State(test, 1));
        Assert.Equal("", await Refused(test, Officer, s => Ledger.Reinstate(s, Key(1), "is up again")));
        Assert.Equal("done result/2", State(test, 1));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_basis_that_falls_withdraws_exactly_its_duties_and_opens_no_more(StoreKind kind)
    {
        await using var test = await Open(kind);
        var other = new Ref("round", "other");
        await Write(test, s => Ledger.Open(s, [New(1), New(2), New(1, other), New(3, DutyKind.HoldMember)]));
        await Write(test, s => Ledger.Done(s, [Key(2)], Evidence(1)));
        Assert.Equal(3, await Write(test, s => Ledger.Withdraw(s, County, Round, "cancelled").Value));
        Assert.Equal(0, await Write(test, s => Ledger.Withdraw(s, County, Round, "cancelled").Value));
        Assert.Equal(0, await Write(test, s => Ledger.Open(s, [New(1), New(7)])));
        Assert.Equal((1, 0, 3), (Count(test, "open"), Count(test, "done"), Count(test, "withdrawn")));
        Assert.Equal("basis_fell", await Refused(test, Officer, s => Ledger.Reinstate(s, Key(1), "no")));
    }

    static async Task<TestStore> Open(StoreKind kind) => await TestStores.Open(kind, new FakeClock(), DutiesModule.Schema);

    static async Task<T> Write<T>(TestStore test, Func<WriteSession, T> work) =>
        (await test.Store.Write(new WriteScope(Officer, County), s => Outcome.Of(work(s)))).Value;

    static async Task<string> Refused(TestStore test, Actor actor, Func<WriteSession, Outcome<Done>> work) =>
        (await test.Store.Write(new WriteScope(actor, County), work)).Refusal?.Code ?? "";

    static Guid Person(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    static Ref Evidence(int n) => new("result", n.ToString());

    static DutyKey Key(int n) => new(County, DutyKind.TestInRound, Round.Id, Person(n));

    static NewDuty New(int n, DutyKind kind = DutyKind.TestInRound) => New(n, Round, kind);

    static NewDuty New(int n, Ref basis, DutyKind kind = DutyKind.TestInRound) => new()
    {
        Owner = County,
        Kind = kind,
        Subject = Person(n),
        Basis = basis,
        Area = "220204001001.c03",
        OwnerUnit = new UnitId(Person(1000)),
        DueAt = new FakeClock().GetUtcNow().AddDays(1),
    };

    static long Count(TestStore test, string column) =>
        test.Store.Read(s => s.Scalar<long>($"SELECT sum({column}) FROM duty_count"));

    static string State(TestStore test, int n) => test.Store.Read(s => s.One<string>("""
        SELECT CASE state WHEN 0 THEN 'open' WHEN 1 THEN 'done ' || evidence_kind || '/' || evidence_id
          WHEN 2 THEN 'waived ' || reason ELSE 'withdrawn ' || reason END
        FROM duty WHERE subject_id = @person AND basis_id = @Id
        """, new { person = Person(n), Round.Id }))!;
}
