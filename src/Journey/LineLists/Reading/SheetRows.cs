using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Registers;

namespace Qipan.LineLists;

/// <summary>The rows of one sheet of a workbook (.xlsx), held in memory within the reader's limits.</summary>
sealed class SheetRows : IListRows
{
    static readonly ReadLimits Limits = new() { MaxRows = 1_100_000, MaxColumns = 500, MaxFileBytes = 128L << 20, MaxPartBytes = 512L << 20, MaxSharedCharacters = 128 << 20 };

    readonly List<(long Number, string[] Cells, bool Flaw)> rows;
    int at;

    SheetRows(List<(long Number, string[] Cells, bool Flaw)> rows) =>
        (this.rows, Heads) = (rows, rows.Count == 0 ? [] : [.. rows[0].Cells.Select(c => c.Trim())]);

    public IReadOnlyList<string> Heads { get; }

    public bool IsWorkbook => true;

    public long Number => rows[at].Number;

    public Refusal? Broken => rows[at].Flaw ? new RowBroken() : rows[at].Cells.Any(c => c.Contains('\ufffd')) ? new RowBadEncoding() : null;

    public double Share => rows.Count == 0 ? 1 : (double)at / rows.Count;

    public string Raw => string.Join(',', rows[at].Cells.Select(c => c.AsSpan().ContainsAny(",\"\r\n") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c));

    public string this[int column] => column >= 0 && column < rows[at].Cells.Length ? rows[at].Cells[column] : "";

    public bool Read() => ++at < rows.Count;

    /// <summary>Reads the sheet of this name, or the first whose first row fits; refused when the file is no workbook that can be trusted.</summary>
    public static Outcome<SheetRows> Open(byte[] bytes, string? sheet, Func<IReadOnlyList<string>, bool> fits)
    {
        try
        {
            using var zip = new SafeZip(bytes, Limits);
            if (!Workbook.IsIn(zip))
                return new WorkbookBroken();
            var book = new Workbook(zip, Limits);
            SheetRows? first = null;
            foreach (var (name, part) in book.Sheets)
            {
                if (sheet is not null && !name.Equals(sheet, StringComparison.OrdinalIgnoreCase))
                    continue;
                var read = new List<(long Number, string[] Cells, bool Flaw)>();
                book.Read(part, row =>
                {
                    if (!row.IsBlank)
                        read.Add((row.Line, [.. row.Cells.Select(c => c.Text.Trim())], row.Flaw is not null));
                });
                var found = new SheetRows(read);
                if (sheet is not null || fits(found.Heads))
                    return found;
                first ??= found;
            }
            return first is not null ? first : new SheetMissing();
        }
        catch (UnreadableFileException e)
        {
            return e.Refusal.Kind == RefusalKind.TooLarge ? new WorkbookTooLarge() : new WorkbookBroken();
        }
        // What .NET's zip reader throws for archives that are cut off, altered, locked or packed in a way it does not know.
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or IOException or ArgumentException)
        {
            return new WorkbookBroken();
        }
    }

    public void Dispose()
    {
    }
}

/// <summary>Opens a list, whatever it is.</summary>
static class OpenList
{
    /// <summary>The rows of the file and its hash; refused when it is not there, empty, or a workbook that is broken.</summary>
    public static Outcome<(IListRows Rows, FileFacts Facts)> Of(string path, string? sheet, Func<IReadOnlyList<string>, bool> fits)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImportFileUnreadable();
        }
        var facts = FileFacts.Of(stream);
        stream.Position = 0;
        Span<byte> head = stackalloc byte[8];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            stream.Dispose();
            return new ImportEmpty();
        }
        if (head is [(byte)'P', (byte)'K', 3 or 5 or 7, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            using (stream)
            {
                if (facts.Bytes > int.MaxValue / 4)
                    return new WorkbookTooLarge();
                var bytes = new byte[facts.Bytes];
                stream.Position = 0;
                stream.ReadExactly(bytes);
                return SheetRows.Open(bytes, sheet, fits).Map(rows => ((IListRows)rows, facts));
            }
        }
        return (new TextRows(stream, facts), facts);
    }
}

/// <summary>A workbook that cannot be trusted.</summary>
public sealed record WorkbookBroken() : Refusal("workbook_broken", RefusalKind.Invalid,
    "The workbook is broken, cut off, locked with a password, or no .xlsx. Save it again as .xlsx, or as CSV in UTF-8.",
    "工作簿已损坏、不完整、有密码或不是 .xlsx。请另存为 .xlsx，或存为 UTF-8 的 CSV。");

/// <summary>A workbook beyond the limits.</summary>
public sealed record WorkbookTooLarge() : Refusal("workbook_too_large", RefusalKind.TooLarge,
    "The workbook is larger than a list is, or unpacks to far more than it says. Save it as CSV in UTF-8.",
    "工作簿过大或解压后远超正常大小。请存为 UTF-8 的 CSV。");

/// <summary>The sheet is not there.</summary>
public sealed record SheetMissing() : Refusal("sheet_missing", RefusalKind.NotFound,
    "The workbook has no sheet of the name that the mapping gives.", "工作簿中没有列映射指定的工作表。");
