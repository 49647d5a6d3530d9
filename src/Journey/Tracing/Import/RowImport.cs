using System.Globalization;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A file to be imported.</summary>
/// <param name="Path">The file; refused rows go to PATH.refused.csv.</param>
/// <param name="DryRun">Judges every row and writes nothing.</param>
/// <param name="FileName">How the job names the file; the path's last part unless given.</param>
/// <param name="FirstRefused">How many refused rows the report names.</param>
public sealed record ImportFile(string Path, bool DryRun = false, string? FileName = null, int FirstRefused = 20);

/// <summary>What became of a row: null is accepted.</summary>
readonly record struct RowVerdict(bool Had, Refusal? Refusal);

/// <summary>Which column is what, by its header in either language; the first of each names is how the code asks for it.</summary>
sealed class RowColumns
{
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public static Outcome<RowColumns> Of(CsvRows header, IReadOnlyList<string[]> known, IReadOnlyList<string[]> needed)
    {
        var columns = new RowColumns();
        for (var i = 0; i < header.Count; i++)
        {
            var title = header[i].Trim('\ufeff', ' ').ToLowerInvariant();
            if (known.FirstOrDefault(k => k.Contains(title, StringComparer.Ordinal)) is { } names)
                columns.places.TryAdd(names[0], i);
        }
        var missing = needed.Where(any => !any.Any(columns.places.ContainsKey)).Select(any => string.Join(" or ", any)).ToList();
        return missing.Count == 0 ? columns : new ImportColumnsUnknown(string.Join(", ", missing));
    }

    public string Get(CsvRows row, string name) => places.TryGetValue(name, out var at) ? row[at].Trim() : "";
}

/// <summary>
/// Reads a CSV row by row and hands rows over in units; every row has a verdict, refused ones stand beside the input with their reasons.
/// The same file again finds everything there.
/// </summary>
sealed class RowImport(Store store, Actor actor)
{
    public async Task<Outcome<ImportReport>> Run<T>(
        string kind, ImportFile command, IReadOnlyList<string[]> known, IReadOnlyList<string[]> needed, int unitRows,
        Func<CsvRows, RowColumns, Outcome<T>> read, Func<IReadOnlyList<T>, Task<Outcome<IReadOnlyList<RowVerdict>>>> take,
        IProgress<ImportProgress>? progress = null)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(command.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImportFileUnreadable();
        }
        await using var _ = stream;
        var facts = FileFacts.Of(stream);
        stream.Position = 0;
        using var text = new StreamReader(stream, facts.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        var csv = new CsvRows(text);
        if (!csv.Read())
            return new ImportEmpty();
        var columns = RowColumns.Of(csv, known, needed);
        if (!columns.Ok)
            return columns.Refusal;
        var job = new ImportJobRow
        {
            Id = Uuid7.New(store.Clock),
            Kind = kind,
            FileName = command.FileName ?? Path.GetFileName(command.Path),
            FileHash = facts.Hash,
            StartedAt = store.Clock.GetUtcNow(),
            Actor = actor.ToString(),
        };
        using var refusedRows = command.DryRun ? null : RefusedRows.Open(command.Path + ".refused.csv", 0);
        var first = new List<RefusedItem>();
        for (var last = false; !last;)
        {
            var (rows, refused) = (new List<(long Number, T Row, string Raw)>(), new List<RefusedRow>());
            while (rows.Count + refused.Count < unitRows && !last)
            {
                if (last = !csv.Read())
                    break;
                var row = csv.Broken ? new RowBroken() : csv.Raw.Contains('\ufffd') ? new RowBadEncoding() : read(csv, columns.Value);
                if (row.Ok)
                    rows.Add((csv.Number, row.Value, csv.Raw));
                else
                    refused.Add(new RefusedRow(csv.Number, row.Refusal, Personal.Of(csv.Raw)));
            }
            var verdicts = await take(rows.ConvertAll(r => r.Row));
            if (!verdicts.Ok)
                return verdicts.Refusal;
            for (var i = 0; i < rows.Count; i++)
                if (verdicts.Value[i].Refusal is { } why)
                    refused.Add(new RefusedRow(rows[i].Number, why, Personal.Of(rows[i].Raw)));
            var had = verdicts.Value.Count(v => v.Had);
            job = job with
            {
                RowCount = job.RowCount + rows.Count + refused.Count - verdicts.Value.Count(v => v.Refusal is not null),
                Accepted = job.Accepted + verdicts.Value.Count(v => !v.Had && v.Refusal is null),
                Had = job.Had + had,
                Refused = job.Refused + refused.Count,
                RefusedBytes = refusedRows?.Write(job.RefusedBytes, refused.OrderBy(r => r.Row)) ?? 0,
            };
            foreach (var row in refused.OrderBy(r => r.Row).Take(command.FirstRefused - first.Count))
                first.Add(new RefusedItem(row.Row, row.Refusal.Code, row.Refusal.Sentence, row.Refusal.Chinese));
            progress?.Report(new ImportProgress(facts.Bytes == 0 ? 1 : (double)stream.Position / facts.Bytes, job.RowCount));
        }
        if (!command.DryRun)
            await Close(job with { State = ImportState.Finished, FinishedAt = store.Clock.GetUtcNow() });
        refusedRows?.Dispose();
        if (!command.DryRun && job.Refused == 0)
            File.Delete(command.Path + ".refused.csv");
        return new ImportReport(job.Id, kind, job.RowCount, job.Accepted, job.Had, job.Refused, 0, 0, job.FileHash,
            job.Refused > 0 && !command.DryRun ? command.Path + ".refused.csv" : null, first);
    }

    Task<Outcome<Done>> Close(ImportJobRow job) => store.Write(new WriteScope(actor, WriteScope.Deployment), session =>
    {
        session.Insert(ImportJobRow.Rows, [job]);
        session.Trail(WriteScope.Deployment, "import_" + job.Kind, new Ref("import", job.Id), detail: new
        {
            hash = job.FileHash,
            rows = job.RowCount,
            job.Accepted,
            job.Had,
            job.Refused,
        });
        return Outcome.Done;
    });
}

/// <summary>Times in files: Unix seconds, or ISO 8601 with an offset, or local time without one.</summary>
static class FileTime
{
    public static bool TryRead(string text, LocalDays days, out DateTimeOffset at)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 253402300799)
        {
            at = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        at = default;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var plain))
            return false;
        if (plain.Kind != DateTimeKind.Unspecified)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out at);
        at = new DateTimeOffset(plain, days.Zone.GetUtcOffset(plain)).ToUniversalTime();
        return true;
    }
}
