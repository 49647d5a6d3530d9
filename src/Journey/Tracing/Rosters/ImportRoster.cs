using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Lists 名册 from a CSV: classes, wards, shifts, tours, and vehicles with seats. One row for each person on a list; the list is known by its
/// kind, its name (a train's or flight's number) and its begin.
/// </summary>
public sealed class ImportRosterHandler(Store store, Keyring keyring, LocalDays days)
{
    static readonly string[][] Known =
    [
        ["kind", "类型"], ["name", "list", "名称", "车次", "航班"], ["person", "person_id", "人员编号"], ["doc_no", "document", "id_number", "证件号码", "身份证号"],
        ["from", "begin", "开始时间"], ["to", "end", "结束时间"], ["place", "place_code", "地点编码"], ["vehicle", "交通工具"], ["coach", "车厢"],
        ["seat", "座位"], ["crew", "乘务"],
    ];

    static readonly Table<RosterRow> Rosters = new("roster",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("kind", ColumnType.Small, r => (short)r.Kind),
        new("name", ColumnType.Text, r => r.Name),
        new("name_key", ColumnType.Text, r => VenueRow.KeyOf(r.Name)),
        new("place", ColumnType.Text, r => r.Place),
        new("vehicle", ColumnType.Small, r => (short)r.Vehicle),
        new("from_at", ColumnType.Big, r => r.From),
        new("to_at", ColumnType.Big, r => r.To));

    static readonly Table<(RosterRow Row, Guid Person)> Members = new("roster_member",
        new("owner", ColumnType.Text, m => m.Row.Owner, Key: true),
        new("roster", ColumnType.Uuid, m => m.Row.Id, Key: true),
        new("person", ColumnType.Uuid, m => m.Person, Key: true),
        new("coach", ColumnType.Text, m => m.Row.Seat?.Coach),
        new("seat_row", ColumnType.Big, m => m.Row.Seat?.Row),
        new("seat", ColumnType.Text, m => m.Row.Seat?.Letter),
        new("crew", ColumnType.Small, m => m.Row.Seat?.Crew ?? false));

    /// <param name="command">The file.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Rows outside the caller's territory are refused; null is the program itself.</param>
    /// <param name="progress">Told after each unit.</param>
    public Task<Outcome<ImportReport>> Handle(ImportFile command, Actor actor, Caller? caller = null, IProgress<ImportProgress>? progress = null) =>
        new RowImport(store, actor).Run("roster", command, Known, [["kind"], ["name"], ["person", "doc_no"], ["from"]], 10_000,
            Read, rows => Take(rows, command.DryRun, actor, caller), progress);

