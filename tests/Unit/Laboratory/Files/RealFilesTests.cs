using System.IO.Compression;
using System.Xml.Linq;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>Every real instrument file, well by well, against a parse that is not ours.</summary>
public sealed class RealFilesTests(ITestOutputHelper output)
{
    public static TheoryData<string> WithIndependentParse { get; } =
    [
        "quantstudio/appbio_quantstudio_designandanalysis_QS7Pro_Presence_and_Absence_example10.xlsx",
        "quantstudio/appbio_quantstudio_example02.txt",
        "quantstudio/appbio_quantstudio_example04.txt",
        "quantstudio/appbio_quantstudio_example06.txt",
        "quantstudio/appbio_quantstudio_example08.xlsx",
        "quantstudio/appbio_quantstudio_minimal_broken_path_calc_doc.txt",
        "quantstudio/appbio_quantstudio_minimal_test01.txt",
        "quantstudio/appbio_quantstudio_minimal_test03.txt",
        "quantstudio/appbio_quantstudio_multiple_cal_doc_wells.txt",
        "quantstudio/example_quantsudio_results_only.txt",
        "cfx/example01.csv",
    ];

    [Theory]
    [MemberData(nameof(WithIndependentParse))]
    public void Every_well_agrees_with_the_independent_parse(string name)
    {
        var file = RealFiles.Read(name);
        var theirs = IndependentParse.Read(Path.ChangeExtension(RealFiles.Path(name), ".json"));
        var left = file.Wells.ToList();
        var differences = new List<string>();
        foreach (var measurement in theirs)
        {
            var ours = left.Find(well => Well(measurement.Well) == well.Well && Given(measurement.Target) == well.Target
                && measurement.Dye == well.Dye);
            if (ours is null)
            {
                differences.Add($"{measurement.Well} {measurement.Target}: not read");
                continue;
            }
            left.Remove(ours);
            if (ours.Sample != Given(measurement.Sample) || !RoleAgrees(ours.Role, measurement.Role) || !CtAgrees(ours.Ct, measurement.Ct))
                differences.Add($"{measurement} but {ours}");
        }
        differences.AddRange(left.Select(well => $"{well.Well} {well.Target}: not in the independent parse"));
        Print(name, file, theirs.Count, differences.Count);
        Assert.Empty(differences);
        Assert.Equal(0, file.Refused);
    }

