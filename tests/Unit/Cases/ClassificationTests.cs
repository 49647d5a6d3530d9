using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Cases;

/// <summary>The packs' case definitions against the published ones, case by case.</summary>
public sealed class ClassificationTests
{
    static readonly ProtocolBook Book = LoadProtocols.From((string?)null).Value;

    [Theory]
    // 诊疗方案（试行第九版）: a history and two clinical findings; all three findings; two findings and IgM.
    [InlineData("case_contact fever_or_respiratory imaging", DefinedClass.Suspect)]
    [InlineData("fever_or_respiratory imaging blood_count", DefinedClass.Suspect)]
    [InlineData("fever_or_respiratory imaging igm_positive", DefinedClass.Suspect)]
    [InlineData("case_contact fever_or_respiratory", null)]
    [InlineData("fever_or_respiratory imaging", null)]
    [InlineData("cluster_onset imaging blood_count pcr_positive", DefinedClass.Confirmed)]
    [InlineData("area_history fever_or_respiratory blood_count igm_igg_unvaccinated", DefinedClass.Confirmed)]
    [InlineData("igm_igg_unvaccinated", null)]
    [InlineData("pcr_positive", DefinedClass.Asymptomatic)]
    [InlineData("pcr_positive case_contact", DefinedClass.Asymptomatic)]
    [InlineData("pcr_positive fever_or_respiratory", DefinedClass.Confirmed)]
    [InlineData("two_negatives_24h antibodies_negative_7d fever_or_respiratory imaging blood_count", DefinedClass.RuledOut)]
    [InlineData("two_negatives_24h fever_or_respiratory imaging blood_count", DefinedClass.Suspect)]
    public void COVID_19_in_China(string holds, DefinedClass? expected) => Is("COVID-19", "220204", new DateOnly(2022, 3, 24), holds, expected);

    [Theory]
    [InlineData("naat_positive", DefinedClass.Confirmed)]
    [InlineData("naat_positive asymptomatic_person", DefinedClass.Confirmed)]
    [InlineData("fever cough community_transmission", DefinedClass.Suspect)]
    [InlineData("headache myalgia fatigue health_worker", DefinedClass.Suspect)]
    [InlineData("headache myalgia health_worker", null)]
    [InlineData("fever cough", null)]
    [InlineData("sari", DefinedClass.Suspect)]
    [InlineData("fever cough contact_of_case", DefinedClass.Probable)]
    [InlineData("sari chest_imaging", DefinedClass.Probable)]
    [InlineData("anosmia_ageusia", DefinedClass.Probable)]
    [InlineData("respiratory_death linked_to_cluster", DefinedClass.Probable)]
    [InlineData("antigen_positive asymptomatic_person", DefinedClass.Suspect)]
    [InlineData("antigen_positive asymptomatic_person contact_of_case", DefinedClass.Confirmed)]
    [InlineData("antigen_positive sari", DefinedClass.Confirmed)]
    public void COVID_19_after_WHO_in_2021(string holds, DefinedClass? expected) => Is("COVID-19", "990102", new DateOnly(2021, 6, 24), holds, expected);

    [Theory]
    // WHO/2019-nCoV/Surveillance_Case_Definition/2022.1: clinical or epidemiological criteria, two ways to a probable case.
    [InlineData("naat_positive", DefinedClass.Confirmed)]
    [InlineData("fever cough", DefinedClass.Suspect)]
    [InlineData("contact_of_case", DefinedClass.Suspect)]
    [InlineData("headache myalgia", null)]
    [InlineData("headache nausea_diarrhoea_anorexia coryza", DefinedClass.Suspect)]
    [InlineData("sari", DefinedClass.Suspect)]
    [InlineData("antigen_positive", DefinedClass.Suspect)]
    [InlineData("fever cough linked_to_cluster", DefinedClass.Probable)]
    [InlineData("respiratory_death contact_of_case", DefinedClass.Probable)]
    [InlineData("antigen_positive fever cough", DefinedClass.Confirmed)]
    [InlineData("antigen_positive contact_of_case", DefinedClass.Confirmed)]
    public void COVID_19_after_WHO_since_July_2022(string holds, DefinedClass? expected) => Is("COVID-19", "220204", new DateOnly(2024, 3, 24), holds, expected);

    [Theory]
    [InlineData("fever rash", DefinedClass.Suspect)]
    [InlineData("clinician_suspects", DefinedClass.Suspect)]
    [InlineData("fever", null)]
    [InlineData("fever rash coryza", DefinedClass.Probable)]
    [InlineData("fever rash lab_positive", DefinedClass.Confirmed)]
    [InlineData("fever rash epi_link", DefinedClass.Confirmed)]
    [InlineData("fever rash cough lab_negative", DefinedClass.RuledOut)]
    [InlineData("fever rash vaccine_strain", DefinedClass.RuledOut)]
    [InlineData("fever rash other_outbreak", DefinedClass.RuledOut)]
    public void Measles(string holds, DefinedClass? expected) => Is("MEASLES", "220204", new DateOnly(2022, 3, 24), holds, expected);

