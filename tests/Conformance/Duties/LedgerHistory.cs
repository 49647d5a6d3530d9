using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Conformance.Duties;

/// <summary>
/// A history drawn from random bytes, over a world small enough that everything meets everything: 2 counties, 2 bases, 2 kinds,
/// 2 subjects, 3 pieces of evidence. Each history has ids of its own, so that many share one store.
/// </summary>
sealed class LedgerHistory(string name, bool reopens = true)
{
    public const string Good = "bedridden, seen by the doctor";

    public static readonly string[] Counties = ["220204", "220205"];

    static readonly DateTimeOffset Due = new(2022, 3, 22, 0, 0, 0, TimeSpan.Zero);

    public LedgerModel Model { get; } = new();

    /// <summary>What a device or another module reports; can be sent again.</summary>
    public List<Func<WriteSession, string>> Facts { get; } = [];

    /// <summary>All acts so far, as drawn.</summary>
    public List<(byte Op, byte A, byte B, byte C)> Drawn { get; } = [];

    /// <summary>Openings, evidence and falls: their order does not matter. A withdrawal of a basis keeps later duties from being opened.</summary>
    public static bool IsUnmovedByOrder(byte op) => op % 14 is 0 or 1 or 2 or 3 or 4 or 8 or 9 or 10;

    public IEnumerable<string> Bases => Enumerable.Range(0, 2).Select(b => Basis(b).Id);

    /// <summary>Does one act to the ledger and to the model, and says how their answers differ; empty when they agree.</summary>
    public string Act(WriteSession s, (byte Op, byte A, byte B, byte C) draw)
    {
        Drawn.Add(draw);
        var (op, a, b, c) = draw;
        var keys = Keys(a, b);
        switch (op % 14)
        {
            case 0 or 1 or 8:
                return Fact(s, t => Differ("open", Ledger.Open(t, [.. keys.Select(k => New(k, c))]), keys.Distinct().Sum(k => Model.Open(k, BasisOf(k)))));
            case 2 or 3 or 9 or 10:
                var at = Due.AddHours(c % 3 - 1);
                return Fact(s, t => Differ("done", c % 2 == 0 ? Ledger.Done(t, keys, Evidence(c), at) : DoneFrom(t, keys, Evidence(c), at),
                    keys.Distinct().Sum(k => Model.Done(k, Evidence(c), at.ToUnixTimeMilliseconds()))));
            case 4:
                return Fact(s, t => Differ("fell", c % 2 == 0 ? Ledger.EvidenceFell(t, Counties[a % 2], Evidence(c)) : FellFrom(t, Counties[a % 2], Evidence(c)),
                    Model.EvidenceFell(Counties[a % 2], Evidence(c))));
            case 5:
                return Differ("waive", Ledger.Waive(s, keys[0], Reason(c)).Refusal?.Code ?? "", Model.Waive(keys[0], Reason(c), s.Actor.Kind == ActorKind.Staff));
            case 6:
                return Differ("reinstate", Ledger.Reinstate(s, keys[0], Reason(c)).Refusal?.Code ?? "",
                    Model.Reinstate(keys[0], Reason(c), s.Actor.Kind == ActorKind.Staff));
            case 11 when reopens:
                return Differ("reopen", Ledger.ReopenFrom(s, Chosen(s, keys), null, "not_enough"), keys.Distinct().Count(k => Model.Reopen(k)));
            case 12:
                return Differ("reinstate some", Ledger.ReinstateFrom(s, Chosen(s, keys)), keys.Distinct().Count(k => Model.TakeBack(k, DutyState.Withdrawn)));
            case 13:
                return Differ("reinstate by a basis", Ledger.ReinstateFrom(s, Chosen(s, keys), null, Basis(b), Good).Value,
                    keys.Distinct().Count(k => Model.TakeBack(k, DutyState.Withdrawn, DutyState.Waived)));
            default:
                return c % 3 == 0
                    ? Differ("withdraw some", Ledger.WithdrawFrom(s, Chosen(s, keys), null, Good).Value, keys.Distinct().Count(k => Model.WithdrawOne(k, Good)))
                    : Fact(s, t => Differ("withdraw", Ledger.Withdraw(t, Counties[a % 2], Basis(b), Good).Value, Model.Withdraw(Counties[a % 2], Basis(b), Good)));
        }
    }

    string Fact(WriteSession s, Func<WriteSession, string> fact)
    {
        Facts.Add(fact);
        return fact(s);
    }

    static string Differ<T>(string act, T real, T model) => Equals(real, model) ? "" : $"{act}: the ledger says {real}, the model {model}";

    static string Reason(byte c) => c % 5 == 0 ? " " : Good;

    Ref Evidence(byte c) => new("result", $"{name}-e{c / 6 % 3}");

    Ref Basis(int b) => new("round", $"{name}-b{b % 2}");

    static Ref BasisOf(DutyKey key) => new("round", key.Basis);

    List<DutyKey> Keys(byte a, byte b) => [.. Enumerable.Range(0, b % 5 + 1).Select(i => new DutyKey(
        Counties[(a + i) % 2], (a + i) / 2 % 2 == 0 ? DutyKind.TestInRound : DutyKind.HoldMember, Basis((b + i) / 4).Id, Subject((a / 4 + i * b) % 2)))];

    static Guid Subject(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9]);

    static NewDuty New(DutyKey key, byte c) => new()
    {
        Owner = key.Owner,
        Kind = key.Kind,
        Subject = key.Subject,
        Basis = BasisOf(key),
        Area = key.Owner + (c % 3) switch { 0 => "", 1 => "001001", _ => "001001.c01.b3" },
        AgeBand = (AgeBand)(c % 6),
        OwnerUnit = new UnitId(Subject(77)),
        DueAt = Due,
    };

    static string Chosen(Session s, IEnumerable<DutyKey> keys, string more = "") => string.Join(" UNION ALL ", keys.Distinct().Select(k =>
        $"SELECT '{k.Owner}' AS owner, {(int)k.Kind} AS kind, '{k.Basis}' AS basis_id, {Literal(s, k.Subject)} AS subject_id{more}"));

    static int DoneFrom(WriteSession s, IEnumerable<DutyKey> keys, Ref evidence, DateTimeOffset at) => Ledger.DoneFrom(s,
        Chosen(s, keys, $", '{evidence.Kind}' AS evidence_kind, '{evidence.Id}' AS evidence_id, {at.ToUnixTimeMilliseconds()} AS done_at"), at: "done_at");

    static int FellFrom(WriteSession s, string owner, Ref evidence) =>
        Ledger.EvidenceFellFrom(s, $"SELECT '{owner}' AS owner, '{evidence.Kind}' AS evidence_kind, '{evidence.Id}' AS evidence_id");

    static string Literal(Session s, Guid id) => s.Kind == StoreKind.Sqlite ? $"x'{id:N}'" : $"'{id}'::uuid";
}
