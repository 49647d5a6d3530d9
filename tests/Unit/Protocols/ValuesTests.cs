using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

/// <summary>The values of domain 2.1 to 2.9, as the book answers for a day and a place.</summary>
public sealed class ValuesTests
{
    static readonly ProtocolBook Book = ProtocolBook.Load().Value;

    [Theory]
    // 2.1, 8th edition
    [InlineData("2022-03-20", "220204", "contact.lookback_days", "2")]
    [InlineData("2022-03-20", "220204", "contact.anchor.asymptomatic", "first_positive_sample_time")]
    [InlineData("2022-03-20", "220204", "quarantine.close[0].mode", "central")]
    [InlineData("2022-03-20", "220204", "quarantine.close[0].days", "14")]
    [InlineData("2022-03-20", "220204", "quarantine.close[0].tests", "[1, 4, 7, 14]")]
    [InlineData("2022-03-20", "220204", "quarantine.close[0].release", "double_sample")]
    [InlineData("2022-03-20", "220204", "quarantine.close[1].mode", "home_monitor")]
    [InlineData("2022-03-20", "220204", "quarantine.close[1].days", "7")]
    [InlineData("2022-03-20", "220204", "quarantine.secondary[0].days", "7")]
    [InlineData("2022-03-20", "220204", "quarantine.secondary[0].mode", "central")]
    [InlineData("2022-03-20", "220204", "quarantine.resident_sealed[0].tests", "[1, 4, 7, 10, 14]")]
    [InlineData("2022-03-20", "220204", "zones.release.sealed.no_new_days", "14")]
    [InlineData("2022-03-20", "220204", "zones.release.sealed.full_screen_within_days", "2")]
    [InlineData("2022-03-20", "220204", "zones.on_positive.controlled", "sealed")]
    [InlineData("2022-03-20", "220204", "deadlines.direct_report_h", "2")]
    [InlineData("2022-03-20", "220204", "deadlines.contact_control_h", "8")]
    [InlineData("2022-03-20", "220204", "deadlines.pushed_risk_person_h", "24")]
    [InlineData("2022-03-20", "220204", "transport.vehicles[0].before", "3")]
    // 2.1, 9th edition
    [InlineData("2022-08-01", "220204", "quarantine.close[0].days", "7")]
    [InlineData("2022-08-01", "220204", "quarantine.close[0].tests", "[1, 2, 3, 5, 7]")]
    [InlineData("2022-08-01", "220204", "quarantine.close[1].days", "3")]
    [InlineData("2022-08-01", "220204", "quarantine.close[1].tests", "[3]")]
    [InlineData("2022-08-01", "220204", "quarantine.secondary[0].mode", "home_isolation")]
    [InlineData("2022-08-01", "220204", "quarantine.secondary[0].tests", "[1, 4, 7]")]
    [InlineData("2022-08-01", "220204", "quarantine.traveller_medium[0].tests", "[1, 4, 7]")]
    [InlineData("2022-08-01", "220204", "zones.release.high.no_new_days", "7")]
    [InlineData("2022-08-01", "220204", "zones.release.high.to", "medium")]
    [InlineData("2022-08-01", "220204", "zones.release.medium.no_new_days_after_stricter", "3")]
    [InlineData("2022-08-01", "220204", "zones.classes[2].leave_city_pcr_h", "48")]
    // 2.1, 20 measures and 10 measures
    [InlineData("2022-11-20", "220204", "quarantine.close[0].days", "5")]
    [InlineData("2022-11-20", "220204", "quarantine.close[0].tests", "[1, 2, 3, 5]")]
    [InlineData("2022-11-20", "220204", "quarantine.close[1].mode", "home_isolation")]
    [InlineData("2022-11-20", "220204", "quarantine.close[1].tests", "[1, 3]")]
    [InlineData("2022-11-20", "220204", "quarantine.traveller_high[0].tests", "[1, 3, 5, 7]")]
    [InlineData("2022-11-20", "220204", "contact.secondary.enabled", "false")]
    [InlineData("2022-11-20", "220204", "zones.release.high.no_new_days", "5")]
    [InlineData("2022-12-10", "220204", "quarantine.close[0].mode", "home_isolation")]
    [InlineData("2022-12-10", "220204", "quarantine.close[0].days", "5")]
    [InlineData("2022-12-10", "220204", "quarantine.close[0].tests", "[5]")]
    [InlineData("2022-12-10", "220204", "quarantine.close[0].by_choice", "central")]
    [InlineData("2022-12-10", "220204", "discharge.on_days", "[6, 7]")]
    // 2.2 and 2.5, local rules
    [InlineData("2022-04-10", "310104", "contact.lookback_days", "4")]
    [InlineData("2022-04-10", "310104", "situations.static_management[0].secondary", "[same_floor, adjacent_floors]")]
    [InlineData("2022-04-10", "310104", "social_face.basically.below_per_100k", "1")]
    [InlineData("2022-04-10", "310104", "discharge.after.screening_exempt_days", "90")]
    [InlineData("2022-04-10", "220104", "compounds.no_case_days", "7")]
    [InlineData("2022-04-10", "220204", "compounds.no_case_days", "14")]
    [InlineData("2022-04-10", "220204", "screening.exempt_from_rounds", "[recovered, epidemic_free_compound]")]
    [InlineData("2020-05-13", "220283", "outing.max_h", "2")]
    [InlineData("2020-05-13", "220204", "zones.override_with_reason", "true")]
    // 2.3, testing
    [InlineData("2021-06-01", "220204", "testing.time_limits[1].limit_h", "120")]
    [InlineData("2022-01-10", "220204", "testing.time_limits[1].limit_h", "72")]
    [InlineData("2022-01-10", "220204", "testing.rounds.min_full_rounds", "3")]
    [InlineData("2022-01-10", "220204", "testing.lab_reserve[0].spare_sites", "2")]
    [InlineData("2022-04-10", "220204", "testing.time_limits[0].limit_h", "24")]
    [InlineData("2022-04-10", "220204", "testing.persons_per_sampler", "360")]
    [InlineData("2022-04-10", "220204", "testing.points.persons_per_desk_max", "800")]
    [InlineData("2022-04-10", "220204", "testing.retention.negative_days", "3")]
    [InlineData("2022-10-10", "220204", "testing.rounds.by_setting[0].pause_days", "3")]
    [InlineData("2022-04-10", "220204", "pool.by_risk.low", "20")]
    [InlineData("2022-04-10", "220204", "pool.by_risk.sealed_household", "HOUSEHOLD")]
    [InlineData("2022-04-10", "220204", "antigen.negative_with_symptoms_daily_days", "5")]
    [InlineData("2022-04-10", "220204", "strategies.a.steps[1].method", "antigen")]
    [InlineData("2022-04-10", "220204", "strategies.b.steps[0].on", "everybody")]
    // 2.4, 2.6, 2.7, 2.8
    [InlineData("2022-04-10", "220204", "discharge.ct_min", "35")]
    [InlineData("2022-04-10", "220204", "discharge.decision.negative_rounds", "2")]
    [InlineData("2022-04-10", "220204", "severity.classes[1].placement", "centralised")]
    [InlineData("2022-04-10", "220204", "isolation.reserve.rooms_per_10k", "60")]
    [InlineData("2022-04-10", "220204", "isolation.children_up_to_age", "14")]
    [InlineData("2022-04-10", "220204", "fangcang.winter.max_c", "22")]
    [InlineData("2022-04-20", "220104", "goods_pass.pcr_max_age_h", "48")]
    [InlineData("2022-04-20", "220104", "outing.every_days", "2")]
    [InlineData("2022-04-10", "220204", "health_code.fever_c", "37.3")]
    [InlineData("2022-04-10", "220204", "venues.caps[0].max_percent", "75")]
    public void The_value_of_the_domain_holds(string on, string place, string path, string expected) =>
        Assert.Equal(expected, Value("COVID-19", on, place, path));

