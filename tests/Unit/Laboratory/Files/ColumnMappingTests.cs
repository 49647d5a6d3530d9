using System.Text;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Any table through a saved column mapping.</summary>
public sealed class ColumnMappingTests
{
    const string Wide = """
        {
          "name": "某医院扩增仪",
          "columns": { "well": "孔位", "sample": "样本编号", "task": "类型", "remark": "备注" },
          "ct": [ { "column": "ORF1ab Ct值", "target": "ORF1ab" }, { "column": "N Ct值", "target": "N" }, { "column": "内标 Ct值", "target": "RNase P" } ],
          "undetermined": [ "NoCt", "-" ],
          "tasks": { "待检": "sample", "阴": "negativeControl", "阳": "positiveControl" },
          "decimalComma": true,
          "delimiter": ";",
          "encoding": "gb18030",
          "plateWells": 96
        }
        """;

    static ColumnMappingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void A_Chinese_table_with_a_column_for_each_gene_is_read_gene_by_gene()
    {
        const string Table = """
            某市疾控中心;;;;;;
            孔位;样本编号;类型;ORF1ab Ct值;N Ct值;内标 Ct值;备注
            A1;吉220203040001;待检;31,25;30,5;27,1;
            B1;吉220203040002;待检;NoCt;-;28,0;复检
            C1;NTC;阴;NoCt;NoCt;NoCt;
            D1;PC;阳;30.1;29,0;27,0;
            """;
        var file = MadeFiles.Read(Encoding.GetEncoding("gb18030").GetBytes(Table + "\n"), mapping: Map(Wide).Value).Value;
        Assert.Equal((ResultFormat.MappedText, "gb18030", 11, 1), (file.Format, file.Encoding, file.Wells.Count, file.Refused));
        Assert.Equal(
            ["A1 吉220203040001 ORF1ab 31.25", "A1 吉220203040001 N 30.5", "A1 吉220203040001 RNase P 27.1", "B1 吉220203040002 ORF1ab -"],
            file.Wells.Take(4).Select(well => $"{well.Well} {well.Sample} {well.Target} {well.Ct?.ToString() ?? "-"}"));
        Assert.Equal("复检", file.Wells[3].Remark);
        Assert.Equal(WellRole.NegativeControl, file.Wells[6].Role);
        Assert.Equal(("ct_decimal_mark", "line 6", "D1"), (file.Problems[0].Code, file.Problems[0].Where, file.Problems[0].Well));
        var calls = WellCalls.Of(AssayFile.Named("sars-cov-2-orf1ab-n").Value, file);
        Assert.Equal([Call.Pos, Call.Neg], new[] { calls[(null, "A1")], calls[(null, "B1")] });
    }

    [Fact]
    public void A_table_without_a_header_is_read_by_column_numbers_and_its_delimiter_is_found()
    {
        var mapping = Map("""{"columns": {"well": "#2", "sample": "#1"}, "ct": [{"column": "#3", "target": "N"}], "headerRow": 0}""").Value;
        foreach (var delimiter in new[] { "\t", ",", ";" })
        {
            var file = MadeFiles.Read("T1,A1,30\nT2,A2,N/A\n".Replace(",", delimiter), mapping).Value;
            Assert.Equal([30, null], file.Wells.Select(well => well.Ct));
            Assert.Equal([1, 2], file.Wells.Select(well => well.Line));
        }
    }

    [Fact]
    public void A_last_Ct_without_a_line_end_may_be_cut_off_and_is_flagged()
    {
        var mapping = Map("""{"columns": {"well": "W", "sample": "S"}, "ct": [{"column": "Ct", "target": "N"}]}""").Value;
        Assert.Equal("last_line_unterminated", Assert.Single(MadeFiles.Read("W,S,Ct\nA1,T1,30.1", mapping).Value.Problems).Code);
        Assert.Empty(MadeFiles.Read("W,S,Ct\nA1,T1,30.1\n", mapping).Value.Problems);
    }

    [Fact]
    public void A_table_without_the_named_columns_is_refused_with_the_missing_one()
    {
        var refusal = MadeFiles.Read("孔位;样本编号\nA1;T1\n", Map(Wide).Value).Refusal!;
        Assert.Equal("lab_mapping_not_matching", refusal.Code);
        Assert.NotNull(refusal.Field);
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("null", "$")]
    [InlineData("{", "$")]
    [InlineData("""{"columns": {"well": "W"}}""", "$")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "delimeter": ","}""", "$.delimeter")]
    [InlineData("""{"columns": {"well": " "}, "ct": [{"column": "C"}]}""", "columns.well")]
    [InlineData("""{"columns": {"well": "W"}, "ct": []}""", "ct")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}, {"column": "D"}]}""", "ct.target")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "delimiter": ",,"}""", "delimiter")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "encoding": "utf-99"}""", "encoding")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "encoding": "utf-7"}""", "encoding")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "headerRow": 0}""", "headerRow")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "plateWells": 48}""", "plateWells")]
    [InlineData("""{"columns": {"well": "W"}, "ct": [{"column": "C"}], "undetermined": null}""", "undetermined")]
    public void A_mapping_that_says_something_impossible_is_refused_by_field(string json, string field)
    {
        var refusal = Map(json).Refusal!;
        Assert.Equal(("lab_mapping_invalid", field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void A_mapping_is_not_used_on_RDML_and_that_is_said()
    {
        var file = MadeFiles.Read(Encoding.UTF8.GetBytes(MadeFiles.Rdml(MadeFiles.React(1, "T1", "30"))), mapping: Map(Wide).Value).Value;
        Assert.Equal("mapping_not_used", Assert.Single(file.Problems).Code);
    }

    static Outcome<ColumnMapping> Map(string json) => ColumnMapping.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
