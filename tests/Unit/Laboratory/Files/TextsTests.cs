using System.Text;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Encodings, line ends, quotes, cut-off and contradicting texts.</summary>
public sealed class TextsTests
{
    static readonly string Chinese = MadeFiles.QuantStudio(
        MadeFiles.Row("A1", "混采管吉林〇一", "N基因", "30.5"), MadeFiles.Row("A2", "混采管㐀𠮷二", "N基因", "Undetermined"));

    static TextsTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, bool> Encodings { get; } = new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", true }, { "utf-16", false }, { "utf-16BE", true }, { "utf-16BE", false },
        { "utf-32", true }, { "gb18030", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Chinese_names_survive_every_encoding(string name, bool withMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Chinese)];
        var file = MadeFiles.Read(bytes).Value;
        Assert.Equal(["混采管吉林〇一", "混采管㐀𠮷二"], file.Wells.Select(well => well.Sample));
        Assert.Equal([30.5, null], file.Wells.Select(well => well.Ct));
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Damaged_UTF_8_is_not_taken_for_another_encoding_and_the_damaged_name_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Chinese);
        bytes[bytes.AsSpan().IndexOf("采"u8)] = 0xFF;
        var file = MadeFiles.Read(bytes).Value;
        Assert.Equal("A2", Assert.Single(file.Wells).Well);
        Assert.Equal(["text_damaged", "encoding_damaged"], file.Problems.Select(problem => problem.Code));
        Assert.Equal(1, file.Refused);
    }

    [Fact]
    public void Western_text_is_read_and_flagged()
    {
        var bytes = Encoding.GetEncoding(1252).GetBytes(MadeFiles.QuantStudio(MadeFiles.Row("A1", "Probe™ 1", "N", "30")));
        var file = MadeFiles.Read(bytes).Value;
        Assert.Equal("Probe™ 1", file.Wells[0].Sample);
        Assert.Equal("encoding_guessed", Assert.Single(file.Problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public void An_empty_file_is_refused(string text) => Assert.Equal("lab_file_empty", MadeFiles.Refused(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_line_end_is_one(string end)
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(MadeFiles.Row("A1", "T1", "N", "30"), MadeFiles.Row("A2", "T2", "N", "31")).Replace(
            "\n", end)).Value;
        Assert.Equal([7, 8], file.Wells.Select(well => well.Line));
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void A_file_that_ends_inside_a_row_loses_that_row_only_and_says_so()
    {
        var text = MadeFiles.QuantStudio(MadeFiles.Row("A1", "T1", "N", "30.155"), MadeFiles.Row("A2", "T2", "N", "31.155"));
        var file = MadeFiles.Read(text[..^4]).Value;
        Assert.Equal("A1", Assert.Single(file.Wells).Well);
        var problem = Assert.Single(file.Problems);
        Assert.Equal(("row_cut", "line 8", "A2", true), (problem.Code, problem.Where, problem.Well, problem.Refused));
        Assert.Equal("lab_file_no_results", MadeFiles.Refused(
            Encoding.UTF8.GetBytes(text[..text.IndexOf("Well Position", StringComparison.Ordinal)])));
        Assert.Equal("lab_file_no_readings", MadeFiles.Refused(
            Encoding.UTF8.GetBytes(text[..(text.IndexOf("Comments", StringComparison.Ordinal) + 9)])));
    }

    [Fact]
    public void Quotes_and_line_breaks_inside_a_field_are_part_of_it()
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "\"T\"\"1\"\"\n第二行\tx\"", "N", "30"), MadeFiles.Row("A2", "5\" tube", "N", "31"))).Value;
        Assert.Equal(["T\"1\"\n第二行\tx", "5\" tube"], file.Wells.Select(well => well.Sample));
        Assert.Equal([7, 9], file.Wells.Select(well => well.Line));
    }

    [Fact]
    public void A_quotation_mark_that_is_not_closed_spoils_its_own_row_only()
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "T1", "N", "30"), MadeFiles.Row("A2", "\"T2", "N", "31"), MadeFiles.Row("A3", "T3", "N", "32"),
            MadeFiles.Row("A4", "\"T4\"", "N", "33"), MadeFiles.Row("A5", "\"T5", "N", "34"))).Value;
        Assert.Equal(["T1", "T3", "T4"], file.Wells.Select(well => well.Sample));
        Assert.Equal(["line 8", "line 11"], file.Problems.Select(problem => problem.Where));
        Assert.All(file.Problems, problem => Assert.Equal("quote_unclosed", problem.Code));
    }

    [Fact]
    public void A_row_with_a_cell_too_many_is_refused_because_its_columns_are_shifted()
    {
        var text = "Well,Fluor,Target,Content,Sample,Cq\nA01,FAM,N,Unkn,T1,30,155\nA02,FAM,N,Unkn,T2,\"31,155\"\n";
        var file = MadeFiles.Read(text).Value;
        Assert.Equal(31.155, Assert.Single(file.Wells).Ct);
        Assert.Equal(["row_long", "decimal_comma"], file.Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("NaN", "ct_not_number")]
    [InlineData("Infinity", "ct_not_number")]
    [InlineData("0x1E", "ct_not_number")]
    [InlineData("30.1.5", "ct_not_number")]
    [InlineData("1e999", "ct_not_number")]
    [InlineData("see comment", "ct_not_number")]
    [InlineData("-1.5", "ct_not_positive")]
    [InlineData("0", "ct_not_positive")]
    [InlineData("60.01", "ct_too_high")]
    [InlineData("30155", "ct_too_high")]
    public void A_Ct_that_no_run_can_have_is_refused_and_never_taken_for_none(string ct, string code)
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "T1", "N", ct), MadeFiles.Row("A1", "T1", "ORF", "Undetermined"))).Value;
        Assert.Equal("ORF", Assert.Single(file.Wells).Target);
        Assert.Equal((code, "A1"), (file.Problems[0].Code, file.Problems[0].Well));
        Assert.Equal(Call.Invalid, WellCalls.Of(AssayFile.Named("any-target").Value, file)[(null, "A1")]);
    }

    [Theory]
    [InlineData("30,155", 30.155)]
    [InlineData("30.155", 30.155)]
    [InlineData("3.0155E1", 30.155)]
    [InlineData("60", 60)]
    public void Decimal_commas_and_exponents_are_read(string ct, double value) =>
        Assert.Equal(value, MadeFiles.Read(MadeFiles.QuantStudio(MadeFiles.Row("A1", "T1", "N", ct))).Value.Wells[0].Ct!.Value, 9);

    [Fact]
    public void A_blank_Ct_and_an_omitted_well_are_never_negative()
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "T1", "N", ""), MadeFiles.Row("A2", "T2", "N", "Undetermined", omit: "true"),
                MadeFiles.Row("A3", "T3", "N", "Undetermined"))).Value;
        Assert.Equal(["ct_blank", "well_omitted"], file.Problems.Select(problem => problem.Code));
        var calls = WellCalls.Of(AssayFile.Named("any-target").Value, file);
        Assert.Equal([Call.Invalid, Call.Invalid, Call.Neg], file.Wells.Select(well => calls[(null, well.Well)]));
    }

    [Theory]
    [InlineData("A0", "well_out_of_range")]
    [InlineData("A13", "well_out_of_range")]
    [InlineData("I1", "well_out_of_range")]
    [InlineData("AA1", "well_out_of_range")]
    [InlineData("", "well_unknown")]
    [InlineData("1A", "well_unknown")]
    [InlineData("A1000", "well_unknown")]
    public void A_well_outside_the_plate_is_refused(string well, string code)
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(MadeFiles.Row(well, "T1", "N", "30"), MadeFiles.Row("h12", "T2", "N", "31"))).Value;
        Assert.Equal("H12", Assert.Single(file.Wells).Well);
        Assert.Equal(code, Assert.Single(file.Problems).Code);
    }

    [Fact]
    public void A_384_well_plate_reaches_to_P24()
    {
        var text = MadeFiles.QuantStudio(MadeFiles.Row("P24", "T1", "N", "30"), MadeFiles.Row("Q1", "T2", "N", "30"), MadeFiles.Row(
            "A25", "T2", "N", "30"));
        var file = MadeFiles.Read(text.Replace("96-Well", "384-Well")).Value;
        Assert.Equal("P24", Assert.Single(file.Wells).Well);
        Assert.Equal(2, file.Refused);
    }

    [Fact]
    public void A_well_that_stands_twice_is_kept_once_when_both_agree_and_not_at_all_when_they_do_not()
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "T1", "N", "30"), MadeFiles.Row("A1", "T1", "N", "30"),
            MadeFiles.Row("A2", "T2", "N", "30"), MadeFiles.Row("A2", "T2", "N", "31"), MadeFiles.Row("A2", "T2", "ORF", "Undetermined"),
            MadeFiles.Row("A3", "T3", "N", "30"), MadeFiles.Row("A3", "T4", "ORF", "31"))).Value;
        Assert.Equal(["A1 N", "A2 ORF"], file.Wells.Select(well => $"{well.Well} {well.Target}"));
        Assert.Equal(
            ["well_duplicate", "well_contradiction", "well_contradiction", "sample_contradiction", "sample_contradiction"],
            file.Problems.Select(problem => problem.Code));
        Assert.Equal(7, file.Read);
        Assert.Equal(Call.Invalid, WellCalls.Of(AssayFile.Named("any-target").Value, file)[(null, "A2")]);
    }

    [Fact]
    public void A_row_after_a_blank_line_is_read_and_notes_under_the_table_are_not_rows()
    {
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row("A1", "T1", "N", "30"), "", MadeFiles.Row("A2", "T2", "N", "31"), "", "Analysis Type = Singleplex",
                "Reference Sample = 800")).Value;
        Assert.Equal(2, file.Wells.Count);
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Many_problems_are_counted_beyond_those_that_are_listed()
    {
        var rows = Enumerable.Range(0, 50).Select(_ => MadeFiles.Row("Z9", "T", "N", "30")).Append(MadeFiles.Row("A1", "T1", "N", "30"));
        var file = MadeFiles.Read(Encoding.UTF8.GetBytes(MadeFiles.QuantStudio([.. rows])), new ReadLimits { MaxProblems = 10 }).Value;
        Assert.Equal(50, file.Refused);
        Assert.Equal(11, file.Problems.Count);
        Assert.Equal("more_problems", file.Problems[^1].Code);
    }

    [Fact]
    public void No_problem_and_no_refusal_repeats_what_a_cell_says()
    {
        const string Canary = "张三一二三";
        var file = MadeFiles.Read(MadeFiles.QuantStudio(
            MadeFiles.Row(Canary, Canary, Canary, Canary), MadeFiles.Row("A1", Canary, "N", Canary),
                MadeFiles.Row("A2", Canary, "N", "30"))).Value;
        Assert.Equal(2, file.Problems.Count);
        Assert.DoesNotContain(Canary, string.Concat(file.Problems.Select(problem => problem.ToString())));
        Assert.DoesNotContain(Canary, MadeFiles.Read($"{Canary},{Canary}\n{Canary},30\n").Refusal!.ToString());
    }
}
