using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>What the judging of one unit of a place file found.</summary>
sealed record JudgedPlaces(long Rows, long Had, IReadOnlyList<RefusedRow> Refused)
{
    public List<Place> Added { get; } = [];

    public List<Place> Changed { get; } = [];

    public long Other { get; set; }

    public long Accepted => Added.Count + Changed.Count + Other;

    /// <summary>Codes that are in the tree when this unit is.</summary>
    public IEnumerable<string> Codes => Added.Concat(Changed).Select(p => p.Code);
}

/// <summary>Some rows of a place file, judged and written together. Judging changes nothing, so that a unit may run again.</summary>
sealed class PlaceUnit(PlaceFileKind kind)
{
    static readonly Table<(string Old, string New, string On, string? Note)> Changes = new("place_code_change",
        new("owner", ColumnType.Text, _ => WriteScope.Deployment, Key: true), new("old_code", ColumnType.Text, r => r.Old, Key: true),
        new("changed_on", ColumnType.Text, r => r.On, Key: true), new("new_code", ColumnType.Text, r => r.New), new("note", ColumnType.Text, r => r.Note));

    readonly List<(long Row, string Raw, Place Place)> places = [];
    readonly List<(string Old, string New, string On, string? Note)> changes = [];
    readonly List<ReportingUnit> units = [];
    readonly List<RefusedRow> refused = [];

    public int Count { get; private set; }

    public IEnumerable<string> Owners => places.Select(p => p.Place.Owner);

    public void Take(PlaceFile file)
    {
        Count++;
        var refusal = kind switch
        {
            PlaceFileKind.Places or PlaceFileKind.Census => Kept(file.Place(), p => places.Add((file.Number, file.Raw, p))),
            PlaceFileKind.CodeChanges => Kept(file.Change(), changes.Add),
            PlaceFileKind.ReportingUnits => Kept(file.Unit(), units.Add),
        };
        if (refusal is not null)
            refused.Add(new RefusedRow(file.Number, refusal, Personal.Of(file.Raw)));
    }

    public JudgedPlaces Judge(Session session, IReadOnlySet<string> known)
    {
        var there = PlaceTree.ByCodes(session, [.. places.SelectMany(p => new[] { p.Place.Code, p.Place.Parent ?? p.Place.Code })]);
        var (had, added, changed, fresh, no) = (0L, new List<Place>(), new Dictionary<string, Place>(), new HashSet<string>(), new List<RefusedRow>(refused));
        foreach (var (row, raw, place) in places)
        {
            if (there.TryGetValue(place.Code, out var old))
            {
                var merged = Merge(old, place);
                if (merged == old)
                    had++;
                else
                    there[place.Code] = changed[place.Code] = merged;
            }
            else if (kind == PlaceFileKind.Census)
            {
                no.Add(new RefusedRow(row, PlaceUnknown.Of(place.Code, "code"), Personal.Of(raw)));
            }
            else if (place.Parent is { } parent && !there.ContainsKey(parent) && !fresh.Contains(parent) && !known.Contains(parent))
            {
                no.Add(new RefusedRow(row, new PlaceParentUnknown(), Personal.Of(raw)));
            }
            else if (fresh.Add(place.Code))
            {
                added.Add(place);
            }
            else
            {
                had++;
            }
        }
        var (newChanges, newUnits) = Others(session);
        had += changes.Count - newChanges + units.Count - newUnits;
        var judged = new JudgedPlaces(Count, had, no) { Other = newChanges + newUnits };
        judged.Added.AddRange(added);
        judged.Changed.AddRange(changed.Values);
        return judged;
    }

    public void Write(WriteSession session, JudgedPlaces judged)
    {
        session.Insert(Place.Rows, judged.Added);
        session.Update(Place.Rows, judged.Changed);
        PlaceTerms.Keep(session, judged.Added.Concat(judged.Changed));
        session.Insert(Changes, changes.DistinctBy(c => (c.Old, c.On)).ToList(), IfThere.Skip);
        session.Update(Changes, changes);
        session.Insert(ReportingUnit.Rows, units.DistinctBy(u => u.Code).ToList(), IfThere.Skip);
        session.Update(ReportingUnit.Rows, units);
    }

    static Refusal? Kept<T>(Outcome<T> read, Action<T> keep)
    {
        if (read.Ok)
            keep(read.Value);
        return read.Refusal;
    }

    (int Changes, int Units) Others(Session session)
    {
        if (changes.Count == 0 && units.Count == 0)
            return (0, 0);
        var oldChanges = session.Query<(string Old, string New, string On, string? Note)>("SELECT old_code, new_code, changed_on, note FROM place_code_change").ToHashSet();
        var oldUnits = session.Query<ReportingUnit>("SELECT * FROM reporting_unit").ToHashSet();
        return (changes.Count(c => !oldChanges.Contains(c)), units.Count(u => !oldUnits.Contains(u)));
    }

    /// <summary>What the file says stands before what was there; what it does not say stays. A census changes no names.</summary>
    Place Merge(Place old, Place place) => old with
    {
        Name = kind == PlaceFileKind.Census ? old.Name : place.Name,
        NameEn = place.NameEn ?? old.NameEn,
        Grid = place.Grid ?? old.Grid,
        Lat = place.Lat ?? old.Lat,
        Lon = place.Lon ?? old.Lon,
        Population = place.Population ?? old.Population,
        ValidFrom = place.ValidFrom ?? old.ValidFrom,
        ValidTo = place.ValidTo ?? old.ValidTo,
    };
}