    Outcome<RosterRow> Read(CsvRows row, RowColumns columns)
    {
        var (person, document) = (columns.Get(row, "person"), columns.Get(row, "doc_no"));
        if (!Enum.TryParse<RosterKind>(columns.Get(row, "kind"), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return new RosterWrong();
        var name = columns.Get(row, "name");
        if (name.Length is 0 or > 200 || !FileTime.TryRead(columns.Get(row, "from"), days, out var from))
            return new RosterWrong();
        var end = columns.Get(row, "to");
        DateTimeOffset to;
        if (end.Length == 0)
            to = days.EndOf(days.DateOf(from));
        else if (!FileTime.TryRead(end, days, out to) || to <= from)
            return new RosterWrong();
        var vehicle = columns.Get(row, "vehicle").Replace("_", "", StringComparison.Ordinal);
        VehicleKind by = default;
        if (vehicle.Length > 0 && !(Enum.TryParse(vehicle, ignoreCase: true, out by) && Enum.IsDefined(by)))
            return new RosterWrong();
        Guid? id = Guid.TryParse(person, out var known) ? known : null;
        if (id is null && document.Length == 0)
            document = person;
        if (id is null && document.Length == 0)
            return new PersonNotFound();
        var seat = Seat.Parse(columns.Get(row, "seat"), columns.Get(row, "coach") is { Length: > 0 } coach ? coach : null);
        if (columns.Get(row, "crew") is "1" or "true" or "yes" or "是")
            seat = (seat ?? new Seat(null, null)) with { Crew = true };
        var place = PlaceCode.Parse(columns.Get(row, "place"));
        return new RosterRow(id, id is null ? DocumentKeys.Of(keyring, DocType.IdCard, document) : null, kind, name,
            place.Ok ? place.Value.Value : null, by, from, to, seat);
    }

    async Task<Outcome<IReadOnlyList<RowVerdict>>> Take(IReadOnlyList<RosterRow> rows, bool dryRun, Actor actor, Caller? caller)
    {
        var verdicts = new RowVerdict[rows.Count];
        var good = store.Read(session => Resolve(session, rows, verdicts, caller));
        if (dryRun || good.Count == 0)
            return verdicts;
        var written = await store.Write(new WriteScope(actor, [.. good.Select(g => g.Row.Owner).Distinct()]), session =>
        {
            session.Insert(Rosters, [.. good.Select(g => g.Row).DistinctBy(r => r.Id)], IfThere.Skip);
            var had = session.Each<Guid>("SELECT roster FROM roster_member WHERE person = @key", good.Select(g => g.Person).Distinct()).Count == 0 ? []
                : session.Each<MemberKey>("SELECT roster, person FROM roster_member WHERE roster = @key", good.Select(g => g.Row.Id).Distinct())
                    .Select(m => (m.Roster, m.Person)).ToHashSet();
            session.Insert(Members, [.. good.Select(g => (g.Row, g.Person)).DistinctBy(g => (g.Row.Id, g.Person))], IfThere.Skip);
            return Outcome.Of(had);
        });
        if (!written.Ok)
            return written.Refusal;
        foreach (var (at, row, person) in good)
            if (written.Value.Contains((row.Id, person)))
                verdicts[at] = new RowVerdict(true, null);
        return verdicts;
    }

    static List<(int At, RosterRow Row, Guid Person)> Resolve(Session session, IReadOnlyList<RosterRow> rows, RowVerdict[] verdicts, Caller? caller)
    {
        var byDocument = PersonDirectory.ByDocuments(session, [.. rows.Select(r => r.Document).OfType<Guid>().Distinct()]);
        var current = PersonDirectory.Current(session, [.. rows.Select(r => r.Person).OfType<Guid>().Concat(byDocument.Values.Select(p => p.Id)).Distinct()]);
        var good = new List<(int, RosterRow, Guid)>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var id = rows[i].Person ?? (rows[i].Document is { } key && byDocument.TryGetValue(key, out var holder) ? holder.Id : null);
            if (id is not { } found || !current.TryGetValue(found, out var person))
                verdicts[i] = new RowVerdict(false, new PersonNotFound());
            else if (caller is not null && !caller.May(Permission.ImportFiles, rows[i].Place ?? person.Residence))
                verdicts[i] = new RowVerdict(false, new NotAllowedHere());
            else
                good.Add((i, rows[i] with { Owner = PlaceCode.OwnerOf(rows[i].Place ?? person.Owner) }, person.Id));
        }
        // A list belongs to one county, whoever is on it: without a place, that of the first row that names it.
        var owners = good.GroupBy(g => g.Item2.Id).ToDictionary(g => g.Key, g => g.Select(x => x.Item2.Owner).Min(StringComparer.Ordinal)!);
        foreach (var list in session.Each<RosterOwner>("SELECT id, owner FROM roster WHERE id = @key", owners.Keys))
            owners[list.Id] = list.Owner;
        return good.ConvertAll(g => (g.Item1, g.Item2 with { Owner = owners[g.Item2.Id] }, g.Item3));
    }

    sealed class MemberKey
    {
        public Guid Roster { get; init; }

        public Guid Person { get; init; }
    }

    sealed class RosterOwner
    {
        public Guid Id { get; init; }

        public string Owner { get; init; } = "";
    }
}

/// <summary>One person on one list.</summary>
sealed record RosterRow(
    Guid? Person, Guid? Document, RosterKind Kind, string Name, string? Place, VehicleKind Vehicle, DateTimeOffset From, DateTimeOffset To, Seat? Seat)
{
    public string Owner { get; init; } = "";

    public Guid Id => TracingIds.Roster((int)Kind, VenueRow.KeyOf(Name), From);
}
