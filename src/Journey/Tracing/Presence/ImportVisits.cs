using System.Globalization;
using Qipan.Engine;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Visits 到访 from a CSV into the presence store: who, where, enter, leave. A leave that is missing is the usual stay of the venue's kind by the
/// protocol, and marked as inferred (INV-43); where the protocol knows none, the stay is open. The same file again changes nothing.
/// </summary>
public sealed class ImportVisitsHandler(Store store, Keyring keyring, PresenceDoor presence, ProtocolBook book, LocalDays days, TracingSettings settings)
{
    const int UnitRows = 20_000;

    static readonly string[][] Known =
    [
        ["person", "person_id", "人员编号"], ["doc_no", "document", "id_number", "证件号码", "身份证号"], ["doc_type", "证件类型"], ["venue", "venue_id", "场所编号"],
        ["venue_name", "场所名称", "场所"], ["place", "place_code", "地点编码"], ["area", "sub_area", "分区"], ["enter", "in", "进入时间"], ["leave", "out", "离开时间"],
    ];

    /// <param name="command">The file.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Rows of venues outside the caller's territory are refused; null is the program itself.</param>
    /// <param name="progress">Told after each unit.</param>
    public async Task<Outcome<ImportReport>> Handle(ImportFile command, Actor actor, Caller? caller = null, IProgress<ImportProgress>? progress = null)
    {
        if (presence.Open is not { } open)
            return new PresenceMissing();
        var stays = new Dictionary<(string Category, string County), TimeSpan?>();
        return await new RowImport(store, actor).Run("visits", command, Known, [["person", "doc_no"], ["venue", "venue_name"], ["enter"]], UnitRows,
            Read, rows => Take(open, rows, command.DryRun, caller, stays), progress);
    }

    Outcome<VisitDraft> Read(CsvRows row, RowColumns columns)
    {
        var (person, document, venue) = (columns.Get(row, "person"), columns.Get(row, "doc_no"), columns.Get(row, "venue"));
        var (enter, leave, area) = (columns.Get(row, "enter"), columns.Get(row, "leave"), columns.Get(row, "area"));
        if (!FileTime.TryRead(enter, days, out var from))
            return new VisitTimeWrong();
        var until = DateTimeOffset.MinValue;
        if (leave.Length > 0 && !FileTime.TryRead(leave, days, out until))
            return new VisitTimeWrong();
        ushort part = 0;
        if (area.Length > 0 && !ushort.TryParse(area, NumberStyles.None, CultureInfo.InvariantCulture, out part))
            return new AreaWrong();
        Guid? id = Guid.TryParse(person, out var known) ? known : null;
        if (id is null && person.Length > 0 && document.Length == 0)
            document = person;
        if (id is null && document.Length == 0)
            return new PersonNotFound();
        var type = Enum.TryParse<DocType>(columns.Get(row, "doc_type"), ignoreCase: true, out var said) && Enum.IsDefined(said) ? said : DocType.IdCard;
        return new VisitDraft(id, id is null ? DocumentKeys.Of(keyring, type, document) : null, venue, columns.Get(row, "venue_name"),
            columns.Get(row, "place").ToLowerInvariant(), from, leave.Length == 0 ? null : until, part);
    }

