using System.Text;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Finds the table of results in a text, by its content: QuantStudio and ViiA 7, Design &amp; Analysis, CFX, or a mapping.
/// </summary>
sealed class TextResults(byte[] bytes, ReadLimits limits)
{
    const int SheetRows = 65_536;
    const int LargeSheetRows = 1_048_576;
    static readonly char[] Delimiters = ['\t', ',', ';'];
    readonly (Encoding Encoding, int Skip, (string Code, string Sentence, string Chinese)? Flag)? detected = TextEncoding.Detect(bytes);

    public ResultFile Read()
    {
        if (detected is not { } text)
            throw new UnreadableFileException(FileRefusals.Binary);
        var quantStudio = false;
        foreach (var delimiter in Delimiters)
        {
            var attempt = new Attempt(delimiter, limits);
            if (attempt.Read(Open(text.Encoding, text.Skip)) is { } file)
                return Done(file, attempt.Collector, attempt.Lines, text.Encoding, text.Flag);
            quantStudio |= attempt.IsQuantStudio;
        }
        throw new UnreadableFileException(quantStudio ? FileRefusals.NoResultsSection : FileRefusals.UnknownFormat);
    }

    public ResultFile Read(ColumnMapping mapping)
    {
        var named = mapping.Encoding is { } name ? TextEncoding.ByName(name) : null;
        if (named is null && detected is null)
            throw new UnreadableFileException(FileRefusals.Binary);
        var encoding = named ?? detected!.Value.Encoding;
        var skip = named is null || detected?.Encoding.CodePage == named.CodePage ? detected?.Skip ?? 0 : 0;
        var delimiters = mapping.Delimiter is { Length: 1 } one ? [one[0]] : Delimiters;
        UnreadableFileException? last = null;
        foreach (var delimiter in delimiters)
        {
            var collector = new ReadingCollector(limits);
            var rows = new DelimitedReader(Open(encoding, skip), delimiter, limits);
            try
            {
                MappedTable.ReadAll(rows.Rows(), mapping, collector, limits, inSheet: false);
                var file = Results.Of(ResultFormat.MappedText);
                return Done(file, collector, rows.Lines, encoding, named is null ? detected?.Flag : null);
            }
            catch (UnreadableFileException e) when (e.Refusal.Code == "lab_mapping_not_matching")
            {
                last = e;
            }
        }
        throw last!;
    }

    static ResultFile Done(
        ResultFile file, ReadingCollector collector, int lines, Encoding encoding, (string Code, string Sentence, string Chinese)? flag)
    {
        if (flag is { } note)
            collector.FlagOnce(note);
        if (lines is SheetRows or LargeSheetRows)
            collector.FlagOnce(FileProblems.SheetTruncated);
        return Results.Complete(file with { Encoding = encoding.WebName }, collector);
    }

    StreamReader Open(Encoding encoding, int skip) => new(
        new MemoryStream(bytes, skip, bytes.Length - skip, writable: false), encoding, detectEncodingFromByteOrderMarks: false, 32 * 1024);

    /// <summary>One reading of the text with one delimiter.</summary>
    sealed class Attempt(char delimiter, ReadLimits limits)
    {
        // Where no file of these kinds has its header any more, a text is not one of them.
        const int LastHeaderLine = 300;
        readonly QuantStudioSetup setup = new();
        ResultTable? table;
        string? section;
        ResultFormat format;

        public ReadingCollector Collector { get; } = new(limits);

        public bool IsQuantStudio { get; private set; }

        public int Lines { get; private set; }

        public ResultFile? Read(TextReader text)
        {
            var reader = new DelimitedReader(text, delimiter, limits);
            foreach (var row in reader.Rows())
            {
                if (!Accept(row) && row.Line > LastHeaderLine && !IsQuantStudio)
                    return null;
            }
            Lines = reader.Lines;
            if (table is null)
                return null;
            table.Finish();
            return setup.Fill(Results.Of(format), Collector, limits);
        }

        // False while nothing is recognised.
        bool Accept(TableRow row)
        {
            var first = row.Cells[0].Text;
            if (first.StartsWith('[') && row.Cells.Skip(1).All(cell => cell.IsBlank) && first.TrimEnd().EndsWith(']'))
            {
                section = first.Trim();
                IsQuantStudio |= section is "[Results]" or "[Sample Setup]" or "[Raw Data]" or "[Amplification Data]";
                return IsQuantStudio;
            }
            if (section is null && table is null && Key(row))
                return true;
            if (section is "[Sample Setup]")
            {
                setup.AddRow(row);
                return true;
            }
            if (section is not (null or "[Results]"))
                return true;
            if (table is not null)
            {
                table.Accept(row);
                return true;
            }
            if (QuantStudioTable.Recognise(row, Collector, limits, setup, inSheet: false) is { } quantStudio)
            {
                table = quantStudio;
                format = setup.Key("Software Name and Version") is null ? ResultFormat.QuantStudioText : ResultFormat.DesignAndAnalysisText;
            }
            else if (CfxTable.Recognise(row, Collector, limits, inSheet: false) is { } cfx)
            {
                table = cfx;
                format = ResultFormat.CfxCsv;
            }
            return table is not null;
        }

        // "* key = value" of QuantStudio, "# key: value" of Design & Analysis, "key,value" of CFX.
        bool Key(TableRow row)
        {
            var line = row.Cells.Count == 1 ? row.Cells[0].Text : string.Join(delimiter, row.Cells.Select(cell => cell.Text));
            var mark = line.StartsWith('*') ? '=' : line.StartsWith('#') ? ':' : '\0';
            if (mark != '\0' && line.IndexOf(mark, StringComparison.Ordinal) is > 0 and var end)
            {
                setup.AddKey(line[1..end], line[(end + 1)..].TrimEnd(delimiter));
                IsQuantStudio |= line.StartsWith("* ", StringComparison.Ordinal) && setup.Key("Instrument Type") is not null;
                return true;
            }
            if (row.Cells.Count is 2 or 3 && delimiter != '\t' && CfxKeys.TryGetValue(row.TextAt(0), out var key))
            {
                setup.AddKey(key, row.TextAt(1));
                return true;
            }
            return false;
        }

        static readonly Dictionary<string, string> CfxKeys = new(StringComparer.OrdinalIgnoreCase)
        {
            ["File Name"] = "File Name",
            ["ID"] = "Barcode",
            ["Run Started"] = "Run Start Date/Time",
            ["Run Ended"] = "Run End Date/Time",
            ["Base Serial Number"] = "Instrument Serial Number",
            ["CFX Maestro Version"] = "Software Name and Version",
        };
    }
}