    [Theory]
    [InlineData("rdml/BioRad_qPCR_melt.rdml", 60, 26)]
    [InlineData("rdml/lc96_bACTXY.rdml", 384, 384)]
    public void Every_reaction_of_an_RDML_agrees_with_its_XML(string name, int readings, int withCq)
    {
        var file = RealFiles.Read(name);
        using var zip = ZipFile.OpenRead(RealFiles.Path(name));
        XDocument? xml = null;
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            var document = XDocument.Load(part);
            if (document.Root!.Name.LocalName == "rdml")
                xml = document;
        }
        XNamespace ns = "http://www.rdml.org";
        var samples = xml!.Root!.Elements(ns + "sample").ToDictionary(sample => sample.Attribute("id")!.Value);
        var different = 0;
        var compared = 0;
        var left = file.Wells.ToList();
        foreach (var run in xml.Descendants(ns + "run"))
        {
            var columns = (int)run.Element(ns + "pcrFormat")!.Element(ns + "columns")!;
            foreach (var data in run.Elements(ns + "react").Elements(ns + "data"))
            {
                compared++;
                var react = data.Parent!;
                var number = (int)react.Attribute("id")! - 1;
                var well = $"{(char)('A' + number / columns)}{number % columns + 1}";
                var sample = samples[react.Element(ns + "sample")!.Attribute("id")!.Value];
                var sampleName = (string?)sample.Element(ns + "description") is { Length: > 0 } text ? text : sample.Attribute("id")!.Value;
                var target = data.Element(ns + "tar")!.Attribute("id")!.Value;
                var cq = (double?)data.Element(ns + "cq");
                var ours = left.Find(reading => reading.Well == well && reading.Target == target);
                if (ours is null || ours.Sample != sampleName || ours.Task != (string)sample.Element(ns + "type")!
                    || !CtAgrees(ours.Ct, cq))
                    different++;
                else
                    left.Remove(ours);
            }
        }
        Print(name, file, compared, different);
        Assert.Equal(readings, compared);
        Assert.Equal(0, different);
        Assert.Empty(left);
        Assert.Equal(withCq, file.Wells.Count(well => well.Ct is not null));
    }

    [Fact]
    public void A_file_whose_means_come_from_rows_that_it_does_not_have_says_that_rows_are_missing()
    {
        var file = RealFiles.Read("quantstudio/appbio_quantstudio_minimal_broken_path_calc_doc.txt");
        Assert.Single(file.Wells);
        Assert.Equal(["quantity_source_missing", "replicates_missing"], file.Problems.Select(problem => problem.Code).Order());
        Assert.All(file.Problems, problem => Assert.Equal(("line 50", "D1"), (problem.Where, problem.Well)));
    }

    [Fact]
    public void A_well_of_the_plate_setup_that_has_no_result_is_named()
    {
        var problem = Assert.Single(RealFiles.Read("quantstudio/appbio_quantstudio_example04.txt").Problems);
        Assert.Equal(("setup_without_result", "H11"), (problem.Code, problem.Well));
    }

    [Theory]
    [InlineData("quantstudio/appbio_quantstudio_designandanalysis_QS7Pro_Presence_and_Absence_example10.xlsx")]
    [InlineData("quantstudio/appbio_quantstudio_example02.txt")]
    [InlineData("quantstudio/appbio_quantstudio_example08.xlsx")]
    [InlineData("quantstudio/example_quantsudio_results_only.txt")]
    public void A_whole_file_has_no_problem(string name) => Assert.Empty(RealFiles.Read(name).Problems);

    [Fact]
    public void The_head_of_each_kind_of_file_is_read()
    {
        var text = RealFiles.Read("quantstudio/appbio_quantstudio_example02.txt");
        Assert.Equal(
            (ResultFormat.QuantStudioText, "QuantStudio(TM) 6 Flex System", "278880034", 96),
                (text.Format, text.Instrument, text.InstrumentSerial, text.PlateWells));
        Assert.Equal(new DateTimeOffset(2010, 10, 1, 1, 44, 54, TimeSpan.FromHours(-4)), text.RunEndedAt);
        var sheet = RealFiles.Read("quantstudio/appbio_quantstudio_designandanalysis_QS7Pro_Presence_and_Absence_example10.xlsx");
        Assert.Equal(
            (ResultFormat.DesignAndAnalysisXlsx, "Design & Analysis Software v2.7.0", "QS7Pro_Presence_and_Absence"),
            (sheet.Format, sheet.Software, sheet.PlateName));
        Assert.Equal(new DateTimeOffset(2019, 3, 31, 21, 23, 17, TimeSpan.FromHours(-4)), sheet.RunStartedAt);
        Assert.Equal("12345", RealFiles.Read("quantstudio/appbio_quantstudio_example08.xlsx").InstrumentSerial);
        Assert.Equal(ResultFormat.CfxCsv, RealFiles.Read("cfx/example01.csv").Format);
        var rdml = RealFiles.Read("rdml/lc96_bACTXY.rdml");
        Assert.Equal((ResultFormat.Rdml, "LC96SN11301"), (rdml.Format, rdml.Instrument));
        Assert.Equal(new DateTimeOffset(2014, 8, 19, 11, 30, 20, TimeSpan.FromHours(8)), rdml.RunStartedAt);
        Assert.Equal(["ct_beyond_run", "time_zone_ambiguous"], rdml.Problems.Select(problem => problem.Code).Order());
    }

    void Print(string name, ResultFile file, int compared, int different)
    {
        var wells = file.Wells.Select(well => (well.Run, well.Well)).Distinct().Count();
        output.WriteLine($"| {Path.GetFileName(name)} | {wells} | {compared} | {compared - different} | {different} |");
    }

    // "A01" of CFX is "A1".
    static string Well(string well) => well[0] + well[1..].TrimStart('0');

    // "N/A" is how the independent parse writes a name that the file does not have.
    static string Given(string name) => name == "N/A" ? "" : name;

    static bool RoleAgrees(WellRole ours, string? theirs) => ours switch
    {
        WellRole.Sample => theirs == "unknown sample role",
        WellRole.Standard => theirs == "standard sample role",
        // The independent parse does not know the task "BlockedIPC" of the older software.
        WellRole.BlockedInternalControl => theirs is null or "control sample role",
        WellRole.NegativeControl or WellRole.PositiveControl or WellRole.InternalControl => theirs == "control sample role",
        _ => false,
    };

    static bool CtAgrees(double? ours, double? theirs) =>
        ours is null || theirs is null
            ? ours is null && theirs is null : Math.Abs(ours.Value - theirs.Value) <= 1e-6 * Math.Abs(theirs.Value);
}
