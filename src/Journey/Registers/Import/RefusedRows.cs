using System.Globalization;
using System.Text;
using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>One row that was not taken.</summary>
/// <param name="Row">Number in the file, the header being row 1.</param>
/// <param name="Refusal">Why.</param>
/// <param name="Original">The row as it stood; personal, so it goes into the file beside the input and nowhere else.</param>
sealed record RefusedRow(long Row, Refusal Refusal, Personal<string> Original);

/// <summary>
/// The rows that were not taken, written beside the input as UTF-8 CSV with a byte order mark: row number, code, sentence, the
/// original row. A field that a spreadsheet would run as a formula gets an apostrophe before it. Its owner may read it, nobody else.
/// </summary>
sealed class RefusedRows : IDisposable
{
    const string Header = "row,code,sentence,original\r\n";

    readonly FileStream file;

    RefusedRows(FileStream file) => this.file = file;

    public long Length => file.Length;

    /// <summary>Opens the file for an import that begins, or cuts it at the length it had when the import was last committed.</summary>
    public static RefusedRows Open(string path, long keep)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var beside = new FileStream(path, options);
        if (beside.Length < keep)
            keep = 0;
        beside.SetLength(keep);
        beside.Position = keep;
        if (keep == 0)
        {
            beside.Write(Encoding.UTF8.Preamble);
            beside.Write(Encoding.UTF8.GetBytes(Header));
        }
        return new RefusedRows(beside);
    }

    /// <summary>
    /// Writes the rows after the first <paramref name="from"/> bytes and cuts off what stood there: a unit that runs again writes
    /// the same file. Flushed before the unit that counts them is committed. Returns the new length.
    /// </summary>
    public long Write(long from, IEnumerable<RefusedRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(row.Row.ToString(CultureInfo.InvariantCulture)).Append(',').Append(row.Refusal.Code).Append(',')
                .Append(Field($"{row.Refusal.Sentence} {row.Refusal.Chinese}")).Append(',')
                .Append(Field(row.Original.Reveal(Disclosure.ForProcessing))).Append("\r\n");
        if (text.Length == 0 && file.Length == from)
            return from;
        file.SetLength(from);
        file.Position = from;
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Flush(flushToDisk: true);
        return file.Length;
    }

    public void Dispose() => file.Dispose();

    /// <summary>Quoted, and harmless to a spreadsheet.</summary>
    internal static string Field(string text)
    {
        var plain = text.Replace("\"", "\"\"", StringComparison.Ordinal);
        return text.AsSpan().TrimStart() is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"\"'{plain}\"" : $"\"{plain}\"";
    }
}
