using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Duties;

/// <summary>The detector is proved: each way to break the ledger by hand is found and named.</summary>
[Trait("area", "duties")]
public sealed class VerifyTests
{
    static readonly Actor Officer = new(ActorKind.Staff, new Guid("0190a3b4-0000-7000-8000-00000000000a"));

    [Theory]
    [InlineData("UPDATE duty_count SET open = open + 1 WHERE kind = 1", "the ledger does not say so")]
    [InlineData("DELETE FROM duty_count", "duty_count lacks")]
    [InlineData("DELETE FROM duty WHERE state = 0", "the ledger does not say so")]
    [InlineData("UPDATE duty SET evidence_id = NULL WHERE state = 1", "is done without evidence")]
    [InlineData("UPDATE duty SET evidence_id = 'gone' WHERE state = 1", "the evidence result/gone has ended duties and does not stand")]
    [InlineData("UPDATE duty SET evidence_kind = 'rumour' WHERE state = 1", "evidence of the kind rumour is known to no module")]
    [InlineData("UPDATE duty SET reason = ' ' WHERE state = 2", "is waived without a reason or a name")]
    [InlineData("UPDATE duty SET ended_by = 'system' WHERE state = 2", "is waived without a reason or a name")]
    [InlineData("UPDATE duty SET reason = NULL WHERE state = 3", "is withdrawn without a reason")]
    [InlineData("UPDATE duty SET reason = 'x' WHERE state = 0", "is open and has an end")]
    [InlineData("UPDATE duty SET state = 0, ended_at = NULL, ended_by = NULL, reason = NULL WHERE state = 3", "stands on a basis that fell")]
    [InlineData("INSERT INTO duty_fallen (owner, role, fact_kind, fact_id, at, actor) VALUES ('220204', 2, 'result', 'good', 0, 'system')", "by evidence that fell")]
    [InlineData("INSERT INTO duty_evidence SELECT owner, kind, basis_id, subject_id, 'result', 'good', 0, 1 FROM duty WHERE state = 0", "is open while evidence for it stands")]
    public async Task Each_way_to_break_the_ledger_is_found(string damage, string found)
    {
        foreach (var kind in new[] { StoreKind.Sqlite, StoreKind.Postgres })
        {
            if (kind == StoreKind.Postgres && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("QIPAN_TEST_POSTGRES")) && Environment.GetEnvironmentVariable("CI") != "true")
                continue;
            await using var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema, DutiesModule.Schema);
            await test.Store.Write(new WriteScope(Officer, "220204"), Fill);
            var tally = new Tally();
            Assert.Empty(test.Store.Read(s => new VerifyLedger([new Results()]).Verify(s, tally).ToList()));
            Assert.Equal(4, tally.Counts.First(c => c.Key == "duties").Value);
            await test.Store.Write(new WriteScope(Officer, "220204"), s => Outcome.Of(s.Execute(damage)));
            Assert.Contains(test.Store.Read(s => new VerifyLedger([new Results()]).Verify(s, new Tally()).ToList()), d => d.Contains(found));
        }
    }

    static Outcome<Done> Fill(WriteSession s)
    {
        Ledger.Open(s, [New(1, "a"), New(2, "a"), New(3, "a"), New(4, "b")]);
        Ledger.Done(s, [new DutyKey("220204", DutyKind.TestInRound, "a", Person(1))], new Ref("result", "good"));
        Assert.True(Ledger.Waive(s, new DutyKey("220204", DutyKind.TestInRound, "a", Person(2)), "abroad").Ok);
        Assert.Equal(1, Ledger.Withdraw(s, "220204", new Ref("round", "b"), "cancelled").Value);
        return Done.Value;
    }

    static NewDuty New(int n, string basis) => new()
    {
        Owner = "220204",
        Kind = DutyKind.TestInRound,
        Subject = Person(n),
        Basis = new Ref("round", basis),
        Area = "220204001001",
        OwnerUnit = new UnitId(Person(9)),
        DueAt = new FakeClock().GetUtcNow(),
    };

    static Guid Person(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]);

    sealed class Results : IEvidenceCheck
    {
        public IReadOnlyList<string> Kinds { get; } = ["result"];

        public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids) => [.. ids.Where(id => id != "good")];
    }
}
