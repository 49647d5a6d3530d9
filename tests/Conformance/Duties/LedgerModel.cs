using Qipan.Duties;
using Qipan.Kernel;

namespace Qipan.Conformance.Duties;

/// <summary>The ledger as plainly as it can be written: a dictionary, one duty at a time. What the real one must agree with.</summary>
sealed class LedgerModel
{
    public Dictionary<DutyKey, Entry> Duties { get; } = [];

    public HashSet<(string Owner, Ref Basis)> FallenBases { get; } = [];

    readonly HashSet<(string Owner, Ref Evidence)> fallen = [];
    readonly Dictionary<DutyKey, Dictionary<Ref, (long At, bool Standing)>> noted = [];

    public int Open(DutyKey key, Ref basis)
    {
        if (Duties.ContainsKey(key) || FallenBases.Contains((key.Owner, basis)))
            return 0;
        Duties[key] = new Entry { Basis = basis };
        Promote(key);
        return 1;
    }

    public int Done(DutyKey key, Ref evidence, long at)
    {
        if (fallen.Contains((key.Owner, evidence)))
            return 0;
        if (Duties.TryGetValue(key, out var duty) && duty.State == DutyState.Open)
        {
            duty.End(DutyState.Done, evidence, at);
            return 1;
        }
        if (duty?.Evidence != evidence)
            Of(key)[evidence] = (Of(key).TryGetValue(evidence, out var before) ? before.At : at, true);
        return 0;
    }

    public int EvidenceFell(string owner, Ref evidence)
    {
        if (!fallen.Add((owner, evidence)))
            return 0;
        foreach (var (key, notes) in noted)
            if (key.Owner == owner && notes.TryGetValue(evidence, out var note))
                notes[evidence] = (note.At, false);
        var opened = 0;
        foreach (var (key, duty) in Duties.Where(d => d.Key.Owner == owner && d.Value.Evidence == evidence))
        {
            Of(key)[evidence] = (duty.EndedAt!.Value, false);
            duty.Reopen();
            Promote(key);
            if (duty.State == DutyState.Open)
                opened++;
        }
        return opened;
    }

    public string Waive(DutyKey key, string reason, bool named)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return "reason_missing";
        if (!named)
            return "name_missing";
        if (!Duties.TryGetValue(key, out var duty))
            return "duty_unknown";
        if (duty.State != DutyState.Open)
            return "state_forbids";
        duty.End(DutyState.Waived, null, null, reason);
        return "";
    }

    public string Reinstate(DutyKey key, string reason, bool named)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return "reason_missing";
        if (!named)
            return "name_missing";
        if (!Duties.TryGetValue(key, out var duty))
            return "duty_unknown";
        if (duty.State is DutyState.Open or DutyState.Done)
            return "nothing_to_reinstate";
        if (FallenBases.Contains((key.Owner, duty.Basis)))
            return "basis_fell";
        duty.Reopen();
        Promote(key);
        return "";
    }

    public bool Reopen(DutyKey key)
    {
        if (noted.TryGetValue(key, out var notes))
            foreach (var evidence in notes.Keys.ToList())
                notes[evidence] = (notes[evidence].At, false);
        if (!Duties.TryGetValue(key, out var duty) || duty.State != DutyState.Done)
            return false;
        Of(key).TryAdd(duty.Evidence!.Value, (duty.EndedAt!.Value, false));
        duty.Reopen();
        return true;
    }

    public bool TakeBack(DutyKey key, params DutyState[] states)
    {
        if (!Duties.TryGetValue(key, out var duty) || !states.Contains(duty.State) || FallenBases.Contains((key.Owner, duty.Basis)))
            return false;
        duty.Reopen();
        Promote(key);
        return true;
    }

    public int Withdraw(string owner, Ref basis, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || !FallenBases.Add((owner, basis)))
            return 0;
        return Duties.Where(d => d.Key.Owner == owner && d.Value.Basis == basis).Count(d => WithdrawOne(d.Key, reason));
    }

    public bool WithdrawOne(DutyKey key, string reason)
    {
        if (!Duties.TryGetValue(key, out var duty) || duty.State == DutyState.Withdrawn)
            return false;
        if (duty.Evidence is { } evidence)
            Of(key).TryAdd(evidence, (duty.EndedAt!.Value, true));
        duty.End(DutyState.Withdrawn, null, null, reason);
        return true;
    }

    Dictionary<Ref, (long At, bool Standing)> Of(DutyKey key) =>
        noted.TryGetValue(key, out var notes) ? notes : noted[key] = [];

    void Promote(DutyKey key)
    {
        if (!noted.TryGetValue(key, out var notes))
            return;
        var best = notes.Where(n => n.Value.Standing).OrderBy(n => n.Value.At).ThenBy(n => n.Key.Id, StringComparer.Ordinal).ToList();
        if (best.Count > 0)
            Duties[key].End(DutyState.Done, best[0].Key, best[0].Value.At);
    }

    public sealed class Entry
    {
        public required Ref Basis { get; init; }

        public DutyState State { get; private set; }

        public Ref? Evidence { get; private set; }

        /// <summary>Only of the done: the others end at the clock's time.</summary>
        public long? EndedAt { get; private set; }

        public string? Reason { get; private set; }

        public void End(DutyState state, Ref? evidence, long? at, string? reason = null) =>
            (State, Evidence, EndedAt, Reason) = (state, evidence, at, reason);

        public void Reopen() => (State, Evidence, EndedAt, Reason) = (DutyState.Open, null, null, null);

        public override string ToString() => $"{State} {Evidence} {EndedAt} {Reason}";
    }
}
