using Qipan.Intake;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Loads what a batch needs: a handful of questions about sets of keys, however many facts there are.</summary>
static class DeskLoad
{
    public static Desk Load(Session session, FactBatch batch)
    {
        var desk = new Desk(batch.Owner, batch.Device.Id.Value, batch.Device.Territory, batch.Mode);
        var asked = Asked.Of(batch.Facts);
        Tubes(session, desk, asked);
        Boxes(session, desk, asked);
        NeighbourTubes(session, desk, asked);
        Rounds(session, desk, asked);
        Sessions(session, desk, asked);
        Persons(session, desk, asked);
        return desk;
    }

    /// <summary>Tubes with everything that their fold needs, as they are kept.</summary>
    public static Desk ForVerification(Session session, string owner, IReadOnlyCollection<Guid> ids)
    {
        var desk = new Desk(owner, default, owner, FactMode.Report);
        foreach (var row in DeskRows.Tubes(session, owner, ids))
            desk.Tubes.Add(row.Id, new TubeFile(row.Id, row));
        DeskRows.Claims(session, desk);
        DeskRows.Registrations(session, desk);
        foreach (var row in DeskRows.Boxes(session, owner, desk.Tubes.Values.Select(t => t.LastBox).OfType<Guid>().ToHashSet()))
            desk.Boxes.Add(row.Id, new BoxFile(row.Id, row));
        foreach (var rules in RoundRulesOf.Load(session, owner, desk.Tubes.Values.Select(t => t.Opening?.Note.Round).OfType<Guid>().ToHashSet()))
            desk.Rounds.Add(rules.Id, rules);
        return desk;
    }

    public static IEnumerable<BoxFile> BoxesForVerification(Session session, string owner, IReadOnlyCollection<Guid> ids)
    {
        var desk = new Desk(owner, default, owner, FactMode.Report);
        foreach (var row in DeskRows.Boxes(session, owner, ids))
            desk.Boxes.Add(row.Id, new BoxFile(row.Id, row));
        DeskRows.Custody(session, desk);
        return desk.Boxes.Values;
    }

    static void Tubes(Session session, Desk desk, Asked asked)
    {
        var rows = DeskRows.Tubes(session, desk.Owner, asked.Tubes);
        var codes = asked.Codes;
        // A tube that is voided frees its code, and one that was voided and turns out to be sealed takes it again.
        codes.UnionWith(rows.Where(r => (asked.Voided.Contains(r.Id) || r.State == TubeState.Void) && r.Code.Length > 0).Select(r => r.Code));
        var sameCode = DeskRows.TubesByCode(session, desk.Owner, codes).Where(r => !asked.Tubes.Contains(r.Id)).ToList();
        desk.KnownCodes.UnionWith(codes);
        rows.AddRange(sameCode);
        foreach (var row in rows)
            desk.Tubes.Add(row.Id, new TubeFile(row.Id, row));
        DeskRows.Claims(session, desk);
        DeskRows.Registrations(session, desk);
        foreach (var file in desk.Tubes.Values)
            file.Kept = file.Claims.Count;
    }

    static void Boxes(Session session, Desk desk, Asked asked)
    {
        var from = desk.Tubes.Values.Where(t => asked.Boxed.Contains(t.Id)).Select(t => t.LastBox).OfType<Guid>();
        var touched = asked.Boxes.Concat(from).ToHashSet();
        var all = touched.Concat(desk.Tubes.Values.Select(t => t.LastBox).OfType<Guid>()).ToHashSet();
        if (all.Count == 0)
            return;
        var rows = DeskRows.Boxes(session, desk.Owner, all);
        // Whoever has the same code at the same time conflicts, in whichever order they are reported.
        var codes = asked.BoxCodes.Concat(rows.Where(r => touched.Contains(r.Id) && r.Code.Length > 0).Select(r => r.Code)).ToHashSet(StringComparer.Ordinal);
        var sameCode = DeskRows.BoxesByCode(session, desk.Owner, codes);
        touched.UnionWith(sameCode.Select(r => r.Id));
        foreach (var row in rows.Concat(sameCode.Where(r => !all.Contains(r.Id))))
            desk.Boxes.Add(row.Id, new BoxFile(row.Id, row) { OnlyAsked = !touched.Contains(row.Id) });
        DeskRows.Custody(session, desk);
        foreach (var row in DeskRows.TubesInBoxes(session, desk.Owner, touched))
        {
            desk.InBoxes[row.Id] = row;
            if (row.Box is { } box && desk.Boxes.TryGetValue(box, out var file))
                file.Tubes[row.Id] = row.BoxedAt ?? row.UpdatedAt;
        }
    }

