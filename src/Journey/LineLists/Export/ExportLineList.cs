using System.Collections.Concurrent;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>Writes a list out: cases, contacts or links. Pseudonymous unless real columns are asked for by whoever may see them.</summary>
/// <param name="Kind">What the rows are.</param>
/// <param name="Purpose">From the closed list; stands in the access log.</param>
/// <param name="Territory">A place code; empty is everything the caller may see.</param>
/// <param name="Disease">Null: every disease.</param>
/// <param name="Columns">In this order; null: all that are pseudonymous.</param>
/// <param name="Real">True: columns that tell who somebody is may be among them.</param>
/// <param name="Workbook">.xlsx instead of CSV.</param>
public sealed record ExportLineList(
    ListKind Kind, Purpose Purpose, string Territory = "", string? Disease = null, IReadOnlyList<string>? Columns = null, bool Real = false, bool Workbook = false)
{
    /// <summary>
    /// Exports of one name have the same pseudonyms, so that cases and links written one after the other join; null: a name of its own.
    /// </summary>
    public string? Name { get; init; }
}

/// <summary>Streams: memory does not grow with the list. The access log has the export before the first row leaves (P-01, P-07).</summary>
public sealed class ExportLineListHandler(Store store, Keyring keyring, LocalDays days)
{
    const int BatchRows = 1_000;

    const int MostBatches = 4;

    /// <summary>The names of the columns of a kind, those that tell who somebody is marked.</summary>
    public static IReadOnlyList<(string Name, bool Real)> Columns(ListKind kind) => [.. ListColumns.Of(kind).Select(c => (c.Name, c.Real))];

    /// <summary>Writes the rows and returns how many they were.</summary>
    /// <param name="command">What.</param>
    /// <param name="actor">Stands in the access log.</param>
    /// <param name="caller">Whose territory bounds it; null is whoever holds the machine.</param>
    /// <param name="output">Stays open.</param>
    public async Task<Outcome<long>> Handle(ExportLineList command, Actor actor, Caller? caller, Stream output)
    {
        var chosen = Choose(command, caller);
        if (!chosen.Ok)
            return chosen.Refusal;
        var territories = Territories(command, caller);
        if (!territories.Ok)
            return territories.Refusal;
        var name = command.Name ?? Uuid7.New(store.Clock).ToString("N");
        var owners = store.Read(s => territories.Value.SelectMany(t => Counties(s, command, t)).Distinct().Order(StringComparer.Ordinal).ToList());
        if (owners.Count > 0)
        {
            var logged = await store.Write(new WriteScope(actor, owners), session =>
            {
                foreach (var owner in owners)
                    AccessLog.Record(session, owner, command.Purpose, "export", new Ref($"line_list_{Word(command.Kind)}", name), [.. chosen.Value.Select(c => c.Name)]);
                return Outcome.Done;
            });
            if (!logged.Ok)
                return logged.Refusal;
        }
        return store.Read(session => Write(session, command, territories.Value, owners, chosen.Value, new ExportSight(keyring, days, name), output));
    }

    static Outcome<IReadOnlyList<ExportedColumn>> Choose(ExportLineList command, Caller? caller)
    {
        var all = ListColumns.Of(command.Kind);
        if (command.Columns is { Count: > 0 } names && names.FirstOrDefault(n => !all.Any(c => c.Name == n)) is not null)
            return new ColumnUnknown(string.Join(", ", all.Select(c => c.Name)));
        var chosen = command.Columns is { Count: > 0 } wanted ? [.. wanted.Distinct().Select(n => all.First(c => c.Name == n))]
            : all.Where(c => command.Real || !c.Real).ToList();
        if (!chosen.Any(c => c.Real))
            return chosen;
        if (!command.Real)
            return new RealColumnsNotAsked();
        if (command.Purpose is Purpose.Statistics or Purpose.Supply)
            return new PurposeTooWide();
        return caller is not null && !caller.May(Permission.SeePersons) ? new NotAllowedHere() : chosen;
    }

    /// <summary>Where the caller may, and for real columns where the caller may see persons as well.</summary>
    static Outcome<IReadOnlyList<string>> Territories(ExportLineList command, Caller? caller)
    {
        if (command.Territory.Length > 0 && PlaceCode.Parse(command.Territory) is { Ok: false } wrong)
            return wrong.Refusal;
        if (caller is null)
            return new[] { command.Territory };
        var wanted = command.Territory.Length > 0 ? [command.Territory] : caller.Territories(Permission.ExportLineLists);
        return wanted.Count > 0 && wanted.All(t => caller.May(Permission.ExportLineLists, t) && (!command.Real || caller.May(Permission.SeePersons, t)))
            ? Outcome.Of(wanted) : new NotAllowedHere();
    }

    static List<string> Counties(Session session, ExportLineList command, string territory)
    {
        var county = territory.Length > 6 ? territory[..6] : territory;
        var table = command.Kind switch
        {
            ListKind.Cases => "case_counter",
            ListKind.Contacts => "contact",
            ListKind.Links => "transmission_link",
        };
        return session.Query<string>($"SELECT DISTINCT owner FROM {table} WHERE owner >= @county AND owner < @beyond", new { county, beyond = county + "~" });
    }

