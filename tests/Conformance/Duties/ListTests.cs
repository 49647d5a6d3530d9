using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Duties;

/// <summary>Counts and lists against what was opened, counted in memory.</summary>
[Trait("area", "duties")]
public sealed class ListTests
{
    static readonly Actor Officer = new(ActorKind.Staff, new Guid("0190a3b4-0000-7000-8000-00000000000a"));

    static readonly DateTimeOffset Start = new FakeClock().GetUtcNow();

    static readonly string[] Places =
    [
        "220202001001", "220202001001.c1.b1", "220202001001.c1.b1-2.u1", "220202001001.c1.b11", "220202001002.c1", "220204002001.c3.b2.u1.501", "2202", "220204",
    ];

    static readonly List<NewDuty> Opened = [.. Enumerable.Range(0, 400).Select(n => new NewDuty
    {
        Owner = PlaceCode.OwnerOf(Places[n % 8]),
        Kind = n % 5 == 0 ? DutyKind.HoldMember : DutyKind.TestInRound,
        Subject = Person(n),
        Basis = n % 5 == 0 ? new Ref("alert", "a" + n % 3) : new Ref("round", "r" + n % 2),
        Area = Places[n % 8],
        AgeBand = (AgeBand)(n % 6),
        OwnerUnit = new UnitId(Person(1000 + n % 4)),
        DueAt = Start.AddHours(n % 7 - 3),
    })];

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Counts_of_any_region_and_level_are_those_of_the_duties_in_it(StoreKind kind)
    {
        await using var test = await Filled(kind);
        foreach (var territory in new[] { "", "22", "2202", "220202", "220202001", "220202001001", "220202001001.c1", "220202001001.c1.b1" })
        {
            foreach (var level in new[] { PlaceLevel.Province, PlaceLevel.County, PlaceLevel.Community })
            {
                var length = level switch { PlaceLevel.Province => 2, PlaceLevel.County => 6, _ => 12 };
                var expected = Opened.Where(d => PlaceCode.Covers(territory, d.Area)).GroupBy(d => (d.Kind, Cut(d.Area, length), d.AgeBand))
                    .Select(g => $"{g.Key} {g.Count(d => !Waived(d))} {g.Count(Done)} {g.Count(d => Done(d) && Start.AddHours(1) > d.DueAt)} "
                        + $"{g.Count(IsOpen)} {g.Count(d => IsOpen(d) && d.DueAt < Start)} {g.Count(Waived)}").Order();
                var counted = test.Store.Read(s => DutyCounts.By(s, new DutyFilter { Territory = territory }, level, Start))
                    .Select(c => $"{(c.Kind, c.Area, c.AgeBand)} {c.Should} {c.Done} {c.DoneLate} {c.Open} {c.Late} {c.Waived}").Order();
                Assert.Equal(expected, counted);
            }
        }
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Pages_hold_every_duty_of_the_filter_once(StoreKind kind)
    {
        await using var test = await Filled(kind);
        var unit = Person(1001);
        Hold(test, new DutyFilter { Kind = DutyKind.TestInRound }, d => d.Kind == DutyKind.TestInRound && IsOpen(d));
        Hold(test, new DutyFilter { Kind = DutyKind.HoldMember }, d => d.Kind == DutyKind.HoldMember && IsOpen(d));
        Hold(test, new DutyFilter { Basis = "r1" }, d => d.Basis.Id == "r1" && IsOpen(d));
        Hold(test, new DutyFilter { Basis = "r1", Late = true }, d => d.Basis.Id == "r1" && IsOpen(d) && d.DueAt < Start);
        Hold(test, new DutyFilter { Basis = "r1", Unit = unit }, d => d.Basis.Id == "r1" && IsOpen(d) && d.OwnerUnit.Value == unit);
        Hold(test, new DutyFilter { Unit = unit }, d => d.Kind == DutyKind.HoldMember && IsOpen(d) && d.OwnerUnit.Value == unit);
        Hold(test, new DutyFilter { Late = true }, d => d.Kind == DutyKind.HoldMember && IsOpen(d) && d.DueAt < Start);
        Hold(test, new DutyFilter { State = DutyState.Waived }, Waived);
        Hold(test, new DutyFilter { State = DutyState.Done, Basis = "r0" }, d => Done(d) && d.Basis.Id == "r0");
        Hold(test, new DutyFilter { Subject = Person(7) }, d => d.Subject == Person(7));
        Hold(test, new DutyFilter { Territory = "220202001001.c1.b1", Kind = DutyKind.TestInRound },
            d => d.Area == "220202001001.c1.b1" && IsOpen(d) && d.Kind == DutyKind.TestInRound);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Who_is_missing_is_the_roster_less_the_done_and_the_waived_page_by_page(StoreKind kind)
    {
        await using var test = await Filled(kind);
        foreach (var (owner, area) in new[] { ("", ""), ("2202", ""), ("220202", ""), ("220202", "220202001001"), ("220202", "220202001001.c1.b1"), ("", "220204002001.c3") })
        {
            var expected = Opened.Where(d => d.Basis == new Ref("round", "r1") && IsOpen(d) && d.Area.StartsWith(owner) && PlaceCode.Covers(area, d.Area))
                .Select(d => d.Subject).Order().ToList();
            var found = new List<Guid>();
            string? after = null;
            do
            {
                var page = test.Store.Read(s => Missing.Of(s, owner, "r1", area, after, take: 7));
                Assert.Equal(expected.Count, page.Count);
                found.AddRange(page.Items.Select(i => i.Subject));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(expected, found.Order());
        }
        Assert.Equal(0, test.Store.Read(s => Missing.Of(s, "", "no such round").Count));
    }

    static void Hold(TestStore test, DutyFilter filter, Func<NewDuty, bool> holds)
    {
        var expected = Opened.Where(holds).Select(d => d.ToString()).Order().ToList();
        Assert.NotEmpty(expected);
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = test.Store.Read(s => DutyList.Page(s, filter, Start, after, take: 7));
            Assert.True(page.Items.Count <= 7);
            found.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(expected, found.Order());
    }

    static async Task<TestStore> Filled(StoreKind kind)
    {
        var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema, DutiesModule.Schema);
        var outcome = await test.Store.Write(new WriteScope(Officer, "000000", "220202", "220204"), s =>
        {
            Assert.Equal(Opened.Count, Ledger.Open(s, Opened));
            Ledger.Done(s, [.. Opened.Where(Done).Select(Key)], new Ref("result", "x"), Start.AddHours(1));
            foreach (var duty in Opened.Where(Waived))
                Assert.True(Ledger.Waive(s, Key(duty), "abroad").Ok);
            return Outcome.Done;
        });
        Assert.True(outcome.Ok);
        return test;
    }

    static DutyKey Key(NewDuty duty) => new(duty.Owner, duty.Kind, duty.Basis.Id, duty.Subject);

    static bool Done(NewDuty duty) => duty.Subject.ToByteArray()[0] % 3 == 0;

    static bool Waived(NewDuty duty) => duty.Subject.ToByteArray()[0] % 11 == 1 && !Done(duty);

    static bool IsOpen(NewDuty duty) => !Done(duty) && !Waived(duty);

    static string Cut(string code, int length) => code.Length <= length ? code : code[..length];

    static Guid Person(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]);
}
