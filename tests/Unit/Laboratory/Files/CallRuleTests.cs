using FsCheck;
using FsCheck.Fluent;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>The call of a tube and the verdicts of controls (domain 2.3, 2.4, INV-10).</summary>
public sealed class CallRuleTests
{
    static readonly Assay TwoGenes = new()
    {
        Name = "two genes",
        CutOff = 40,
        GreyAbove = 37,
        Genes = [new AssayGene { Name = "ORF1ab", Dye = "FAM" }, new AssayGene { Name = "N", Targets = ["N gene"], Dye = "VIC" }],
        InternalControl = new AssayInternalControl { Targets = ["RP"], CutOff = 38, Required = true },
        Controls =
        [
            new AssayControl { Kind = ControlKind.Negative, Required = true, Samples = ["NTC"] },
            new AssayControl { Kind = ControlKind.Positive, Required = true, Samples = ["PC"], MinCt = 15, MaxCt = 32 },
        ],
    };

    [Theory]
    [InlineData(30.0, 31.0, 28.0, Call.Pos)]
    [InlineData(37.0, 37.0, 28.0, Call.Pos)]
    [InlineData(30.0, null, 28.0, Call.SingleTarget)]
    [InlineData(30.0, 39.0, 28.0, Call.SingleTarget)]
    [InlineData(37.1, 38.0, 28.0, Call.Grey)]
    [InlineData(40.0, null, 28.0, Call.Grey)]
    [InlineData(40.1, null, 28.0, Call.Neg)]
    [InlineData(null, null, 28.0, Call.Neg)]
    [InlineData(null, null, null, Call.Invalid)]
    [InlineData(null, null, 38.5, Call.Invalid)]
    [InlineData(30.0, 31.0, null, Call.Pos)]
    [InlineData(38.0, null, null, Call.Grey)]
    public void A_tube_is_called_by_its_genes_and_its_internal_control(double? orf, double? n, double? control, Call call) =>
        Assert.Equal(call, CallRule.Of(TwoGenes, Tube(orf, n, control)));

    [Fact]
    public void A_gene_that_was_not_measured_makes_a_tube_without_findings_invalid()
    {
        Assert.Equal(Call.Invalid, CallRule.Of(TwoGenes, new TubeReadings(new Dictionary<string, double?> { ["N"] = null }, true, 28)));
        Assert.Equal(Call.SingleTarget, CallRule.Of(TwoGenes, new TubeReadings(new Dictionary<string, double?> { ["N"] = 30 }, true, 28)));
        Assert.Equal(Call.Invalid, CallRule.Of(TwoGenes, new TubeReadings(new Dictionary<string, double?>(), true, 28)));
        Assert.Equal(Call.Invalid, CallRule.Of(TwoGenes, Tube(null, null, 28) with { InternalControlMeasured = false }));
    }

    [Fact]
    public void An_assay_may_let_a_failed_internal_control_spoil_even_a_finding_and_one_gene_be_enough()
    {
        var strict = TwoGenes with { InternalControl = TwoGenes.InternalControl! with { MayFailWhenFound = false } };
        Assert.Equal(Call.Invalid, CallRule.Of(strict, Tube(20, 20, null)));
        Assert.Equal(Call.Pos, CallRule.Of(TwoGenes with { GenesForPositive = 1 }, Tube(20, null, 28)));
    }