    static void NeighbourTubes(Session session, Desk desk, Asked asked)
    {
        var spans = new Dictionary<Guid, (long From, long To)>();
        foreach (var at in asked.OpenedAt)
            Widen(desk.Device, at);
        foreach (var file in desk.Tubes.Values)
            if (asked.Ended.Contains(file.Id) && file.Was is { OpenedAt: { } opened, OpenedBy: { } device })
                Widen(device, opened);
        if (spans.Count == 0)
            return;
        desk.Neighbours = [];
        foreach (var (device, (from, to)) in spans)
        {
            var (first, last) = (from, to);
            foreach (var row in DeskRows.TubesAround(session, desk.Owner, device, from, to))
            {
                desk.Neighbours[row.Id] = new Neighbour(row.Id, device, row.OpenedAt!.Value, OpenTubes.EndOf(row), row.Round);
                (first, last) = (Math.Min(first, row.OpenedAt.Value), Math.Max(last, row.OpenedAt.Value));
            }
            desk.Spans[device] = (first, last);
        }

        void Widen(Guid device, long at) =>
            spans[device] = spans.TryGetValue(device, out var span) ? (Math.Min(span.From, at), Math.Max(span.To, at)) : (at, at);
    }

    static void Rounds(Session session, Desk desk, Asked asked)
    {
        var ids = asked.Rounds.Concat(desk.Tubes.Values.Select(t => t.Opening?.Note.Round).OfType<Guid>()).ToHashSet();
        foreach (var rules in RoundRulesOf.Load(session, desk.Owner, ids))
            desk.Rounds.Add(rules.Id, rules);
    }

    static void Sessions(Session session, Desk desk, Asked asked)
    {
        if (asked.Sessions.Count == 0)
            return;
        foreach (var row in DeskRows.Sessions(session, desk.Owner, asked.Sessions))
            desk.Sessions.Add(row.Id, row);
    }

    /// <summary>By document, by id, and by the id that an unknown one was given before.</summary>
    static void Persons(Session session, Desk desk, Asked asked)
    {
        if (asked.Persons.Count > 0)
        {
            var byDocument = PersonDirectory.ByDocuments(session, [.. asked.Persons.Select(w => w.DocumentKey).OfType<Guid>().Distinct()]);
            var ids = asked.Persons.Where(w => !w.Temporary && !(w.DocumentKey is { } key && byDocument.ContainsKey(key))).Select(w => w.IfUnknown.Id!.Value).Distinct().ToList();
            var byId = PersonDirectory.ByIds(session, ids);
            foreach (var who in asked.Persons)
            {
                var person = who.DocumentKey is { } key && byDocument.TryGetValue(key, out var its) ? its : byId.GetValueOrDefault(who.IfUnknown.Id!.Value);
                if (person is not null)
                    desk.Persons[who.IfUnknown.Id!.Value] = person.MergedInto is null ? person : PersonDirectory.Current(session, [person.Id])[person.Id];
            }
        }
        var households = desk.Tubes.Values.Where(t => t.Opening?.Note.Kind == (int)TubeKind.Household && asked.Tubes.Contains(t.Id))
            .SelectMany(t => t.Registrations.Values).Select(r => r.Person).Distinct().ToList();
        foreach (var (id, member) in PersonDirectory.ByIds(session, households))
            desk.Members.Add(id, member);
    }
}

/// <summary>The keys that the facts of a batch name.</summary>
sealed class Asked
{
    public HashSet<Guid> Tubes { get; } = [];

    public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>Tubes that are sealed or voided.</summary>
    public HashSet<Guid> Ended { get; } = [];

    public HashSet<Guid> Voided { get; } = [];

    /// <summary>Tubes that go into a box.</summary>
    public HashSet<Guid> Boxed { get; } = [];

    public List<long> OpenedAt { get; } = [];

    public HashSet<Guid> Boxes { get; } = [];

    public HashSet<string> BoxCodes { get; } = new(StringComparer.Ordinal);

    public HashSet<Guid> Rounds { get; } = [];

    public HashSet<Guid> Sessions { get; } = [];

    public List<Who> Persons { get; } = [];

    public static Asked Of(IReadOnlyList<Fact> facts)
    {
        var asked = new Asked();
        foreach (var fact in facts)
            asked.Add(fact);
        return asked;
    }

    void Add(Fact fact)
    {
        switch (fact.Payload)
        {
            case Sampling p:
                Tubes.Add(p.Tube);
                Persons.Add(p.Who);
                break;
            case TubeOpening p:
                Tubes.Add(fact.Id);
                Codes.Add(p.Code);
                OpenedAt.Add(fact.At);
                if (p.Round is { } round)
                    Rounds.Add(round);
                break;
            case TubeSealing p:
                Tubes.Add(p.Tube);
                Ended.Add(p.Tube);
                break;
            case TubeVoiding p:
                Tubes.Add(p.Tube);
                Ended.Add(p.Tube);
                Voided.Add(p.Tube);
                break;
            case SampleVoiding p:
                Tubes.Add(p.Tube);
                break;
            case TubeBoxing p:
                Tubes.Add(p.Tube);
                Boxed.Add(p.Tube);
                Ended.Add(p.Tube);
                Boxes.Add(p.Box);
                break;
            case BoxOpening p:
                Boxes.Add(fact.Id);
                BoxCodes.Add(p.Code);
                break;
            case BoxClosing p:
                Boxes.Add(p.Box);
                break;
            case BoxHandover p:
                Boxes.Add(p.Box);
                break;
            case SessionOpening:
                Sessions.Add(fact.Id);
                break;
            case SessionClosing p:
                Sessions.Add(p.Session);
                break;
            case AntigenReading p:
                Persons.Add(p.Who);
                if (p.Round is { } its)
                    Rounds.Add(its);
                break;
        }
    }
}
