using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A person is somewhere else from now on: closes the open stay, opens the next (INV-36: exactly one at a time).</summary>
/// <param name="Person">Whose.</param>
/// <param name="Kind">Residence goes back to the residence unit.</param>
/// <param name="Place">Place code; null where it is not known to place level. Left out for <see cref="PresentKind.Residence"/>.</param>
/// <param name="At">When it began; not before the open stay began.</param>
/// <param name="Source">Which record says so: transfer/…, isolation/…, desk.</param>
/// <param name="PlaceOwner">The county, where the place is not known; otherwise the place's own.</param>
public sealed record RecordWhereabouts(Guid Person, PresentKind Kind, string? Place, DateTimeOffset At, string Source, string? PlaceOwner = null);

public static class RecordWhereaboutsHandler
{
    static readonly Table<Present> PresentRows = new("person",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("present_kind", ColumnType.Small, r => (short)r.Kind),
        new("present_owner", ColumnType.Text, r => r.PlaceOwner),
        new("present_place", ColumnType.Text, r => r.Place),
        new("present_since", ColumnType.Big, r => r.At));

    /// <summary>
    /// Moves many persons in one unit. The unit's scope names the owners of the persons' rows; the row of a person who crosses
    /// counties keeps its owner, only the present one changes. Everybody moves or nobody: the first refusal ends it. The same
    /// move twice changes nothing.
    /// </summary>
    public static Outcome<Done> Handle(WriteSession session, IReadOnlyCollection<RecordWhereabouts> moves)
    {
        // Several moves of one person in one call are taken one after the other, everybody's first ones together.
        var turns = moves.GroupBy(m => m.Person).SelectMany(own => own.Select((move, turn) => (move, turn)))
            .GroupBy(m => m.turn, m => m.move).OrderBy(t => t.Key);
        foreach (var turn in turns)
            if (Move(session, [.. turn]) is { Ok: false } refused)
                return refused;
        return Done.Value;
    }

    static Outcome<Done> Move(WriteSession session, List<RecordWhereabouts> moves)
    {
        // Whoever turned out to be another person is where that person is.
        var persons = PersonDirectory.Current(session, moves.ConvertAll(m => m.Person));
        var open = OpenStays(session, [.. persons.Values.DistinctBy(p => p.Id)]);
        var closed = new List<StayRow>(moves.Count);
        var opened = new List<StayRow>(moves.Count);
        foreach (var move in moves)
        {
            if (!persons.TryGetValue(move.Person, out var person))
                return new PersonUnknown();
            var before = open[person.Id];
            var next = Next(person, before, move);
            if (!next.Ok)
                return next.Refusal;
            if (next.Value == before)
                continue;
            closed.Add(before with { ToAt = next.Value.FromAt });
            opened.Add(next.Value);
        }
        session.Update(StayRow.Rows, closed);
        session.Insert(StayRow.Rows, opened);
        session.Update(PresentRows, opened.ConvertAll(s => new Present(s.Owner, s.Person, s.Kind, s.PlaceOwner, s.Place, s.FromAt)));
        foreach (var county in opened.GroupBy(s => s.Owner))
            session.Trail(county.Key, "record_whereabouts",
                county.Count() == 1 ? new Ref("person", county.First().Person) : new Ref("county", county.Key),
                detail: new { persons = county.Count(), source = county.First().Source });
        return Done.Value;
    }

    /// <summary>The stay that follows, or the one that is there when nothing changes.</summary>
    static Outcome<StayRow> Next(PersonRef person, StayRow before, RecordWhereabouts move)
    {
        var place = move.Kind == PresentKind.Residence ? person.Residence : move.Place;
        if (place is not null && !PlaceCode.Parse(place).Ok)
            return new PlaceCodeWrong();
        if (before.Kind == move.Kind && before.Place == place)
            return before;
        if (before.Kind == PresentKind.Deceased)
            return new WhereaboutsAfterDeath();
        if (move.At <= before.FromAt)
            return new WhereaboutsBackwards();
        return new StayRow
        {
            Owner = person.Owner,
            Person = person.Id,
            FromAt = move.At,
            Kind = move.Kind,
            PlaceOwner = place is null ? move.PlaceOwner ?? before.PlaceOwner : PlaceCode.OwnerOf(place),
            Place = place,
            Source = move.Source,
        };
    }

    static Dictionary<Guid, StayRow> OpenStays(Session session, IReadOnlyCollection<PersonRef> persons) => session.Query<StayRow>(
        $"SELECT * FROM person_stay WHERE owner {session.In("owners")} AND person {session.InIds("ids")} AND to_at IS NULL",
        new { owners = session.Keys(persons.Select(p => p.Owner).Distinct()), ids = session.Keys(persons.Select(p => p.Id)) })
        .ToDictionary(s => s.Person);

    sealed record Present(string Owner, Guid Id, PresentKind Kind, string PlaceOwner, string? Place, DateTimeOffset At);
}
