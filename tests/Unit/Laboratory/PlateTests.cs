using System.Text;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
using Qipan.Protocols;
using Qipan.Sampling;
using Xunit;

namespace Qipan.Unit.Laboratory;

public sealed class PlateTests
{
    static readonly Assay Assay = AssayFile.Named("sars-cov-2-orf1ab-n").Value;
    static readonly Guid Lab = new(1, 2, 3, new byte[8]);

    [Theory]
    [InlineData("well,tube\nA1,R1\nA2,r2\nH12,NTC\n")]
    [InlineData("孔位;样本\r\nA1;R1\r\nA2;R2\r\nH12;阴性对照\r\n")]
    [InlineData(",1,2,3,4,5,6,7,8,9,10,11,12\nA,R1,R2\nH,,,,,,,,,,,,NTC\n")]
    public void A_layout_is_read_as_a_list_or_as_a_drawn_plate(string text)
    {
        var (wells, refused) = LayoutCsv.Read(Encoding.UTF8.GetBytes(text), ReadLimits.Default);
        Assert.Empty(refused);
        Assert.Equal(("R1", "R2", WellRole.NegativeControl), (wells["A1"].Tube, wells["A2"].Tube, wells["H12"].Role));
    }

    [Fact]
    public void A_tube_in_two_wells_and_a_well_with_two_tubes_are_refused()
    {
        var (wells, refused) = LayoutCsv.Read(Encoding.UTF8.GetBytes("A1,R1\nA2,R1\nA3,R3\nA3,R4\nQ99,R5\n"), ReadLimits.Default);
        Assert.Equal(["A3"], wells.Keys);
        Assert.Equal(["layout_tube_twice", "layout_tube_twice", "layout_well_twice", "well_unknown"], refused.Select(r => r.Code).Order());
    }

    [Fact]
    public void A_well_whose_layout_and_file_name_different_tubes_is_refused()
    {
        var tubes = new[] { Tube("R1"), Tube("R2") }.ToLookup(t => t.Code);
        var layout = new Dictionary<string, LayoutWell> { ["A1"] = new("R1", null), ["A2"] = new("R2", null) };
        var plate = WellMapping.Map(Sheet(("A1", "R2"), ("A2", "sample 7"), ("A3", "R1")), Assay, layout, tubes, null, Lab);
        Assert.Equal("R2", Assert.Single(plate.Tubes).Tube.Code);
        Assert.Equal(["layout_contradicts_file", "well_not_in_layout"], plate.Refused.Select(r => r.Code).Order());
    }

    [Fact]
    public void INV_02_a_code_that_two_tubes_share_is_taken_only_where_this_laboratory_received_one_of_them()
    {
        var here = Tube("R1", lab: Lab);
        var elsewhere = Tube("R1", state: TubeState.Sealed);
        Assert.Equal(here.Id, Assert.Single(Map("R1", here, elsewhere).Tubes).Tube.Id);
        Assert.Equal("code_conflict", Assert.Single(Map("R1", Tube("R1", lab: Lab), Tube("R1", lab: Lab)).Refused).Code);
        Assert.Equal("code_conflict", Assert.Single(Map("R1", Tube("R1", lab: Lab, conflict: true)).Refused).Code);
    }

    [Fact]
    public void A_run_of_one_round_takes_no_tube_of_another()
    {
        var plate = WellMapping.Map(Sheet(("A1", "R1")), Assay, null, new[] { Tube("R1") }.ToLookup(t => t.Code), Guid.Empty, Lab);
        Assert.Equal("tube_of_other_round", Assert.Single(plate.Refused).Code);
    }

