using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>Why an act on a case is refused.</summary>
static class CaseRefusals
{
    public static Refusal HandoverIncomplete { get; } = Invalid("handoverNo", "handover_incomplete",
        "A case that another county hands over names that county and its number.", "他县移入的病例须写明移出县区和文号。");

    public static Refusal Unknown { get; } = new("case_unknown", RefusalKind.NotFound, "No case has this id or number.", "没有该病例。");

    public static Refusal PersonUnknown { get; } = Invalid("person", "person_unknown",
        "No person has this id. Register the person first.", "没有该人员，请先登记。");

    public static Refusal DiseaseMissing { get; } = Invalid("disease", "disease_missing",
        "Name the disease as protocols do, such as COVID-19.", "请按规则填写病种，如 COVID-19。");

    public static Refusal DeathBeforeOnset { get; } = Invalid("deathOn", "death_before_onset",
        "The day of death lies before the day of onset. Correct one of them.", "死亡日期早于发病日期，请更正其中之一。");

    public static Refusal OutcomeBeforeOnset { get; } = Invalid("outcomeOn", "outcome_before_onset",
        "The day of the outcome lies before the day of onset. Correct one of them.", "转归日期早于发病日期，请更正其中之一。");

    public static Refusal DeathIsOutcome { get; } = Invalid("outcomeOn", "death_is_outcome",
        "The outcome is death, and its day is not the day of death.", "转归为死亡，但转归日期与死亡日期不一致。");

    public static Refusal ReasonMissing { get; } = Invalid("reason", "reason_missing",
        "Say why, in 1 to 500 characters and without a person's data.", "请填写理由（1至500字），不得包含个人信息。");

    public static Refusal AlreadyReported { get; } = Conflict("case_already_reported", "This case has been reported.", "该病例已报告。");

    public static Refusal NotReported { get; } = Conflict("case_not_reported",
        "This case has not been reported yet. Report it first; then another person reviews it.", "该病例尚未报告，请先报告，再由他人审核。");

    public static Refusal AlreadyReviewed { get; } = Conflict("case_already_reviewed", "This case has been reviewed.", "该病例已审核。");

    public static Refusal SamePerson { get; } = new("same_person", RefusalKind.NotAllowed,
        "Whoever reported or finished it cannot review it. Another person does.", "报告人或完成人不得自行审核，须由他人审核。");

    public static Refusal RuledOut { get; } = Conflict("case_ruled_out",
        "This case was ruled out. Whoever turns out infected after all becomes a case on a new fact.", "该病例已排除。如再确认感染，须依据新事实另开病例。");

    public static Refusal NothingChanged { get; } = Conflict("nothing_changed", "Nothing would be different.", "没有任何变更。");

    public static Refusal RegionWrong { get; } = Invalid("region", "region_wrong",
        "A region is a place code of county level or finer.", "地区须为县（区）级及以下编码。");

    public static Refusal NoSource { get; } = Conflict("no_source_named",
        "No link leads to this case. Draw one, or declare the source unknown with a reason.", "没有指向该病例的传播关联。请建立关联，或说明原因后标为源头不明。");

    public static Refusal DiedNeedsDay { get; } = Invalid("deathOn", "death_day_missing",
        "Say on which day the person died.", "请填写死亡日期。");

    public static Refusal IsolatedAlready { get; } = Conflict("case_isolated_already",
        "Another time of isolation is recorded. Give a reason to correct it.", "已记录其他隔离时间，如需更正请填写理由。");

    public static Refusal ClusterUnknown { get; } = new("cluster_unknown", RefusalKind.NotFound,
        "This county has no such cluster.", "本县区没有该聚集性疫情。");

    public static Refusal NameMissing { get; } = Invalid("name", "name_missing", "Give it a name of 1 to 100 characters.", "请填写名称（1至100字）。");

    public static Refusal RepositiveTooEarly { get; } = Conflict("not_discharged",
        "This case has not been discharged, so a positive sample is part of the same course.", "该病例尚未出院，阳性样本属同一病程。");

    public static Refusal BodyMissing { get; } = new("bad_body", RefusalKind.Invalid,
        "The request has no body. Send it as JSON.", "请求没有内容，请以 JSON 格式发送。");

    public static Refusal Stale(long version) => Conflict("case_changed",
        $"The case was changed meanwhile: it is at version {version} now. Look at it again.", $"该病例已被他人修改，现为第{version}版，请重新查看。");

    public static Refusal Future(string field, string english, string chinese) => Invalid(field, "date_in_future",
        $"The {english} lies in the future.", $"{chinese}晚于今天。");

    public static Refusal Invalid(string field, string code, string sentence, string chinese) =>
        new(code, RefusalKind.Invalid, sentence, chinese) { Field = field };

    public static Refusal Conflict(string code, string sentence, string chinese) => new(code, RefusalKind.Conflict, sentence, chinese);

    /// <summary>A reason of a decent length, or null.</summary>
    public static Refusal? Reason(string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > 500 ? ReasonMissing : null;
}
