using System.Text;
using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

/// <summary>Each kind of broken file names its line, its column and a reason.</summary>
public sealed class CheckTests
{
    // Line 1 is the first of these.
    const string Good = """
        protocol:
          id: TEST-1
          version: 1
          disease: COVID-19
          jurisdiction: "2202"
          effective: {from: 2022-03-01, to: 2022-06-28}
          priority: 50
          title: {zh: 测试, en: Test}
          source: nobody
        quarantine:
          day0: last_exposure
          close:
            - {mode: central, days: 14, tests: [1, 4, 7, 14], release: double_sample}
            - mode: home_monitor
              days: 7
              tests: []
        pool:
          default: 10
          by_risk: {low: 20, sealed_household: HOUSEHOLD}
        zones:
          classes:
            - {code: sealed, zh: 封控区, en: Sealed, movement: stay_home}
            - {code: open, zh: 防范区, en: Open, movement: inside}
          release:
            sealed: {to: open, no_new_days: 14}
          on_positive: {open: sealed}
        testing:
          scope: region
          time_limits:
            - {population_up_to: 5000000, limit_h: 48}
            - {limit_h: 72}
        notes:
          - {path: quarantine, mark: F, source: a, text: b}
          - {path: "quarantine.close[0].tests", mark: K, source: a, text: b}
          - {path: pool, mark: D, source: a, text: b}
          - {path: zones, mark: D, source: a, text: b}
          - {path: testing.time_limits, mark: D, source: a, text: b}
        """;

    [Fact]
    public void The_file_that_the_cases_break_is_in_order()
    {
        var file = Check(Good);
        Assert.True(file.Findings.Count == 0, string.Join("\n", file.Findings));
        Assert.Equal(14, file.Protocol!.TryGet<QuarantineRule>(out var rule) ? rule.Close![0].Days : 0);
    }