    /// <summary>One thread reads from the store, another puts into words and writes; a few batches of rows are in between and no more.</summary>
    static long Write(
        Session session, ExportLineList command, IReadOnlyList<string> territories, List<string> owners, IReadOnlyList<ExportedColumn> columns, ExportSight sight, Stream output)
    {
        using var batches = new BlockingCollection<List<ExportRow>>(MostBatches);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            try
            {
                using var writer = ListWriter.Of(output, command.Workbook);
                var texts = columns.Select(c => c.Text).ToArray();
                writer.Row([.. columns.Select(c => c.Name)], texts);
                var cells = new string?[columns.Count];
                foreach (var batch in batches.GetConsumingEnumerable())
                    foreach (var row in batch)
                    {
                        for (var i = 0; i < cells.Length; i++)
                            cells[i] = columns[i].Value(row, sight);
                        writer.Row(cells, texts);
                    }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        });
        var count = 0L;
        try
        {
            var batch = new List<ExportRow>(BatchRows);
            foreach (var row in Rows(session, command, territories, owners))
            {
                batch.Add(row);
                count++;
                if (batch.Count < BatchRows)
                    continue;
                batches.Add(batch, stop.Token);
                batch = new List<ExportRow>(BatchRows);
            }
            batches.Add(batch, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The writer says below why.
        }
        finally
        {
            batches.CompleteAdding();
            writing.GetAwaiter().GetResult();
        }
        return count;
    }

    /// <summary>Below a county only what lies there; a whole county has no such bound.</summary>
    static IEnumerable<ExportRow> Rows(Session session, ExportLineList command, IReadOnlyList<string> territories, List<string> owners) =>
        owners.SelectMany(owner => territories.Any(t => t.Length <= 6 && owner.StartsWith(t, StringComparison.Ordinal)) ? [(owner, "")]
                : territories.Where(t => t.Length > 6 && t.StartsWith(owner, StringComparison.Ordinal)).Select(t => (owner, t)))
            .SelectMany(w => session.Stream<ExportRow>(Sql(command, w.Item2.Length > 0), new { w.owner, command.Disease, territory = w.Item2, beyond = w.Item2 + "~" }));

    // CROSS JOIN keeps SQLite's planner from starting with the persons.
    static string Sql(ExportLineList command, bool within) => command.Kind switch
    {
        ListKind.Cases => $"""
            SELECT c.owner, c.id, c.no, c.person, c.disease, c.class, c.severity, c.clinical, c.onset, c.onset_about, c.first_positive_at, c.found_at,
              c.report_at, c.isolated_at, c.outcome, c.outcome_on, c.death_on, c.discovery, c.origin, c.report_region, c.onset_region, c.current_region,
              c.cluster, c.source_state, c.outside_no, p.sex, p.birth, p.name, p.residence
            FROM case_record c CROSS JOIN person p
            WHERE c.owner = @owner AND p.owner = c.person_owner AND p.id = c.person{(command.Disease is null ? "" : " AND c.disease = @Disease")}
              {(within ? "AND c.current_region >= @territory AND c.current_region < @beyond" : "")}
            """,
        ListKind.Contacts => $"""
            SELECT c.owner, c.id, c.person, c.index_case, c.kind, c.situation, c.first_exposure, c.last_exposure, c.state, c.release_at,
              p.sex, p.birth, p.name, p.residence
            FROM contact c CROSS JOIN person p
            WHERE c.owner = @owner AND p.owner = c.person_owner AND p.id = c.person
              {(command.Disease is null ? "" : "AND EXISTS (SELECT 1 FROM case_record i WHERE i.owner = c.index_owner AND i.id = c.index_case AND i.disease = @Disease)")}
              {(within ? "AND c.area >= @territory AND c.area < @beyond" : "")}
            """,
        ListKind.Links => $"""
            SELECT l.owner, l.from_case, l.to_case, l.confidence, l.situation, l.exposure_on
            FROM transmission_link l CROSS JOIN case_record c
            WHERE l.owner = @owner AND l.state = 1 AND c.owner = l.to_owner AND c.id = l.to_case{(command.Disease is null ? "" : " AND c.disease = @Disease")}
              {(within ? "AND c.current_region >= @territory AND c.current_region < @beyond" : "")}
            """,
    };

    static string Word(ListKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>A column that is none.</summary>
public sealed record ColumnUnknown(string Known) : Refusal("column_unknown", RefusalKind.Invalid,
    $"There is no such column. These are: {Known}.", $"没有该列，可选：{Known}。");

/// <summary>Columns that tell who somebody is were named and not asked for.</summary>
public sealed record RealColumnsNotAsked() : Refusal("real_columns_not_asked", RefusalKind.Invalid,
    "One of these columns tells who somebody is. Ask for real columns, and say for which purpose.", "所选列含可识别个人身份的信息，请勾选真实列并说明用途。");

/// <summary>Statistics need no names.</summary>
public sealed record PurposeTooWide() : Refusal("purpose_needs_no_names", RefusalKind.NotAllowed,
    "This purpose needs nobody's name. Take the pseudonymous columns.", "该用途无需个人身份信息，请使用化名列。");
