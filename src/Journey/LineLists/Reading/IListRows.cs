using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.LineLists;

/// <summary>The rows of a list, one after the other, whatever file they stand in. Not safe for several threads.</summary>
interface IListRows : IDisposable
{
    /// <summary>The heads, as they stand.</summary>
    IReadOnlyList<string> Heads { get; }

    /// <summary>True when numbers may stand for dates.</summary>
    bool IsWorkbook { get; }

    /// <summary>Number of the row, the head being row 1.</summary>
    long Number { get; }

    /// <summary>Why the row cannot be read as a whole, or null.</summary>
    Refusal? Broken { get; }

    /// <summary>How much of the file is read, 0 to 1.</summary>
    double Share { get; }

    /// <summary>The row for the file of refused rows; personal.</summary>
    string Raw { get; }

    string this[int column] { get; }

    bool Read();
}

/// <summary>Comma-, semicolon- or tab-separated text in UTF-8, UTF-16 or GB18030.</summary>
sealed class TextRows : IListRows
{
    readonly FileStream stream;
    readonly StreamReader text;
    readonly CsvRows csv;
    readonly long bytes;

    public TextRows(FileStream stream, FileFacts facts)
    {
        (this.stream, bytes) = (stream, facts.Bytes);
        stream.Position = 0;
        text = new StreamReader(stream, facts.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        csv = new CsvRows(text);
        Heads = csv.Read() ? [.. Enumerable.Range(0, csv.Count).Select(i => csv[i].Trim('\ufeff', ' '))] : [];
    }

    public IReadOnlyList<string> Heads { get; }

    public bool IsWorkbook => false;

    public long Number => csv.Number;

    public Refusal? Broken => csv.Broken ? new RowBroken() : csv.Raw.Contains('\ufffd') ? new RowBadEncoding() : null;

    public double Share => bytes == 0 ? 1 : (double)stream.Position / bytes;

    public string Raw => csv.Raw;

    public string this[int column] => csv[column];

    public bool Read() => csv.Read();

    public void Dispose() => text.Dispose();
}