    [Theory]
    // 2.9
    [InlineData("MEASLES", "contact.lookback_days", "4")]
    [InlineData("MEASLES", "contact.until_days", "4")]
    [InlineData("MEASLES", "followup.days", "21")]
    [InlineData("EBOLA", "followup.days", "21")]
    [InlineData("EBOLA", "contact.until", "recovery_death_or_burial")]
    [InlineData("EBOLA", "outbreak.end_after_days", "42")]
    [InlineData("MERS", "followup.days", "14")]
    [InlineData("CHOLERA", "followup.days", "5")]
    [InlineData("MPOX", "followup.days", "21")]
    [InlineData("LASSA", "followup.days", "21")]
    [InlineData("INFLUENZA-NEW", "followup.days", "17")]
    [InlineData("PLAGUE", "followup.days", "7")]
    [InlineData("YELLOW-FEVER", "followup.days", "6")]
    [InlineData("MENINGOCOCCAL", "followup.days", "7")]
    [InlineData("COVID-19", "contact.until_days", "10")]
    [InlineData("COVID-19", "contact.exposure.min_minutes", "15")]
    public void The_value_of_another_disease_holds(string disease, string path, string expected) =>
        Assert.Equal(expected, Value(disease, "2024-05-01", "220204", path));

    static string Value(string disease, string on, string place, string path)
    {
        var view = ShowRuling.Of(Book.Resolve(disease, place, DateOnly.Parse(on)).Value);
        var group = view.Groups.Single(g => g.Group == path.Split('.')[0]);
        return RuledValue.Of(group).Single(v => v.Path == path).Value;
    }
}
