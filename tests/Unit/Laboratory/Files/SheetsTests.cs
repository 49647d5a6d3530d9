using System.Text;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>What stands in the cells and rows of workbooks.</summary>
public sealed class SheetsTests
{
    [Fact]
    public void A_formula_is_not_computed_its_stored_value_is_used_and_flagged()
    {
        var file = MadeFiles.Read(MadeFiles.Xlsx(MadeFiles.SheetHeader()
            + MadeFiles.SheetRow(2, "1", "A1", "FALSE", "T1", "N", "UNKNOWN", "<c><f>29+1</f><v>30.5</v></c>")
            + MadeFiles.SheetRow(3, "2", "A2", "FALSE", "T2", "N", "UNKNOWN", "<c><f>29+1</f></c>")
            + MadeFiles.SheetRow(4, "3", "A3", "FALSE", "T3", "N", "UNKNOWN", "<c t=\"e\"><v>#N/A</v></c>"))).Value;
        Assert.Equal([30.5, null], file.Wells.Select(well => well.Ct));
        Assert.Equal(CtReading.Blank, file.Wells[1].Reading);
        Assert.Equal(
            ["formula_cached_value", "formula_cached_value", "ct_blank", "ct_not_number"], file.Problems.Select(problem => problem.Code));
        Assert.Equal("sheet Results, row 4", file.Problems[3].Where);
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    public void A_text_that_looks_like_a_formula_stays_a_text(string name)
    {
        var sheet = MadeFiles.Xlsx(MadeFiles.SheetHeader() + MadeFiles.SheetRow(
            2, "1", "A1", "FALSE", name, "N", "UNKNOWN", MadeFiles.Number("30")));
        Assert.Equal(name, MadeFiles.Read(sheet).Value.Wells[0].Sample);
        Assert.Equal(name, MadeFiles.Read(MadeFiles.QuantStudio(MadeFiles.Row("A1", name, "N", "30"))).Value.Wells[0].Sample);
    }

    [Fact]
    public void Shared_and_rich_texts_are_read_without_their_phonetic_guides()
    {
        const string Shared = "<sst><si><r><t>混</t></r><r><t>01</t></r><rPh sb=\"0\" eb=\"1\"><t>hun</t></rPh></si></sst>";
        var row = MadeFiles.SheetRow(2, "1", "A1", "FALSE", "<c t=\"s\"><v>0</v></c>", "N", "UNKNOWN", MadeFiles.Number("30"));
        var lost = MadeFiles.SheetRow(3, "2", "A2", "FALSE", "<c t=\"s\"><v>7</v></c>", "N", "UNKNOWN", MadeFiles.Number("30"));
        var file = MadeFiles.Read(MadeFiles.Xlsx(MadeFiles.SheetHeader() + row + lost, Shared)).Value;
        Assert.Equal("混01", Assert.Single(file.Wells).Sample);
        Assert.Equal("text_damaged", Assert.Single(file.Problems).Code);
    }

    [Fact]
    public void A_number_stored_as_text_is_read_and_flagged_once()
    {
        var file = MadeFiles.Read(MadeFiles.Xlsx(MadeFiles.SheetHeader()
            + MadeFiles.SheetRow(2, "1", "A1", "FALSE", "T1", "N", "UNKNOWN", " 30.5 ")
            + MadeFiles.SheetRow(3, "2", "A2", "FALSE", "T2", "N", "UNKNOWN", "31.5"))).Value;
        Assert.Equal([30.5, 31.5], file.Wells.Select(well => well.Ct));
        Assert.Equal("number_as_text", Assert.Single(file.Problems).Code);
    }

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_535, false)]
    [InlineData(65_537, false)]
    [InlineData(1_048_576, true)]
    public void A_sheet_that_ends_exactly_at_the_last_row_a_sheet_can_have_is_probably_truncated(int last, bool flagged)
    {
        var file = MadeFiles.Read(MadeFiles.Xlsx(MadeFiles.SheetHeader()
            + MadeFiles.SheetRow(last, "1", "A1", "FALSE", "T1", "N", "UNKNOWN", MadeFiles.Number("30")))).Value;
        Assert.Single(file.Wells);
        Assert.Equal(flagged, file.Problems.Any(problem => problem.Code == "sheet_probably_truncated"));
    }

    [Theory]
    [InlineData(65_536)]
    [InlineData(65_540)]
    public void All_rows_of_a_large_sheet_and_a_large_text_are_read_plate_by_plate(int rows)
    {
        var mapping = Mapping("""{"columns": {"well": "Well", "sample": "Sample", "plate": "Plate"}, "ct": [{"column": "Ct"}]}""");
        string[] names = ["Plate", "Well", "Sample", "Ct"];
        var cells = Enumerable.Range(0, rows - 1)
            .Select(i => new[] { $"P{i / 96}", $"{(char)('A' + i / 12 % 8)}{i % 12 + 1}", $"T{i}", "30.5" }).ToList();
        var text = string.Join('\n', cells.Prepend(names).Select(row => string.Join(',', row))) + "\n";
        var sheet = new StringBuilder(MadeFiles.SheetRow(1, names));
        for (var i = 0; i < cells.Count; i++)
            sheet.Append(MadeFiles.SheetRow(i + 2, cells[i]));
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), MadeFiles.Xlsx(sheet.ToString()) })
        {
            var file = MadeFiles.Read(bytes, mapping: mapping).Value;
            Assert.Equal(rows - 1, file.Wells.Count);
            Assert.Equal(0, file.Refused);
            Assert.Equal(rows == 65_536, file.Problems.Any(problem => problem.Code == "sheet_probably_truncated"));
        }
    }

    [Fact]
    public void A_file_beyond_the_limits_is_refused_and_the_limits_are_settings()
    {
        var text = Encoding.UTF8.GetBytes(
            MadeFiles.QuantStudio([.. Enumerable.Range(1, 12).Select(i => MadeFiles.Row($"A{i}", $"T{i}", "N", "30"))]));
        Assert.Equal("lab_file_too_large", MadeFiles.Refused(text, new ReadLimits { MaxFileBytes = text.Length - 1 }));
        Assert.Equal(12, MadeFiles.Read(text, new ReadLimits { MaxFileBytes = text.Length }).Value.Wells.Count);
        Assert.Equal("lab_file_too_many_rows", MadeFiles.Refused(text, new ReadLimits { MaxRows = 10 }));
        Assert.Equal("lab_file_too_many_readings", MadeFiles.Refused(text, new ReadLimits { MaxReadings = 11 }));
        var endless = new EndlessStream();
        Assert.Equal("lab_file_too_large", ResultFileReader.Read(
            endless, "endless", new ReadLimits { MaxFileBytes = 1 << 20 }).Refusal!.Code);
    }

    static ColumnMapping Mapping(string json) => ColumnMapping.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))).Value;

    sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'x');
            return buffer.Length;
        }
    }
}
