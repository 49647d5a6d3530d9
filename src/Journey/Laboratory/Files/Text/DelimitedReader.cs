using System.Text;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Reads delimited text row by row: quotes, line breaks inside quotes, LF, CRLF and CR. A quotation mark that is not closed
/// spoils its own row only: the rest is read again from the next line (a general CSV reader would swallow it). Memory stays
/// within one row of at most <see cref="ReadLimits.MaxColumns"/> cells. Not thread-safe.
/// </summary>
sealed class DelimitedReader(TextReader text, char delimiter, ReadLimits limits)
{
    readonly char[] buffer = new char[16 * 1024];
    readonly StringBuilder cell = new();
    readonly StringBuilder raw = new();
    int at;
    int filled;
    string back = "";
    int backAt;
    int line = 1;
    int rows;

    /// <summary>Lines begun so far; after the last row, the lines of the text.</summary>
    public int Lines { get; private set; }

    public IEnumerable<TableRow> Rows()
    {
        while (Next() is { } row)
            yield return row;
    }

    TableRow? Next()
    {
        if (Look() < 0)
            return null;
        if (++rows > limits.MaxRows)
            throw new UnreadableFileException(FileRefusals.TooManyRows(limits.MaxRows));
        var first = Lines = line;
        var cells = new List<Cell>();
        (string, string, string)? flaw = null;
        cell.Clear();
        while (true)
        {
            var c = Take();
            if (c < 0 || c is '\n' or '\r')
            {
                EndCell(cells, ref flaw);
                if (c == '\r' && Look() == '\n')
                    Take();
                line++;
                return new TableRow(first, cells, flaw, Terminated: c >= 0);
            }
            if (c == delimiter)
                EndCell(cells, ref flaw);
            else if (c == '"' && cell.Length == 0)
                Quoted(ref flaw);
            else if (cell.Length < limits.MaxCellCharacters)
                cell.Append((char)c);
            else
                flaw ??= FileProblems.CellTooLong;
        }
    }

    void EndCell(List<Cell> cells, ref (string, string, string)? flaw)
    {
        if (cells.Count < limits.MaxColumns)
            cells.Add(new Cell(cell.ToString()));
        else
            flaw ??= FileProblems.CellTooLong;
        cell.Clear();
    }

    void Quoted(ref (string, string, string)? flaw)
    {
        raw.Clear();
        var breaks = 0;
        while (true)
        {
            var c = Take();
            if (c < 0 || raw.Length > limits.MaxCellCharacters)
            {
                if (c >= 0)
                    raw.Append((char)c);
                Reread(ref flaw, breaks);
                return;
            }
            raw.Append((char)c);
            if (c is '\n' || c is '\r' && Look() != '\n')
                breaks++;
            if (c != '"')
                continue;
            var next = Look();
            if (next == '"')
            {
                raw.Append((char)Take());
            }
            else if (next < 0 || next == delimiter || next is '\n' or '\r')
            {
                raw.Length--;
                cell.Append(raw.Replace("\"\"", "\""));
                line += breaks;
                return;
            }
            else if (breaks > 0)
            {
                // The mark that seems to close this cell opens one of a later row.
                Reread(ref flaw, breaks);
                return;
            }
            else
            {
                cell.Append('"').Append(raw);
                return;
            }
        }
    }

    void Reread(ref (string, string, string)? flaw, int breaks)
    {
        flaw ??= FileProblems.QuoteUnclosed;
        if (breaks == 0)
            return;
        var kept = raw.ToString();
        back = kept[kept.AsSpan().IndexOfAny('\r', '\n')..] + back[backAt..];
        backAt = 0;
    }

    int Take()
    {
        var c = Look();
        if (backAt < back.Length)
            backAt++;
        else if (c >= 0)
            at++;
        return c;
    }

    int Look()
    {
        if (backAt < back.Length)
            return back[backAt];
        if (at == filled)
        {
            filled = text.Read(buffer);
            at = 0;
        }
        return at < filled ? buffer[at] : -1;
    }
}
