using System.Text;
using System.Text.Json.Nodes;
using Qipan.Protocols;
using Qipan.Protocols.Yaml;
using Xunit;

namespace Qipan.Unit.Protocols;

/// <summary>Domain 2.10 proposes a minimal object; the pack of the 8th edition has every parameter of it, with its value.</summary>
public sealed class MinimalObjectTests
{
    const string Proposed = """
        protocol: {id: CN-COVID-8, disease: COVID-19, effective: {from: 2021-05-11, to: 2022-06-28}, priority: 10}
        contact:
          anchor: {symptomatic: onset_date, asymptomatic: first_positive_sample_time}
          lookback_days: 2
          until: isolation_start
          situations: [household, carer, aerosol, near_1m, shared_meal, visitor, transport, contaminated_env, other]
          transport: {aircraft_rows: 3, coach_sealed: everybody, train_sealed: coach}
          copresence: {min_overlap_min: null, same_subarea: true}
          secondary: {enabled: true, upgrade_if_index_contact_positive_in_first_tests: 2}
        quarantine:
          close:     [{mode: central, days: 14, tests: [1,4,7,14], release: double_sample}, {mode: home_monitor, days: 7, tests: []}]
          secondary: [{mode: central, days: 7, tests: [1,4,7]}]
          day0: last_exposure
        followup: {days: 14, per_day: 2}
        discharge: {ct_min: 35, genes: [N, ORF1ab], times: 2, gap_h: 24, assay_cutoff: 40, alt: {times: 2, gap_h: 24, assay_cutoff_lt: 35}, clinical: [temp_normal_3d, resp_better, lung_better], after: {mode: home_monitor, days: 7, tests: [7], screening_exempt_days: 90}}
        zones: {classes: [sealed, controlled, precaution], release: {sealed: {no_new_days: 14, last_contact_days: 14, full_screen_within_days: 2}}, on_positive: {controlled: sealed}}
        pool: {default: 10, by_risk: {low: 20, normal: 10, controlled: 5, sealed_household: HOUSEHOLD, isolation: 1, key_group: 1}}
        suspect_pool: {ack_min: 10, hold_min: 60, resample_h: 2, result_h: 6, members_all_negative: second_resample}
        deadlines: {direct_report_h: 2, review_h: 2, transfer_positive_h: 2, investigation_core_h: 4, investigation_full_h: 24, contact_control_h: 8, pushed_risk_person_h: 24, round_h: 24}
        social_face: {days: 3, threshold_per_100k: 0, excludes: [central, home, sealed], sign: expert}
        """;

    // Where the file has it under another path, because groups are resolved one by one.
    static readonly Dictionary<string, string> Moved = new()
    {
        ["contact.transport.aircraft_rows"] = "transport.vehicles[0].before",
        ["contact.transport.coach_sealed"] = "transport.vehicles[4].reach",
        ["contact.transport.train_sealed"] = "transport.vehicles[1].reach",
    };

    static readonly Dictionary<string, string> Lists = new()
    {
        ["contact.situations"] = "situations.close",
        ["zones.classes"] = "zones.classes",
    };

    [Fact]
    public void No_parameter_of_the_proposed_object_is_missing_in_the_pack_of_the_8th_edition()
    {
        var pack = ReadYaml.From(ProtocolPacks.Read("protocols/CN-COVID-8.yaml")).Tree!;
        var proposed = Leaves("", ReadYaml.From(Encoding.UTF8.GetBytes(Proposed)).Tree!).ToList();
        Assert.Equal(72, proposed.Count);
        var wrong = proposed.Where(leaf => Text(pack, leaf.Path) != leaf.Value)
            .Select(leaf => $"{leaf.Path}: {leaf.Value}, the pack has {Text(pack, leaf.Path)}").ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void A_parameter_that_is_gone_would_be_seen() =>
        Assert.Null(Text(ReadYaml.From("a: {b: 1}"u8).Tree!, "a.c"));

    static string? Text(YamlTree pack, string path)
    {
        if (Lists.TryGetValue(path, out var list))
            return $"[{string.Join(",", pack.At(list)!.ToJson()!.AsArray().Select(i => i!["code"]))}]";
        return pack.At(Moved.GetValueOrDefault(path, path)) is { } found ? Value(found) : null;
    }

    static IEnumerable<(string Path, string Value)> Leaves(string path, YamlTree tree) => tree switch
    {
        YamlMap map => map.Entries.SelectMany(e => Leaves(path.Length == 0 ? e.Key : $"{path}.{e.Key}", e.Value)),
        YamlList { Items: [YamlMap, ..] } list => list.Items.SelectMany((item, i) => Leaves($"{path}[{i}]", item)),
        _ => [(path, Value(tree))],
    };

    static string Value(YamlTree tree) => tree switch
    {
        YamlList list => $"[{string.Join(",", list.Items.Select(i => ((YamlScalar)i).Text))}]",
        YamlScalar scalar => scalar.Text,
        _ => JsonValue.Create("a map").ToString(),
    };
}