    [Fact]
    public void A_reading_that_was_refused_makes_its_tube_invalid_and_not_negative()
    {
        var json = """
            {"plate":"P","wells":[{"well":"A1","sample":"R1","target":"ORF1ab","ct":null},{"well":"A1","sample":"R1","target":"N","ct":-3},
             {"well":"A1","sample":"R1","target":"RNase P","ct":24}]}
            """;
        var sheet = RunJson.Read(Encoding.UTF8.GetBytes(json)).Value;
        var plate = WellMapping.Map(sheet, Assay, null, new[] { Tube("R1", lab: Lab) }.ToLookup(t => t.Code), null, Lab);
        var judged = RunJudgement.Judge(sheet, plate, new KnownAssay("220204", "a", 1, Assay, 0), Lab, new RatedCapacity(new Dictionary<int, int> { [10] = 9 }),
            new Dictionary<int, int>(), overlaps: false, DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.Equal(Call.Invalid, Assert.Single(judged.Tubes).Call);
        Assert.False(judged.Stands);
        Assert.Equal("run_json_invalid", RunJson.Read("{\"wells\":7}"u8).Refusal!.Code);
    }

    [Fact]
    public void INV_10_a_blocked_internal_control_that_amplifies_fails_the_run_by_layout_too()
    {
        var layout = new Dictionary<string, LayoutWell> { ["A1"] = new(null, WellRole.NegativeControl) };
        ResultWell Reading(string target, double? ct, WellRole role) =>
            new("A1", "NAC", target, "NTC", ct, 1) { Role = role, Reading = ct is null ? CtReading.Undetermined : CtReading.Determined };
        bool Stands(double? blocked)
        {
            var sheet = new RunSheet("P", null, null, null, null, [Reading("Xeno", null, WellRole.NegativeControl), Reading("Blocked IPC", blocked, WellRole.BlockedInternalControl)], []);
            var assay = new Assay { Name = "xeno", CutOff = 38, Genes = [new AssayGene { Name = "Xeno" }], InternalControl = new AssayInternalControl { Targets = ["IPC"], CutOff = 35 } };
            var plate = WellMapping.Map(sheet, assay, layout, Array.Empty<Tube>().ToLookup(t => t.Code), null, Lab);
            return ControlRule.RunStands(ControlRule.Judge(assay, plate.Controls));
        }
        Assert.True(Stands(null));
        Assert.False(Stands(30));
    }

    [Theory]
    [InlineData("2022-04-01")]
    [InlineData("2022-08-01")]
    public void The_assay_that_comes_with_the_program_says_what_the_protocols_assay_group_says(string day)
    {
        var ruled = LoadProtocols.From((string?)null).Value.Resolve("COVID-19", "220204", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Value.Assay.Value.Rule;
        var its = AssayBook.FromRule(ruled, "protocol");
        // The protocol's cut-off excludes and the assay's includes; they part at exactly this cycle.
        Assert.Equal((ruled.CutoffCt, ruled.Grey!.FromCt), (Assay.CutOff, Assay.GreyAbove));
        Assert.Equal((its.GenesForPositive ?? 2, its.InternalControl!.CutOff), (Assay.GenesForPositive ?? 2, Assay.InternalControl!.CutOff));
        Assert.Equal(its.Genes.Select(g => g.Name).Order(), Assay.Genes.Select(g => g.Name).Order());
        Assert.Equal(its.Controls.OrderBy(c => c.Kind).Select(c => (c.Kind, c.Required, c.MaxCt)), Assay.Controls.OrderBy(c => c.Kind).Select(c => (c.Kind, c.Required, c.MaxCt)));
    }

    [Fact]
    public void An_assay_kept_as_a_row_reads_back_as_it_was()
    {
        var back = AssayBook.FromJson(AssayBook.ToJson(Assay));
        Assert.Equal(AssayBook.ToJson(Assay), AssayBook.ToJson(back));
        Assert.Equal((Assay.CutOff, Assay.GreyAbove, Assay.Genes.Count, Assay.Controls.Count), (back.CutOff, back.GreyAbove, back.Genes.Count, back.Controls.Count));
    }

    static MappedPlate Map(string code, params Tube[] tubes) => WellMapping.Map(Sheet(("A1", code)), Assay, null, tubes.ToLookup(t => t.Code), null, Lab);

    static RunSheet Sheet(params (string Well, string Sample)[] wells) => new("P", null, null, null, null,
        [.. wells.Select((w, i) => new ResultWell(w.Well, w.Sample, "N", "UNKNOWN", null, i + 1) { Role = WellRole.Sample, Reading = CtReading.Undetermined })], []);

    static Tube Tube(string code, Guid? lab = null, TubeState state = TubeState.Received, bool conflict = false) => new()
    {
        Id = new TubeId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)),
        Code = code,
        Kind = TubeKind.Ten,
        State = state,
        Lab = lab,
        Conflict = conflict,
        ReceivedAt = lab is null ? null : DateTimeOffset.UnixEpoch,
        Round = new RoundId(new Guid(5, 0, 0, new byte[8])),
        Owner = "220204",
    };
}
