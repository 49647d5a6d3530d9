using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Writes what a batch changes: bulk writes per table, whatever the number of facts.</summary>
static class DeskSave
{
    public static void Save(WriteSession session, Desk desk, DeskChanges changes)
    {
        var owner = desk.Owner;
        foreach (var person in desk.NewPersons.Values)
            PersonDirectory.AddTemporary(session, owner, person);
        Write(session, DeskTables.Tubes, owner, changes.NewTubes, changes.ChangedTubes);
        Write(session, DeskTables.Registrations, owner, changes.NewRegistrations, changes.ChangedRegistrations);
        if (changes.DuplicateFlags.Count > 0)
            session.Update(DeskTables.DuplicateFlags, changes.DuplicateFlags.ConvertAll(f => (owner, f.Tube, f.Registration, f.Duplicate)));
        if (changes.NewEvents.Count > 0)
            session.Insert(TubeTables.Events, changes.NewEvents.ConvertAll(e => new TubeEvent(owner, e.Tube,
                DateTimeOffset.FromUnixTimeMilliseconds(e.Event.Claim.At), e.Event.Claim.Fact, e.Event.From, e.Event.To, e.Event.Claim.Fact,
                e.Event.Claim.Actor, e.Event.Claim.Note.ToJson())));
        if (changes.ChangedEvents.Count > 0)
            session.Update(DeskTables.ChangedEvents, changes.ChangedEvents.ConvertAll(e => (owner, e.Tube, e.Event)));
        Boxes(session, owner, changes);
        var sessions = desk.Sessions.Values.Where(s => s.Changed).ToList();
        Write(session, DeskTables.Sessions, owner, sessions.FindAll(s => !s.Kept), sessions.FindAll(s => s.Kept));
        if (desk.Antigens.Count > 0)
            session.Insert(DeskTables.Antigens, desk.Antigens.ConvertAll(a => (owner, a)));
        Counters(session, owner, changes);
        foreach (var round in changes.RoundsBegun)
            session.Execute("UPDATE round SET state = 3 WHERE owner = @owner AND id = @round AND state = 2", new { owner, round });
    }

    static void Write<T>(WriteSession session, Table<(string Owner, T Row)> table, string owner, List<T> fresh, List<T> changed)
    {
        if (fresh.Count > 0)
            session.Insert(table, fresh.ConvertAll(r => (owner, r)));
        if (changed.Count > 0)
            session.Update(table, changed.ConvertAll(r => (owner, r)));
    }

    static void Boxes(WriteSession session, string owner, DeskChanges changes)
    {
        if (changes.Boxes.Count == 0)
            return;
        Write(session, DeskTables.Boxes, owner,
            changes.Boxes.FindAll(b => b.Was is null).ConvertAll(b => b.Now), changes.Boxes.FindAll(b => b.Was is not null).ConvertAll(b => b.Now));
        var handed = changes.Boxes.FindAll(b => b.CustodyChanged);
        if (handed.Count == 0)
            return;
        // A half that arrives late may stand between two others, so a box's chain is written anew.
        session.Execute($"DELETE FROM custody WHERE owner = @owner AND subject_kind = 'box' AND subject_id {session.InIds("ids")}",
            new { owner, ids = session.Keys(handed.Select(b => b.Id)) });
        session.Insert(DeskTables.Custody, [.. handed.SelectMany(b => b.Custody.Select(c => (owner, b.Id, c)))]);
    }

    static void Counters(WriteSession session, string owner, DeskChanges changes)
    {
        foreach (var ((round, area), by) in changes.Sampled)
            if (by != 0)
                RoundSampled.Add(session, owner, round, area, by);
    }
}

/// <summary>Persons sampled at least once, by round and community.</summary>
static class RoundSampled
{
    const string Upsert = """
        INSERT INTO round_sampled (owner, round, area, persons) VALUES (@owner, @round, @area, @by)
        ON CONFLICT (owner, round, area) DO UPDATE SET persons = round_sampled.persons + excluded.persons
        """;

    public static void Add(WriteSession session, string owner, Guid round, string area, int by)
    {
        var command = session.Prepared(Upsert);
        session.Bind(command, "owner", ColumnType.Text, owner);
        session.Bind(command, "round", ColumnType.Uuid, round);
        session.Bind(command, "area", ColumnType.Text, area);
        session.Bind(command, "by", ColumnType.Big, (long)by);
        command.ExecuteNonQuery();
    }
}