    [Theory]
    [InlineData("version: 1", "version: one", 3, 3, "wrong_type", "whole number")]
    [InlineData("version: 1", "version: 1.5", 3, 3, "wrong_type", "whole number")]
    [InlineData("version: 1", "version: 0", 3, 3, "out_of_range", "at least 1")]
    [InlineData("id: TEST-1", "id: test", 2, 3, "wrong_form", "Capital letters")]
    [InlineData("id: TEST-1", "id: TEST-1\n  id: TEST-2", 3, 3, "duplicate_key", "second time")]
    [InlineData("disease: COVID-19", "deseas: COVID-19", 4, 3, "unknown_key", "Did you mean 'disease'?")]
    [InlineData("disease: COVID-19", "deseas: COVID-19", 1, 1, "missing_key", "protocol.disease")]
    [InlineData("\"2202\"", "2202", 5, 3, "wrong_type", "quotes")]
    [InlineData("\"2202\"", "\"Jilin\"", 5, 3, "jurisdiction", "division code")]
    [InlineData("\"2202\"", "\"22021\"", 5, 3, "jurisdiction", "division code")]
    [InlineData("from: 2022-03-01", "from: 2022-02-30", 6, 15, "not_a_date", "calendar")]
    [InlineData("from: 2022-03-01", "from: spring", 6, 15, "not_a_date", "calendar")]
    [InlineData("to: 2022-06-28", "to: 2022-03-01", 6, 33, "interval", "must be after")]
    [InlineData("to: 2022-06-28", "to: 2021-06-28", 6, 33, "interval", "must be after")]
    [InlineData("{zh: 测试, en: Test}", "Test", 8, 3, "wrong_type", "map")]
    [InlineData("source: nobody", "source: \"\"", 9, 3, "wrong_form", "empty")]
    [InlineData("mode: central", "mode: centre", 13, 8, "not_allowed_value", "central, home_isolation")]
    [InlineData("[1, 4, 7, 14]", "[1, 4, 7, 15]", 13, 50, "test_day", "beyond the 14 days")]
    [InlineData("[1, 4, 7, 14]", "[1, 7, 4, 14]", 13, 47, "order", "greater")]
    [InlineData("[1, 4, 7, 14]", "7", 13, 33, "wrong_type", "list")]
    [InlineData("tests: []", "tests: [8]", 16, 15, "test_day", "beyond the 7 days")]
    [InlineData("      days: 7\n", "      days: 7\n      dyas: 7\n", 16, 7, "unknown_key", "Did you mean 'days'?")]
    [InlineData("default: 10", "default: 15", 18, 3, "not_allowed_value", "1, 5, 10, 20, HOUSEHOLD")]
    [InlineData("{low: 20,", "{lowest: 20,", 19, 13, "unknown_key", "Known here: low, normal")]
    [InlineData("sealed: {to: open,", "sealed: {to: shut,", 25, 14, "unknown_class", "sealed, open")]
    [InlineData("{open: sealed}", "{yellow: sealed}", 26, 17, "unknown_class", "'yellow'")]
    [InlineData("code: open", "code: sealed", 23, 8, "twice", "twice")]
    [InlineData("{limit_h: 72}", "{population_up_to: 9, limit_h: 72}", 31, 7, "bound", "without population_up_to")]
    [InlineData("{limit_h: 72}", "{limit_h: -1}", 31, 8, "out_of_range", "at least 0")]
    [InlineData("path: pool,", "path: pools,", 35, 6, "note_path", "'pools'")]
    [InlineData("path: pool,", "path: pools,", 17, 1, "missing_note", "'pool'")]
    [InlineData("close[0].tests", "close[2].tests", 34, 6, "note_path", "close[2]")]
    [InlineData("mark: K", "mark: X", 34, 41, "not_allowed_value", "F, K, D")]
    [InlineData("day0: last_exposure\n", "day0: last_exposure\n  close2: [\n", 13, 3, "yaml_syntax", "not YAML")]
    [InlineData("source: nobody", "source: &a nobody", 9, 11, "alias", "Anchors")]
    [InlineData("source: nobody", "source: *a", 9, 11, "alias", "Anchors")]
    [InlineData("source: nobody", "source: !!str nobody", 9, 11, "tag", "Tags")]
    [InlineData("notes:", "extra: 1\nnotes:", 32, 1, "unknown_key", "extra")]
    [InlineData("notes:", "---\nnotes:", 32, 1, "second_document", "second document")]
    public void A_broken_file_names_line_column_and_reason(string old, string broken, int line, int column, string code, string words)
    {
        Assert.Contains(old, Good);
        var file = Check(Good.Replace(old, broken));
        Assert.Null(file.Protocol);
        var finding = file.Findings.FirstOrDefault(f => f.Code == code && f.Line == line && f.Column == column);
        Assert.True(finding is not null, string.Join("\n", file.Findings));
        Assert.Contains(words, finding.Sentence);
        Assert.Equal($"test.yaml:{line}:{column}: {finding.Sentence} [{code}]", finding.ToString());
    }

    [Fact]
    public void All_mistakes_of_a_file_are_named_and_not_only_the_first()
    {
        var file = Check(Good.Replace("version: 1", "version: x").Replace("to: 2022-06-28", "to: 2020-01-01")
            .Replace("mode: central", "mode: x").Replace("7, 14]", "7, 20]")
            .Replace("default: 10", "default: 11").Replace("path: zones", "path: zone"));
        Assert.Equal(["wrong_type", "interval", "not_allowed_value", "test_day", "not_allowed_value", "missing_note", "note_path"],
            file.Findings.Select(f => f.Code));
        Assert.Equal(file.Findings.OrderBy(f => f.Line).ThenBy(f => f.Column), file.Findings);
    }

    [Fact]
    public void A_file_that_rules_on_nothing_is_refused() =>
        Assert.Contains(Check(Good[..Good.IndexOf("quarantine:", StringComparison.Ordinal)] + "notes: []").Findings,
            f => f.Code == "no_group");

    static CheckedFile Check(string text) => CheckProtocol.Of("test.yaml", Encoding.UTF8.GetBytes(text));
}
