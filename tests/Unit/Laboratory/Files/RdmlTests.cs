using System.Text;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>What RDML files say besides their numbers.</summary>
public sealed class RdmlTests
{
    [Fact]
    public void Reactions_are_placed_along_the_rows_of_their_plate()
    {
        var file = Read(MadeFiles.Rdml(
            MadeFiles.React(1, "T1", "30") + MadeFiles.React(13, "T1", "31") + MadeFiles.React(96, "T1", "32")
            + MadeFiles.React(97, "T1", "33")));
        Assert.Equal(["A1", "B1", "H12"], file.Wells.Select(well => well.Well));
        Assert.Equal(("well_out_of_range", "run 1, reaction 97"), (file.Problems[0].Code, file.Problems[0].Where));
        var large = Read(MadeFiles.Rdml(MadeFiles.React(384, "T1", "30"), format: "<rows>16</rows><columns>24</columns>"));
        Assert.Equal(("P24", 384), (large.Wells[0].Well, large.PlateWells));
        Assert.Equal(
            "plate_format_missing",
            Read(MadeFiles.Rdml(MadeFiles.React(1, "T1", "30").Replace("id=\"1\"", "id=\"A1\"") + MadeFiles.React(2, "T1", "30"),
                format: "")).Problems[0].Code);
    }

    [Fact]
    public void A_missing_or_negative_one_cq_means_none_and_other_impossible_ones_are_refused()
    {
        var file = Read(MadeFiles.Rdml(
            MadeFiles.React(1, "T1", null) + MadeFiles.React(2, "T1", "-1.0") + MadeFiles.React(3, "T1", "NaN")
            + MadeFiles.React(4, "T1", "100")
            + MadeFiles.React(5, "T1", "-2") + MadeFiles.React(6, "T1", "")));
        Assert.Equal([CtReading.Undetermined, CtReading.Undetermined, CtReading.Blank], file.Wells.Select(well => well.Reading));
        Assert.Equal(
            ["ct_not_number", "ct_too_high", "ct_not_positive", "ct_blank"], file.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_cq_beyond_the_cycles_that_were_run_is_kept_as_printed_and_is_no_finding()
    {
        var curve = string.Concat(Enumerable.Range(1, 45).Select(i => $"<adp><cyc>{i}</cyc><fluor>0.1</fluor></adp>"));
        var file = Read(MadeFiles.Rdml(MadeFiles.React(1, "T1", "100").Replace("</data>", curve + "</data>")));
        Assert.Equal(100, file.Wells[0].Ct);
        Assert.Equal("ct_beyond_run", Assert.Single(file.Problems).Code);
        Assert.Equal(Call.Neg, CallRule.Of(AssayFile.Named("any-target").Value, file.Wells));
    }

    [Fact]
    public void Dyes_of_one_plate_that_are_written_as_runs_make_one_tube_with_one_call()
    {
        var one = MadeFiles.Rdml(MadeFiles.React(1, "T1", "30"));
        var other = MadeFiles.React(1, "T1", null).Replace("\"N\"", "\"ORF\"");
        var two = one.Replace(
            "</run>", $"</run><run id=\"s\"><pcrFormat><rows>8</rows><columns>12</columns></pcrFormat>{other}</run>");
        Assert.All(Read(two).Wells, well => Assert.Null(well.Run));
        Assert.Equal(Call.SingleTarget, WellCalls.Of(AssayFile.Named("any-target").Value, Read(two))[(null, "A1")]);
        // The same target again, or another sample in the well, is another plate.
        Assert.Equal([null, "plate 2"], Read(two.Replace("\"ORF\"", "\"N\"")).Wells.Select(well => well.Run));
    }

    [Fact]
    public void An_excluded_reaction_is_read_as_omitted()
    {
        var file = Read(MadeFiles.Rdml(MadeFiles.React(1, "T1", "30").Replace("</data>", "<excl>bubble</excl></data>")));
        Assert.True(file.Wells[0].Omitted);
        Assert.Equal("bubble", file.Wells[0].Remark);
        Assert.Equal(Call.Invalid, CallRule.Of(AssayFile.Named("any-target").Value, file.Wells));
    }

    static ResultFile Read(string xml) => MadeFiles.Read(Encoding.UTF8.GetBytes(xml)).Value;
}
