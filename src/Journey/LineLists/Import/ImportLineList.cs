using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.LineLists;

/// <summary>Reads a line list 病例清单, a contact list 密接清单 or a list of links through a mapping.</summary>
/// <param name="Path">CSV or .xlsx; refused rows go to PATH.refused.csv.</param>
/// <param name="Mapping">Which column is what.</param>
/// <param name="Place">Code of the county or finer where the people are whose row names no place.</param>
/// <param name="DryRun">Judges every row as a real run would, and keeps nothing.</param>
/// <param name="FileName">How the import names the file; the path's last part unless given.</param>
/// <param name="FirstRows">How many refused and noticed rows the report names.</param>
public sealed record ImportLineList(string Path, ListMapping Mapping, string? Place = null, bool DryRun = false, string? FileName = null, int FirstRows = 20)
{
    /// <summary>True where the cases of the list open their clocks; null: as the mapping says.</summary>
    public bool? Clocks { get; init; }

    /// <summary>The import's id, where somebody waits for it; null: a new one.</summary>
    public Guid? Job { get; init; }
}

/// <summary>What an import of a list did. Rows = Accepted + Updated + Had + Refused.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Rows">Data rows of the file.</param>
/// <param name="Had">There already, with the same data.</param>
/// <param name="Parked">Pairs of possible doubles among persons that wait for a decision; their rows are accepted.</param>
/// <param name="Drawn">Links that were drawn.</param>
/// <param name="Waiting">Links of the list of which a case is not known yet.</param>
/// <param name="RefusedLinks">Links that a column named and that cannot be.</param>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="RefusedFile">Beside the input; null when nothing was refused or nothing is kept.</param>
public sealed record ListReport(
    Guid Job, string Mapping, string List, ListKind Kind, bool DryRun, long Rows, long Accepted, long Updated, long Had, long Refused, long Parked,
    long Drawn, long Waiting, long RefusedLinks, string Hash, string? RefusedFile)
{
    /// <summary>After which row the import went on when an earlier one had been ended; 0 when it began at the first.</summary>
    public long ResumedAt { get; init; }

    /// <summary>How often each reason was given for a refusal.</summary>
    public IReadOnlyDictionary<string, long> Reasons { get; init; } = new Dictionary<string, long>();

    /// <summary>How often each thing was noticed of rows that were taken.</summary>
    public IReadOnlyDictionary<string, long> Notices { get; init; } = new Dictionary<string, long>();

    /// <summary>Heads of the file that no field reads.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    public IReadOnlyList<ListItem> FirstRefused { get; init; } = [];

    public IReadOnlyList<ListItem> FirstNoticed { get; init; } = [];
}

/// <summary>
/// Imports lists. One thread reads, checks and seals, the store's writer takes units of rows, each with the import's progress in the same
/// commit; a killed import goes on where it stopped when the same file is imported again, and a finished one finds everything there: a row is
/// known by its list and its own id. Safe for all threads.
/// </summary>
public sealed class ImportLineListHandler(
    Store store, Keyring keyring, ProtocolBook protocols, CaseWork work, TracingSettings tracing, RegistersSettings registers, LineListsSettings settings,
    LocalDays days)
{
    static readonly HashSet<string> Running = [];

    /// <param name="command">The file.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Rows outside the caller's territory are refused; null is the program itself.</param>
    /// <param name="progress">Told after each unit.</param>
    public async Task<Outcome<ListReport>> Handle(ImportLineList command, Actor actor, Caller? caller = null, IProgress<ImportProgress>? progress = null)
    {
        var mapping = command.Clocks is { } clocks ? command.Mapping with { Clocks = clocks } : command.Mapping;
        var opened = OpenList.Of(command.Path, mapping.Sheet, heads => MappingBook.Fit([mapping], heads, null).Count > 0);
        if (!opened.Ok)
            return opened.Refusal;
        var (rows, facts) = opened.Value;
        using var closes = rows;
        if (rows.Heads.Count == 0)
            return new ImportEmpty();
        var reader = new RowReader(store, keyring, days, registers.GuardianUnderAge, mapping, rows, command.Place, caller);
        if (reader.Fields.Missing.ToList() is { Count: > 0 } missing)
            return ListRefusals.ColumnsMissing(string.Join(", ", missing));
        if (mapping.Kind != ListKind.Links && command.Place is null && !reader.Fields.Has(ListField.Place) && !mapping.Defaults.ContainsKey(ListField.Place))
            return ListRefusals.PlaceNeeded;
        var hash = $"{facts.Hash}.{mapping.Name}.{command.Place}";
        lock (Running)
            if (!Running.Add(hash))
                return new ImportIsRunning();
        try
        {
            var earlier = command.DryRun ? null : store.Read(s => ListImportRow.Unfinished(s, hash));
            using var run = new ListRun(store, command with { Mapping = mapping }, hash, earlier, actor, new CaseUnit(work, new CaseUpdates(days)),
                new ContactUnit(protocols, days, new ContactWork(protocols, days, tracing), tracing),
                unit => new UnitContext(mapping, unit, keyring, registers, days.DateOf(store.Clock.GetUtcNow()), command.DryRun ? new DrySeen() : null), reader.Fields);
            var read = await new ListPipe(reader, rows, mapping, settings.UnitRows).Feed(run, progress);
            if (!read.Ok)
                return read.Refusal;
            return run.Rows == 0 ? ListRefusals.NoRows : (await run.Finish()).Map(report => report with { Hash = facts.Hash });
        }
        finally
        {
            lock (Running)
                Running.Remove(hash);
        }
    }
}