    async Task<Outcome<IReadOnlyList<RowVerdict>>> Take(
        IPresence open, IReadOnlyList<VisitDraft> rows, bool dryRun, Caller? caller, Dictionary<(string, string), TimeSpan?> stays)
    {
        var found = store.Read(session => (Persons: Persons(session, rows), Venues: VenueLookup.Of(session, [.. rows.Select(r => (r.Venue, r.VenueName, r.Place))])));
        var (verdicts, good) = (new RowVerdict[rows.Count], new List<(int Row, Guid Person, VenueRow Venue)>(rows.Count));
        for (var i = 0; i < rows.Count; i++)
        {
            var venue = found.Venues.Find(rows[i].Venue, rows[i].VenueName, rows[i].Place);
            var person = found.Persons.GetValueOrDefault((rows[i].Person, rows[i].Document));
            if (person == default)
                verdicts[i] = new RowVerdict(false, new PersonNotFound());
            else if (!venue.Ok)
                verdicts[i] = new RowVerdict(false, venue.Refusal);
            else if (caller is not null && !caller.May(Permission.ImportFiles, venue.Value.Place))
                verdicts[i] = new RowVerdict(false, new NotAllowedHere());
            else
                good.Add((i, person, venue.Value));
        }
        if (dryRun || good.Count == 0)
            return verdicts;
        var visitors = await open.Number(IdKind.Visitor, good.ConvertAll(g => g.Person.ToString("N")));
        var places = await open.Number(IdKind.Place, good.ConvertAll(g => g.Venue.Id.ToString("N")));
        var visits = new List<Visit>(good.Count);
        for (var i = 0; i < good.Count; i++)
            visits.Add(Stay(rows[good[i].Row], visitors[i], places[i], good[i].Venue, stays));
        var receipt = await open.Append(visits);
        if (!receipt.Ok)
            return receipt.Refusal;
        foreach (var refused in receipt.Value.Refused)
            verdicts[good[refused.Position].Row] = new RowVerdict(false, refused.Why);
        // The store says how many it had, not which: the count is right, and every row that was taken is there.
        var had = receipt.Value.Had;
        foreach (var (row, _, _) in good)
            if (had > 0 && verdicts[row].Refusal is null)
                (verdicts[row], had) = (new RowVerdict(true, null), had - 1);
        return verdicts;
    }

    Visit Stay(VisitDraft row, uint visitor, uint place, VenueRow venue, Dictionary<(string, string), TimeSpan?> stays)
    {
        var enter = row.Enter.ToUnixTimeSeconds();
        if (row.Leave is { } leave)
            return new Visit(visitor, place, enter, leave.ToUnixTimeSeconds(), row.Area);
        if (!stays.TryGetValue((venue.Category, venue.Owner), out var usual))
        {
            var ruling = book.Resolve(settings.StaysDisease, venue.Owner, days.DateOf(row.Enter));
            stays[(venue.Category, venue.Owner)] = usual =
                ruling.Ok && ruling.Value.Tracing is { Ok: true } tracing ? tracing.Value.Rule.Venue(venue.Category)?.UsualStay : null;
        }
        return usual is { } span ? new Visit(visitor, place, enter, enter + (long)span.TotalSeconds, row.Area, LeaveKind.Inferred)
            : Visit.Open(visitor, place, enter, row.Area);
    }

    static Dictionary<(Guid?, Guid?), Guid> Persons(Session session, IReadOnlyList<VisitDraft> rows)
    {
        var byDocument = PersonDirectory.ByDocuments(session, [.. rows.Select(r => r.Document).OfType<Guid>().Distinct()]);
        var ids = rows.Select(r => r.Person).OfType<Guid>().Concat(byDocument.Values.Where(p => p.MergedInto is not null).Select(p => p.Id)).Distinct();
        var current = PersonDirectory.Current(session, [.. ids]);
        var found = new Dictionary<(Guid?, Guid?), Guid>();
        foreach (var row in rows)
            if (row.Person is { } id && current.TryGetValue(id, out var person))
                found[(id, null)] = person.Id;
            else if (row.Document is { } key && byDocument.TryGetValue(key, out var holder))
                found[(null, key)] = current.TryGetValue(holder.Id, out var survivor) ? survivor.Id : holder.Id;
        return found;
    }
}

/// <summary>A row of a file of visits, split and read; who and where are looked up for a whole unit.</summary>
sealed record VisitDraft(
    Guid? Person, Guid? Document, string Venue, string VenueName, string Place, DateTimeOffset Enter, DateTimeOffset? Leave, ushort Area);
