using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// The judge of the facts of sampling: loads what they touch, judges them at the <see cref="Desk"/>, computes what follows, writes it.
/// Tubes, boxes and registrations are functions of the facts, so any split, order and repetition leaves the same rows.
/// </summary>
sealed class SamplingJudge(Keyring keyring, SamplingSettings settings, IEnumerable<ITubeFollower>? followers = null) : FactJudge
{
    readonly FactPayloads payloads = new(keyring);
    readonly List<ITubeFollower> followers = [.. followers ?? []];

    public override IReadOnlyList<string> Kinds => FactPayloads.Kinds;

    public override Outcome<object> Read(string kind, ReadOnlySpan<byte> json) => payloads.Read(kind, json);

    public override void Judge(WriteSession session, FactBatch batch)
    {
        var desk = DeskLoad.Load(session, batch);
        foreach (var fact in batch.Facts)
            desk.Judge(fact);
        var changes = DeskSettlement.Settle(desk);
        var persons = Duplicates.PersonsOf(desk);
        Duplicates.Settle(desk, persons, persons.SelectMany(p => DeskRows.Samples(session, p.Key, p.Value)), changes);
        DeskSave.Save(session, desk, changes);
        DeskFindings.Write(session, desk, changes, persons.Keys, batch, settings);
        DeskDuties.Write(session, desk, changes, batch, settings);
        AntigenDuties.Write(session, desk, settings);
        CodesElsewhere.Look(session, desk, batch, settings);
        var changed = changes.OtherwiseCounted(desk);
        if (changed.Count > 0)
            foreach (var follower in followers)
                follower.Changed(session, desk.Owner, changed);
        Flag(batch, desk, changes);
    }

    /// <summary>Tells the device what is remarkable about its facts.</summary>
    static void Flag(FactBatch batch, Desk desk, DeskChanges changes)
    {
        var causes = changes.Found.Values.Where(f => f.Cause.Length == 32).ToLookup(f => f.Cause, StringComparer.Ordinal);
        foreach (var fact in batch.Facts)
        {
            if (fact.Refusal is not null)
                continue;
            foreach (var found in causes.Count > 0 ? causes[fact.Id.ToString("N")] : [])
                fact.Flag(found.Kind == DiscrepancyKinds.ImpossibleOrder ? FactFlags.Clock : found.Kind);
            if (fact.Payload is not Sampling p || !desk.Tubes[p.Tube].Registrations.TryGetValue(fact.Id, out var row))
                continue;
            if (row.Supplement)
                fact.Flag("supplement");
            if (row.Duplicate)
                fact.Flag(DiscrepancyKinds.Duplicate);
        }
    }
}
