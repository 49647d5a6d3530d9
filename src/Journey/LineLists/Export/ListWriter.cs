using System.IO.Compression;
using System.Text;

namespace Qipan.LineLists;

/// <summary>Writes rows one by one; nothing is held but the row. Not safe for several threads.</summary>
abstract class ListWriter : IDisposable
{
    public static ListWriter Of(Stream output, bool workbook) => workbook ? new SheetWriter(output) : new TextWriterOfRows(output);

    /// <summary>Writes a row. A text that a spreadsheet would run as a formula is made harmless.</summary>
    public abstract void Row(ReadOnlySpan<string?> cells, ReadOnlySpan<bool> texts);

    public abstract void Dispose();

    static bool IsFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';

    /// <summary>RFC 4180 in UTF-8.</summary>
    sealed class TextWriterOfRows(Stream output) : ListWriter
    {
        readonly StreamWriter text = new(output, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);

        public override void Row(ReadOnlySpan<string?> cells, ReadOnlySpan<bool> texts)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0)
                    text.Write(',');
                if (cells[i] is not { Length: > 0 } cell)
                    continue;
                if (texts[i] && IsFormula(cell))
                    cell = "'" + cell;
                if (texts[i] && cell.AsSpan().ContainsAny(",\"\r\n"))
                {
                    text.Write('"');
                    text.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
                    text.Write('"');
                }
                else
                {
                    text.Write(cell);
                }
            }
            text.Write("\r\n");
        }

        public override void Dispose() => text.Dispose();
    }

    /// <summary>
    /// A workbook of texts, written as it goes: a sheet for each million rows, because a sheet holds no more. Cells are texts and never
    /// formulas, whatever stands in them.
    /// </summary>
    sealed class SheetWriter(Stream output) : ListWriter
    {
        const int MostRows = 1_000_000;

        readonly ZipArchive zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
        StreamWriter? sheet;
        string?[] heads = [];
        int sheets;
        int rows;

        public override void Row(ReadOnlySpan<string?> cells, ReadOnlySpan<bool> texts)
        {
            if (sheets == 0)
                heads = cells.ToArray();
            if (sheet is null || rows == MostRows)
            {
                var further = sheets > 0;
                Next();
                if (further)
                    Write(heads);
            }
            Write(cells);
            rows++;
        }

        void Write(ReadOnlySpan<string?> cells)
        {
            sheet!.Write("<row>");
            foreach (var cell in cells)
            {
                if (cell is not { Length: > 0 })
                {
                    sheet.Write("<c/>");
                    continue;
                }
                sheet.Write("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                foreach (var c in cell)
                    switch (c)
                    {
                        case '&':
                            sheet.Write("&amp;");
                            break;
                        case '<':
                            sheet.Write("&lt;");
                            break;
                        case '>':
                            sheet.Write("&gt;");
                            break;
                        case < ' ' and not ('\t' or '\n' or '\r'):
                            break;
                        default:
                            sheet.Write(c);
                            break;
                    }
                sheet.Write("</t></is></c>");
            }
            sheet.Write("</row>");
        }

        void Next()
        {
            End();
            sheets++;
            rows = 0;
            sheet = Part($"xl/worksheets/sheet{sheets}.xml");
            sheet.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        }

        void End()
        {
            sheet?.Write("</sheetData></worksheet>");
            sheet?.Dispose();
            sheet = null;
        }

        StreamWriter Part(string name) => new(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false), bufferSize: 1 << 16);

        public override void Dispose()
        {
            if (sheets == 0)
                Next();
            End();
            var all = Enumerable.Range(1, sheets).ToList();
            using (var book = Part("xl/workbook.xml"))
                book.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                    + string.Concat(all.Select(i => $"<sheet name=\"list{i}\" sheetId=\"{i}\" r:id=\"r{i}\"/>")) + "</sheets></workbook>");
            using (var links = Part("xl/_rels/workbook.xml.rels"))
                links.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + string.Concat(all.Select(i => $"<Relationship Id=\"r{i}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
                    + $"Target=\"worksheets/sheet{i}.xml\"/>")) + "</Relationships>");
            using (var root = Part("_rels/.rels"))
                root.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
                    + "</Relationships>");
            using (var types = Part("[Content_Types].xml"))
                types.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                    + string.Concat(all.Select(i => $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" "
                    + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")) + "</Types>");
            zip.Dispose();
        }
    }
}
