using System.Globalization;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Venues from a CSV: name, place, category, and its own number, credit code and capacity where there are such.</summary>
public sealed class ImportVenuesHandler(Store store)
{
    static readonly string[][] Known =
    [
        ["id", "venue", "venue_id", "场所编号"], ["name", "场所名称", "名称"], ["place", "place_code", "地点编码", "所在地编码"], ["category", "类别", "场所类别"],
        ["uscc", "统一社会信用代码"], ["capacity", "容量", "核定人数"],
    ];

    /// <param name="command">The file.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Rows outside the caller's territory are refused; null is the program itself.</param>
    /// <param name="progress">Told after each unit.</param>
    public Task<Outcome<ImportReport>> Handle(ImportFile command, Actor actor, Caller? caller = null, IProgress<ImportProgress>? progress = null) =>
        new RowImport(store, actor).Run("venues", command, Known, [["name"], ["place"]], 5_000,
            (row, columns) => Read(row, columns, caller), rows => Take(rows, command.DryRun, actor), progress);

    Outcome<VenueRow> Read(CsvRows row, RowColumns columns, Caller? caller)
    {
        var venue = RegisterVenueHandler.Judge(new RegisterVenue(
            columns.Get(row, "name"), columns.Get(row, "place"), columns.Get(row, "category"), columns.Get(row, "id"), columns.Get(row, "uscc"),
            long.TryParse(columns.Get(row, "capacity"), NumberStyles.None, CultureInfo.InvariantCulture, out var capacity) ? capacity : null), store.Clock.GetUtcNow());
        return venue.Ok && caller is not null && !caller.May(Permission.ImportFiles, venue.Value.Place) ? new NotAllowedHere() : venue;
    }

    async Task<Outcome<IReadOnlyList<RowVerdict>>> Take(IReadOnlyList<VenueRow> rows, bool dryRun, Actor actor)
    {
        if (dryRun || rows.Count == 0)
            return rows.Select(_ => default(RowVerdict)).ToList();
        // A name twice in one unit: the last row holds.
        var last = rows.Select((row, i) => (row, i)).GroupBy(r => r.row.Id).ToDictionary(g => g.Key, g => g.Last().row);
        var written = await store.Write(new WriteScope(actor, [.. rows.Select(r => r.Owner).Distinct()]), session =>
        {
            var venues = last.Values.ToList();
            return Outcome.Of(venues.Zip(RegisterVenueHandler.Write(session, venues)).ToDictionary(v => v.First.Id, v => v.Second));
        });
        return written.Map<IReadOnlyList<RowVerdict>>(had => [.. rows.Select(r => new RowVerdict(had[r.Id] || !ReferenceEquals(last[r.Id], r), null))]);
    }
}
