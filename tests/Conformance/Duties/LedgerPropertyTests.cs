using FsCheck;
using FsCheck.Fluent;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;
using Outcome = Qipan.Kernel.Outcome;

namespace Qipan.Conformance.Duties;

/// <summary>What the ledger promises, over random histories and against a plain model (issue: Duties; INV-10, INV-15, INV-40).</summary>
[Trait("area", "duties")]
public sealed class LedgerPropertyTests
{
    static readonly Actor Officer = new(ActorKind.Staff, new Guid("0190a3b4-0000-7000-8000-00000000000a"));

    static int histories;

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task No_duty_vanishes_and_each_is_as_the_model_says(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        var before = Rows(session, history);
        var difference = history.Act(session, draw);
        var after = Rows(session, history);
        if (difference.Length > 0)
            return difference;
        if (before.Keys.Except(after.Keys).Any())
            return "a duty vanished";
        var model = history.Model.Duties.ToDictionary(d => d.Key, d => d.Value.ToString());
        return Same(model, after.ToDictionary(r => r.Key, r => Told(r.Value)));
    });

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task None_ends_without_evidence_or_a_reason_and_a_name(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        history.Act(session, draw);
        return string.Join("; ", Rows(session, history).Values.Select(line => line.State switch
        {
            DutyState.Open => line.EndedAt is null && line.EvidenceId is null && line.Reason is null && line.EndedBy is null ? "" : $"{line.Id} is open and ended",
            DutyState.Done => line is { EvidenceId.Length: > 0, EvidenceKind.Length: > 0, EndedAt: not null, EndedBy.Length: > 0 } ? "" : $"{line.Id} lacks evidence",
            DutyState.Waived => !string.IsNullOrWhiteSpace(line.Reason) && line.EndedBy == Officer.ToString() ? "" : $"{line.Id} lacks reason or name",
            DutyState.Withdrawn => !string.IsNullOrWhiteSpace(line.Reason) && line.EndedBy is not null ? "" : $"{line.Id} lacks a reason",
            _ => "unknown state",
        }).Where(wrong => wrong.Length > 0));
    });

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task Withdrawing_a_basis_withdraws_exactly_its_duties(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        history.Act(session, draw);
        if (draw.Op % 3 != 0)
            return "";
        var owner = LedgerHistory.Counties[draw.A % 2];
        var basis = new Ref("round", history.Bases.ElementAt(draw.B % 2));
        if (history.Model.FallenBases.Contains((owner, basis)))
            return "";
        var before = Rows(session, history);
        var said = Ledger.Withdraw(session, owner, basis, LedgerHistory.Good).Value;
        history.Model.Withdraw(owner, basis, LedgerHistory.Good);
        var after = Rows(session, history);
        var its = before.Values.Where(d => d.Owner == owner && d.BasisId == basis.Id).Select(d => d.Key).ToHashSet();
        if (its.Any(key => after[key].State != DutyState.Withdrawn))
            return "a duty of the basis is not withdrawn";
        if (said != its.Count(key => before[key].State != DutyState.Withdrawn))
            return $"it says {said}";
        return Same(Told(before, its), Told(after, its));
    });

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task Sending_facts_again_in_any_order_changes_nothing(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        history.Act(session, draw);
        if (draw.Op % 4 != 1 || history.Facts.Count == 0)
            return "";
        var before = Told(Rows(session, history), []);
        var counters = Counters(session, history);
        var lines = session.Scalar<long>("SELECT count(*) FROM trail");
        // A stride that meets every fact, in an order that the draw decides, some of them twice.
        var facts = history.Facts.ToList();
        var stride = Enumerable.Range(draw.C + 1, facts.Count + 1).First(s => Gcd(s, facts.Count) == 1);
        for (var i = 0; i < facts.Count * 2; i++)
            facts[i * stride % facts.Count](session);
        return session.Scalar<long>("SELECT count(*) FROM trail") != lines ? "a fact that changed nothing left a line in the trail"
            : Same(before, Told(Rows(session, history), [])) + Same(counters, Counters(session, history));
    }, reopens: false);

    /// <summary>Two ledgers are told the same openings, evidence and falls, one as drawn and one in another order.</summary>
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task Facts_told_in_any_order_leave_the_same_states(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        history.Act(session, draw);
        if (draw.Op % 5 != 1)
            return "";
        var one = new LedgerHistory("h" + Interlocked.Increment(ref histories));
        var other = new LedgerHistory("h" + Interlocked.Increment(ref histories));
        var facts = history.Drawn.Where(d => LedgerHistory.IsUnmovedByOrder(d.Op)).ToList();
        foreach (var fact in facts)
            one.Act(session, fact);
        foreach (var fact in facts.OrderBy(f => (f.Op * 31 + f.A * 7 + f.B * 3 + f.C + draw.C) * 7919 % 251))
            other.Act(session, fact);
        return Same(States(session, one), States(session, other));
    });

    static Dictionary<string, string> States(Session session, LedgerHistory history) => Rows(session, history).Values
        .ToDictionary(d => $"{d.Owner} {d.Kind} {d.BasisId[d.BasisId.IndexOf('-')..]} {d.SubjectId}", d => d.State.ToString());

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task Evidence_that_falls_opens_again_exactly_what_it_alone_had_ended(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        history.Act(session, draw);
        var done = Rows(session, history).Values.Where(d => d.State == DutyState.Done).Select(d => (d.Owner, Evidence: new Ref(d.EvidenceKind!, d.EvidenceId!))).Distinct().ToList();
        if (draw.Op % 3 != 0 || done.Count == 0)
            return "";
        var (owner, evidence) = done[draw.C % done.Count];
        var before = Rows(session, history);
        var said = Ledger.EvidenceFell(session, owner, evidence);
        history.Model.EvidenceFell(owner, evidence);
        var after = Rows(session, history);
        var ended = before.Values.Where(d => d.Owner == owner && d.EvidenceKind == evidence.Kind && d.EvidenceId == evidence.Id).ToList();
        var opened = ended.Where(d => after[d.Key].State == DutyState.Open).ToList();
        if (said != opened.Count || ended.Any(d => after[d.Key].EvidenceId == evidence.Id))
            return $"it says {said} of {ended.Count}, and {opened.Count} are open";
        if (ended.Any(d => after[d.Key].State == DutyState.Open == HasOther(session, d.Key)))
            return "a duty with other evidence is open, or one without is done";
        return Same(Told(before, [.. ended.Select(d => d.Key)]), Told(after, [.. ended.Select(d => d.Key)]));
    });

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public Task The_counters_always_equal_a_recount(StoreKind kind) => Hold(kind, (session, history, draw) =>
    {
        history.Act(session, draw);
        return string.Join("; ", new VerifyLedger([new AnyResult()]).Verify(session, new Tally()));
    });

    static bool HasOther(Session session, DutyKey key) => session.Scalar<long>("SELECT count(*) FROM duty_evidence WHERE owner = @Owner AND kind = @Kind "
        + "AND basis_id = @Basis AND subject_id = @Subject AND standing = 1", new { key.Owner, key.Kind, key.Basis, key.Subject }) > 0;

    static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    /// <summary>Runs the check after every act of many random histories; a difference is shrunk to the shortest history.</summary>
    static async Task Hold(StoreKind kind, Func<WriteSession, LedgerHistory, (byte Op, byte A, byte B, byte C), string> check,
        bool reopens = true)
    {
        await using var test = await TestStores.Open(kind, new FakeClock(), DutiesModule.Schema);
        var draws = ArbMap.Default.ArbFor<(byte Op, byte A, byte B, byte C)[]>();
        var property = Prop.ForAll(draws, drawn =>
        {
            var history = new LedgerHistory("h" + Interlocked.Increment(ref histories), reopens);
            var wrong = "";
            foreach (var (chunk, at) in drawn.Chunk(6).Select((chunk, at) => (chunk, at)))
            {
                // Every third stretch is written by the program itself, which has no name.
                var outcome = test.Store.Write(new WriteScope(at % 3 == 2 ? Actor.System : Officer, LedgerHistory.Counties), session =>
                    Outcome.Of(chunk.Select(draw => check(session, history, draw)).FirstOrDefault(w => w.Length > 0) ?? "")).GetAwaiter().GetResult();
                if ((wrong = outcome.Value).Length > 0)
                    break;
            }
            return (wrong.Length == 0).Label(wrong);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(kind == StoreKind.Sqlite ? 200 : 40).WithStartSize(8).WithEndSize(40), property);
    }

    static Dictionary<DutyKey, DutyLine> Rows(Session session, LedgerHistory history) => session.Query<DutyLine>(
        $"SELECT * FROM duty WHERE basis_id {session.In("bases")}", new { bases = session.Keys(history.Bases) }).ToDictionary(d => d.Key);

    static Dictionary<string, string> Counters(Session session, LedgerHistory history) => session.Query<Counter>(
        $"SELECT owner || kind || basis_id || area || age_band AS id, open || ' ' || done || ' ' || done_late || ' ' || waived || ' ' || withdrawn AS counts "
        + $"FROM duty_count WHERE basis_id {session.In("bases")}", new { bases = session.Keys(history.Bases) }).ToDictionary(c => c.Id, c => c.Counts);

    static string Told(DutyLine line) => $"{line.State} {(line.EvidenceId is null ? "" : $"{line.EvidenceKind}/{line.EvidenceId}")} "
        + $"{(line.State == DutyState.Done ? line.EndedAt!.Value.ToUnixTimeMilliseconds() : null)} {line.Reason}";

    static Dictionary<DutyKey, string> Told(Dictionary<DutyKey, DutyLine> rows, HashSet<DutyKey> except) =>
        rows.Where(r => !except.Contains(r.Key)).ToDictionary(r => r.Key, r => $"{Told(r.Value)} {r.Value.EndedBy} {r.Value.EndedAt} {r.Value.OwnerUnit} {r.Value.Escalation}");

    static string Same<TKey>(Dictionary<TKey, string> expected, Dictionary<TKey, string> actual)
        where TKey : notnull => string.Join("; ", expected.Keys.Union(actual.Keys)
            .Where(key => expected.GetValueOrDefault(key) != actual.GetValueOrDefault(key))
            .Select(key => $"{key}: expected {expected.GetValueOrDefault(key)}, is {actual.GetValueOrDefault(key)}"));

    sealed class Counter
    {
        public string Id { get; init; } = "";

        public string Counts { get; init; } = "";
    }

    /// <summary>The results of these histories are all there.</summary>
    sealed class AnyResult : IEvidenceCheck
    {
        public IReadOnlyList<string> Kinds { get; } = ["result"];

        public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids) => [];
    }
}
