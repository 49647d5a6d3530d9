using System.IO.Compression;
using System.Text;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Makes files for tests: sound ones, to be broken on purpose.</summary>
static class MadeFiles
{
    public const string Header = "Well\tWell Position\tOmit\tSample Name\tTarget Name\tTask\tReporter\tCT\tComments";

    /// <summary>A QuantStudio text of a 96-well plate with these rows of results.</summary>
    public static string QuantStudio(params string[] rows) => string.Join(
        '\n',
        [
            "* Block Type = 96-Well Block (0.2mL)", "* Experiment Run End Time = 2022-04-03 08:00:00 AM GMT+08:00",
            "* Instrument Type = QuantStudio(TM) 7 Flex System", "", "[Results]", Header, .. rows, "",
        ]);

    public static string Row(string well, string sample, string target, string ct, string task = "UNKNOWN", string omit = "false") =>
        $"1\t{well}\t{omit}\t{sample}\t{target}\t{task}\tFAM\t{ct}\t";

    public static Outcome<ResultFile> Read(string text, ColumnMapping? mapping = null) =>
        Read(Encoding.UTF8.GetBytes(text), mapping: mapping);

    public static Outcome<ResultFile> Read(byte[] bytes, ReadLimits? limits = null, ColumnMapping? mapping = null)
    {
        using var stream = new MemoryStream(bytes);
        return ResultFileReader.Read(stream, "made", limits ?? ReadLimits.Default, mapping);
    }

    /// <summary>The code of the refusal; fails when the file was read.</summary>
    public static string Refused(byte[] bytes, ReadLimits? limits = null)
    {
        var read = Read(bytes, limits);
        Assert.False(read.Ok, "The file was read.");
        Assert.NotEmpty(read.Refusal.Chinese);
        return read.Refusal.Code;
    }

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                part.Write(text);
            }
        }
        return memory.ToArray();
    }

    /// <summary>A workbook with one sheet, named Results, of this sheet XML or these rows of cell XML.</summary>
    public static byte[] Xlsx(string sheetData, string shared = "<sst/>", string prolog = "") => Zip(
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Results\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", $"{prolog}<worksheet><sheetData>{sheetData}</sheetData></worksheet>"));

    public static string SheetRow(int number, params string[] cells) =>
        $"<row r=\"{number}\">{string.Concat(cells.Select(cell => cell.StartsWith("<c") ? cell : Text(cell)))}</row>";

    public static string SheetHeader(int number = 1) => SheetRow(number, "Well", "Well Position", "Omit", "Sample", "Target", "Task", "Cq");

    public static string Text(string text) =>
        $"<c t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>";

    public static string Number(string number) => $"<c><v>{number}</v></c>";

    /// <summary>An RDML of one run with these reactions.</summary>
    public static string Rdml(string reactions, string prolog = "", string format = "<rows>8</rows><columns>12</columns>") =>
        $"{prolog}<rdml version=\"1.1\" xmlns=\"http://www.rdml.org\"><sample id=\"T1\"><type>unkn</type></sample>"
        + "<sample id=\"T2\"><type>ntc</type></sample>"
        + "<target id=\"N\"><dyeId id=\"FAM\"/></target>"
        + $"<experiment id=\"e\"><run id=\"r\"><pcrFormat>{format}</pcrFormat>{reactions}</run></experiment></rdml>";

    public static string React(int id, string sample, string? cq) =>
        $"<react id=\"{id}\"><sample id=\"{sample}\"/><data><tar id=\"N\"/>{(cq is null ? "" : $"<cq>{cq}</cq>")}</data></react>";
}
