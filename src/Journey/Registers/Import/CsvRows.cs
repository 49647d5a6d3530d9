namespace Qipan.Registers;

/// <summary>
/// Reads comma-, semicolon- or tab-separated text row by row, with bounded memory whatever the file holds. A quote that is never
/// closed breaks only its own line: the row is given as broken and the next line is read as usual. Not safe for several threads.
/// </summary>
sealed class CsvRows(TextReader reader, int longestRow = 65_536)
{
    readonly List<(int Start, int Length, bool Quoted)> fields = [];
    readonly char[] buffer = new char[Math.Max(1 << 18, longestRow * 2)];
    int start;
    int end;
    int rowStart;
    int rowLength;
    bool finished;
    char delimiter;

    /// <summary>Number of the row, the header being row 1; blank lines are not counted.</summary>
    public long Number { get; private set; }

    /// <summary>How many fields the row has.</summary>
    public int Count => fields.Count;

    /// <summary>Why the row could not be split: an open quote or more characters than a row may have.</summary>
    public bool Broken { get; private set; }

    /// <summary>The row as it stands in the file.</summary>
    public string Raw => new(buffer, rowStart, rowLength);

    /// <summary>A field without its quotes and outer blanks; empty where the row is too short.</summary>
    public string this[int field]
    {
        get
        {
            if (field < 0 || field >= fields.Count)
                return "";
            var (from, length, quoted) = fields[field];
            var text = buffer.AsSpan(from, length).Trim();
            return quoted ? text.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : text.ToString();
        }
    }

    public bool Read()
    {
        do
        {
            if (!Next())
                return false;
        }
        while (rowLength == 0);
        Number++;
        return true;
    }

    bool Next()
    {
        for (; ; )
        {
            if (delimiter == 0 && (end - start >= 8192 || finished))
                delimiter = Guess();
            if (delimiter != 0 && start < end && Split())
                return true;
            if (finished)
                return false;
            Fill();
        }
    }

    /// <summary>Splits one whole row; false when its end is not in the buffer yet.</summary>
    bool Split()
    {
        fields.Clear();
        Broken = false;
        var at = start;
        for (; ; )
        {
            if (at >= end)
            {
                if (!finished)
                    return end - start > longestRow && Break();
                fields.Add((at, 0, false));
                return Take(at, at);
            }
            if (buffer[at] == '"')
            {
                var close = at + 1;
                while (close < end && (buffer[close] != '"' || (close + 1 < end && buffer[close + 1] == '"')))
                    close += buffer[close] == '"' ? 2 : 1;
                // A quote at the very end of the buffer may be the first of two.
                if (close >= end - 1 && !(finished && close == end - 1))
                    return (end - start > longestRow || (finished && close >= end)) && Break();
                fields.Add((at + 1, close - at - 1, true));
                at = close + 1;
                while (at < end && buffer[at] is ' ')
                    at++;
                if (at < end && buffer[at] != delimiter && buffer[at] is not ('\r' or '\n'))
                    return Break();
            }
            else
            {
                var stop = buffer.AsSpan(at, end - at).IndexOfAny(delimiter, '\n', '\r');
                if (stop < 0)
                {
                    if (!finished)
                        return end - start > longestRow && Break();
                    stop = end - at;
                }
                fields.Add((at, stop, false));
                at += stop;
            }
            if (at >= end)
                return finished && Take(at, at);
            if (buffer[at] == delimiter)
                at++;
            else if (buffer[at] == '\n')
                return Take(at, at + 1);
            else if (at + 1 < end)
                return Take(at, buffer[at + 1] == '\n' ? at + 2 : at + 1);
            else
                return finished && Take(at, at + 1);
        }
    }

    /// <summary>The line cannot be split: it is given whole, and reading goes on after it.</summary>
    bool Break()
    {
        var line = buffer.AsSpan(start, end - start).IndexOf('\n');
        if (line < 0 && !finished && end - start <= longestRow)
            return false;
        fields.Clear();
        Broken = true;
        return line < 0 ? Take(end, end) : Take(start + line, start + line + 1);
    }

    bool Take(int rowEnd, int next)
    {
        (rowStart, rowLength, start) = (start, rowEnd - start, next);
        if (rowLength > 0 && buffer[rowStart + rowLength - 1] == '\r')
            rowLength--;
        return true;
    }

    void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        var read = reader.ReadBlock(buffer, end, buffer.Length - end);
        end += read;
        finished = read == 0 || end < buffer.Length;
    }

    /// <summary>The separator that stands most often in the first line.</summary>
    char Guess()
    {
        var text = buffer.AsSpan(start, end - start);
        var line = text.IndexOf('\n');
        var header = line < 0 ? text : text[..line];
        var best = ',';
        foreach (var candidate in (ReadOnlySpan<char>)[';', '\t'])
            if (header.Count(candidate) > header.Count(best))
                best = candidate;
        return best;
    }
}