    [Theory]
    [InlineData("sudden_fever contact_of_case", DefinedClass.Suspect)]
    [InlineData("sudden_fever contact_of_animal", DefinedClass.Suspect)]
    [InlineData("sudden_fever", null)]
    [InlineData("sudden_fever headache vomiting", null)]
    [InlineData("sudden_fever headache vomiting hiccup", DefinedClass.Suspect)]
    [InlineData("bleeding", DefinedClass.Suspect)]
    [InlineData("sudden_death", DefinedClass.Suspect)]
    [InlineData("bleeding seen_by_clinician", DefinedClass.Probable)]
    [InlineData("sudden_death died link_to_confirmed", DefinedClass.Probable)]
    [InlineData("bleeding lab_positive", DefinedClass.Confirmed)]
    [InlineData("bleeding lab_negative", DefinedClass.RuledOut)]
    public void Ebola(string holds, DefinedClass? expected) => Is("EBOLA", "220204", new DateOnly(2022, 3, 24), holds, expected);

    [Theory]
    [InlineData("watery_diarrhoea severe_dehydration age_two_or_more", DefinedClass.Suspect)]
    [InlineData("watery_diarrhoea severe_dehydration", null)]
    [InlineData("watery_diarrhoea age_two_or_more", null)]
    [InlineData("watery_diarrhoea outbreak_declared", DefinedClass.Suspect)]
    [InlineData("died_of_diarrhoea outbreak_declared", DefinedClass.Suspect)]
    [InlineData("died_of_diarrhoea age_two_or_more", DefinedClass.Suspect)]
    [InlineData("watery_diarrhoea outbreak_declared culture_or_pcr", DefinedClass.Confirmed)]
    [InlineData("culture_or_pcr", DefinedClass.Confirmed)]
    [InlineData("watery_diarrhoea outbreak_declared culture_negative", DefinedClass.RuledOut)]
    [InlineData("culture_negative", null)]
    public void Cholera(string holds, DefinedClass? expected) => Is("CHOLERA", "220204", new DateOnly(2022, 3, 24), holds, expected);

    [Theory]
    [InlineData("lab_positive", DefinedClass.Confirmed)]
    [InlineData("febrile_respiratory pneumonia link_to_confirmed test_unavailable", DefinedClass.Probable)]
    [InlineData("febrile_respiratory pneumonia link_to_confirmed single_inadequate_negative", DefinedClass.Probable)]
    [InlineData("febrile_respiratory pneumonia middle_east inconclusive", DefinedClass.Probable)]
    [InlineData("febrile_respiratory pneumonia middle_east test_unavailable", DefinedClass.Suspect)]
    [InlineData("febrile_respiratory link_to_confirmed inconclusive", DefinedClass.Probable)]
    [InlineData("febrile_respiratory link_to_confirmed", DefinedClass.Suspect)]
    [InlineData("febrile_respiratory pneumonia middle_east inconclusive other_cause", null)]
    [InlineData("febrile_respiratory two_adequate_negatives", DefinedClass.RuledOut)]
    public void MERS(string holds, DefinedClass? expected) => Is("MERS", "220204", new DateOnly(2022, 3, 24), holds, expected);

    [Fact]
    public void What_nobody_looked_for_is_open_and_what_was_not_found_is_not()
    {
        var rule = Rule("COVID-19", "220204", new DateOnly(2022, 3, 24));
        var answer = Classification.Of(rule, new Dictionary<string, bool> { ["imaging"] = true, ["blood_count"] = false });
        var two = answer.Criteria.Single(c => c.Rule.Code == "clinical_two");
        Assert.False(two.Holds);
        Assert.Equal(["imaging"], two.By);
        Assert.Equal(["fever_or_respiratory"], two.Open);
        var three = answer.Criteria.Single(c => c.Rule.Code == "clinical_three");
        Assert.Contains(answer.Criteria.Single(c => c.Rule.Code == "suspected").Open, p => p == "two_with_history");
        Assert.False(three.Holds);
        // All three cannot hold any more, so it is not open.
        Assert.DoesNotContain("clinical_three", answer.Criteria.Single(c => c.Rule.Code == "suspected").Open);
    }

    [Fact]
    public void Every_criterion_and_way_of_a_pack_can_hold()
    {
        foreach (var rule in Book.All.Select(p => p.TryGet<ClassificationRule>(out var rule) ? rule : null).OfType<ClassificationRule>())
        {
            var all = rule.Findings.ToDictionary(f => f.Code, _ => true);
            Assert.All(Classification.Of(rule, all).Criteria, c => Assert.True(c.Holds, c.Rule.Code));
        }
    }

    static void Is(string disease, string place, DateOnly on, string holds, DefinedClass? expected)
    {
        var rule = Rule(disease, place, on);
        var facts = holds.Split(' ').ToDictionary(f => f, _ => true);
        Assert.Empty(facts.Keys.Except(rule.Findings.Select(f => f.Code)));
        var answer = Classification.Of(rule, facts);
        Assert.Equal(expected, answer.Class);
        Assert.Equal(expected is null, answer.Way.Count == 0);
    }

    static ClassificationRule Rule(string disease, string place, DateOnly on) => Book.Resolve(disease, place, on).Value.Classification.Value.Rule;
}
