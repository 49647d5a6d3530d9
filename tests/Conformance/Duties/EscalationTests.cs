using Microsoft.Extensions.Logging.Abstractions;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Duties;

[Trait("area", "duties")]
public sealed class EscalationTests
{
    static readonly Guid Community = new(1, 0, 0, new byte[8]);
    static readonly Guid Street = new(2, 0, 0, new byte[8]);
    static readonly Guid City = new(4, 0, 0, new byte[8]);

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_is_overdue_moves_up_one_unit_at_a_time_and_stays_open(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema, DutiesModule.Schema);
        var now = clock.GetUtcNow();
        await test.Store.Write(new WriteScope(Actor.System, "000000", "220204"), s =>
        {
            Unit(s, Community, Street, UnitKind.Community, "220204001001");
            Unit(s, Street, null, UnitKind.StreetOffice, "220204001");
            Unit(s, City, null, UnitKind.Command, "2202");
            Ledger.Open(s, [New(1, DutyKind.TestInRound, now), New(2, DutyKind.HoldMember, now), New(3, DutyKind.TestInRound, now.AddHours(3)), New(4, DutyKind.TestInRound, now)]);
            Ledger.Done(s, [new DutyKey("220204", DutyKind.TestInRound, "b", Person(4))], new Ref("result", "x"));
            return Outcome.Done;
        });
        using var job = new EscalateOverdue(test.Store, new DutiesSettings(), NullLogger<EscalateOverdue>.Instance);
        Assert.Equal(0, await job.Once());
        clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(2, await job.Once());
        Assert.Equal(0, await job.Once());
        Assert.Equal([(Street, 1), (Street, 1), (Community, 0), (Community, 0)], Holders(test));
        Assert.Equal(2, test.Store.Read(s => DutyList.Page(s, new DutyFilter { Unit = Street }, clock.GetUtcNow()).Items.Count));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await job.Once());
        clock.Advance(TimeSpan.FromHours(30));
        // The first two go to the top and stay there; the third, whose deadline came later, makes all three steps at once.
        Assert.Equal(5, await job.Once());
        Assert.Equal([(City, 3), (City, 3), (City, 3), (Community, 0)], Holders(test));
        Assert.Equal(0, await job.Once());
        Assert.Equal((3L, 1L), test.Store.Read(s => (s.Scalar<long>("SELECT sum(open) FROM duty_count"), s.Scalar<long>("SELECT sum(done) FROM duty_count"))));
        Assert.Contains(test.Store.Read(s => TrailRow.Of(s, new Ref("ledger", "220204"))), t => t.Action == "escalate_duties");
    }

    static List<(Guid, int)> Holders(TestStore test) => test.Store.Read(s => s.Query<DutyLine>("SELECT * FROM duty ORDER BY subject_id"))
        .ConvertAll(d => (d.OwnerUnit, d.Escalation));

    static void Unit(WriteSession s, Guid id, Guid? parent, UnitKind kind, string territory) => s.Execute(
        "INSERT INTO org_unit (owner, id, parent, kind, name, territory, state) VALUES (@owner, @id, @parent, @kind, 'unit', @territory, 1)",
        new { owner = territory.Length < 6 ? "000000" : territory[..6], id, parent, kind = (short)kind, territory });

    static NewDuty New(int n, DutyKind kind, DateTimeOffset due) => new()
    {
        Owner = "220204",
        Kind = kind,
        Subject = Person(n),
        Basis = new Ref("fact", "b"),
        Area = "220204001001.c1",
        OwnerUnit = new UnitId(Community),
        DueAt = due,
    };

    static Guid Person(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]);
}