    [Fact]
    public void Lowering_a_Ct_never_makes_a_tube_less_positive() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll((
            from orf in Ct from n in Ct from control in Ct from lower in Gen.Choose(1, 100) select (orf, n, control, lower)).ToArbitrary(),
                t =>
        {
            var before = Rank(CallRule.Of(TwoGenes, Tube(t.orf, t.n, t.control)));
            var lowered = t.orf is { } ct ? ct * t.lower / 100.0 : 60.0 * t.lower / 100.0;
            return Rank(CallRule.Of(TwoGenes, Tube(lowered, t.n, t.control))) >= before;
        }));

    [Fact]
    public void A_tube_in_which_nothing_was_found_is_invalid_whenever_its_internal_control_failed() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Ct.ToArbitrary(), control =>
            CallRule.Of(TwoGenes, Tube(null, null, control)) == (control <= 38 ? Call.Neg : Call.Invalid)));

    [Fact]
    public void Any_numbers_at_all_end_in_a_call_and_only_a_whole_measured_tube_is_negative() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<(double?, double?, double?)>(), t =>
        {
            var call = CallRule.Of(TwoGenes, Tube(t.Item1, t.Item2, t.Item3));
            static bool NotFound(double? ct) => ct is null or > 40;
            return Enum.IsDefined(call)
                && (call != Call.Neg || NotFound(t.Item1) && NotFound(t.Item2) && double.IsPositive(t.Item3!.Value) && t.Item3 <= 38);
        }));

    [Fact]
    public void The_numbers_of_calls_never_change() => Assert.Equal(
        "NEG=1 POS=2 SINGLE_TARGET=3 GREY=4 INVALID=5",
            string.Join(' ', Enum.GetValues<Call>().Select(call => $"{call.Name()}={(int)call}")));

    [Fact]
    public void Controls_in_order_let_the_run_stand()
    {
        var verdicts = ControlRule.Judge(TwoGenes,
            [.. Well("A1", "NTC", null, null, null), .. Well("A2", "PC", 25, 26, 27), .. Well("A3", "T1", null, null, 28)]);
        Assert.All(verdicts, verdict => Assert.True(verdict.Ok, verdict.Code));
        Assert.Equal([ControlKind.Negative, ControlKind.Positive, ControlKind.Internal], verdicts.Select(verdict => verdict.Kind));
        Assert.True(ControlRule.RunStands(verdicts));
    }

    [Theory]
    [InlineData(39.0, null, 25.0, 26.0, "negative_control_amplified")]
    [InlineData(null, 20.0, 25.0, 26.0, "negative_control_amplified")]
    [InlineData(null, null, null, 26.0, "positive_control_weak")]
    [InlineData(null, null, 25.0, 33.0, "positive_control_weak")]
    [InlineData(null, null, 14.0, 26.0, "positive_control_strong")]
    public void A_failed_control_fails_the_run_with_a_reason(
        double? negativeOrf, double? negativeN, double? positiveOrf, double? positiveN, string code)
    {
        var verdicts = ControlRule.Judge(
            TwoGenes, [.. Well("A1", "NTC", negativeOrf, negativeN, null), .. Well("A2", "PC", positiveOrf, positiveN, 27),
                .. Well("A3", "T1", null, null, 28)]);
        var failed = Assert.Single(verdicts, verdict => !verdict.Ok);
        Assert.Equal(code, failed.Code);
        Assert.NotEmpty(failed.Reason!);
        Assert.False(ControlRule.RunStands(verdicts));
    }

    [Fact]
    public void A_required_control_that_is_not_there_or_was_not_measured_fails_the_run()
    {
        var verdicts = ControlRule.Judge(TwoGenes, Well("A3", "T1", null, null, 28));
        Assert.Equal([ControlKind.Negative, ControlKind.Positive], verdicts.Where(verdict => verdict.Code == "control_missing").Select(
            verdict => verdict.Kind));
        Assert.False(ControlRule.RunStands(verdicts));
        var blank = Well("A1", "NTC", null, null, null).Select(well => well with { Reading = CtReading.Blank }).ToList();
        Assert.Contains(ControlRule.Judge(TwoGenes, blank), verdict => verdict is { Well: "A1", Code: "control_not_measured" });
    }

    [Fact]
    public void An_internal_control_that_failed_concerns_its_own_tube_and_not_the_run()
    {
        var verdicts = ControlRule.Judge(
            TwoGenes, [.. Well("A1", "NTC", null, null, null), .. Well("A2", "PC", 25, 26, 27), .. Well("A3", "T1", null, null, null)]);
        Assert.Equal(("A3", "internal_control_failed"), (verdicts[2].Well, verdicts[2].Code));
        Assert.True(ControlRule.RunStands(verdicts));
    }

    [Fact]
    public void The_presence_absence_example_agrees_with_the_instruments_own_calls()
    {
        var file = RealFiles.Read("quantstudio/appbio_quantstudio_designandanalysis_QS7Pro_Presence_and_Absence_example10.xlsx");
        var calls = WellCalls.Of(AssayFile.Named("any-target").Value, file);
        foreach (var well in file.Wells.Where(well => well.Role == WellRole.Sample))
            Assert.Equal(well.Sample.StartsWith("Positive", StringComparison.Ordinal) ? Call.Pos : Call.Neg, calls[(null, well.Well)]);
        Assert.True(ControlRule.RunStands(ControlRule.Judge(AssayFile.Named("any-target").Value, file.Wells)));
    }

    [Theory]
    [InlineData("""{"name": "x"}""", "$")]
    [InlineData("""{"name": "x", "cutOff": 0}""", "cutOff")]
    [InlineData("""{"name": "x", "cutOff": 40, "greyAbove": 40}""", "greyAbove")]
    [InlineData("""{"name": "x", "cutOff": 40, "genes": [{"name": "N"}, {"name": "ORF", "targets": ["n"]}]}""", "genes")]
    [InlineData("""{"name": "x", "cutOff": 40, "genes": [{"name": "N"}], "genesForPositive": 2}""", "genesForPositive")]
    [InlineData("""{"name": "x", "cutOff": 40, "controls": [{"kind": "internal"}]}""", "controls")]
    [InlineData("""{"name": "x", "cutOff": 40, "cutoffs": 1}""", "$.cutoffs")]
    public void An_assay_that_contradicts_itself_is_refused_by_field(string json, string field)
    {
        var refusal = AssayFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))).Refusal!;
        Assert.Equal(("lab_assay_invalid", field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void The_assays_that_come_with_the_program_are_sound()
    {
        Assert.Equal(["any-target", "sars-cov-2-orf1ab-n"], AssayFile.Names);
        Assert.All(AssayFile.Names, name => Assert.True(AssayFile.Named(name).Ok));
        Assert.Equal("lab_assay_unknown", AssayFile.Named("x").Refusal!.Code);
    }

    static Gen<double?> Ct => Gen.Frequency(
        (1, Gen.Constant((double?)null)), (4, Gen.Choose(100, 6000).Select(hundredths => (double?)(hundredths / 100.0))));

    static int Rank(Call call) => call switch
    {
        Call.Neg or Call.Invalid => 0,
        Call.Grey => 1,
        Call.SingleTarget => 2,
        Call.Pos => 3,
    };

    static TubeReadings Tube(double? orf, double? n, double? control) =>
        new(new Dictionary<string, double?> { ["ORF1ab"] = orf, ["N"] = n }, InternalControlMeasured: true, control);

    static List<ResultWell> Well(string well, string sample, double? orf, double? n, double? control) =>
        [.. new[] { ("ORF1ab", orf), ("N gene", n), ("RP", control) }
            .Select(target => new ResultWell(well, sample, target.Item1, "UNKNOWN", target.Item2, 1)
        {
            Role = WellRole.Sample,
            Reading = target.Item2 is null ? CtReading.Undetermined : CtReading.Determined,
        })];
}
