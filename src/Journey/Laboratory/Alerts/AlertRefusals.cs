using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Why an act on an alert is refused.</summary>
static class AlertRefusals
{
    public static Refusal Unknown { get; } = new("alert_unknown", RefusalKind.NotFound,
        "No alert has this id, or it belongs to another territory.", "没有该预警，或其属于其他辖区。");

    public static Refusal MemberUnknown { get; } = new("alert_member_unknown", RefusalKind.NotFound,
        "This person is no member of the alert.", "该人员不在此预警名单中。");

    public static Refusal AlreadyDecided { get; } = Conflict("alert_member_decided",
        "This member is decided already; a new finding raises a new alert.", "该成员已有结论；新的发现会产生新的预警。");

    public static Refusal NoOwnPositive { get; } = Conflict("no_own_positive_result",
        "No released PCR result of a tube of this member alone is positive; the pool or an antigen test does not confirm.",
        "该成员没有已发布的单管核酸阳性结果；混管或抗原结果不能用于确认。");

    public static Refusal OwnPositive { get; } = Conflict("own_result_not_negative",
        "A tube of this member alone is not negative: confirm the member, or have the result amended first.",
        "该成员单管结果并非阴性：请确认该成员，或先更正结果。");

    public static Refusal NoOwnNegative { get; } = Conflict("no_own_negative_result",
        "No negative result of a tube of this member alone is released: take a sample in a single tube first.",
        "该成员没有已发布的单管阴性结果：请先单管采样。");

    public static Refusal NeedsSignature { get; } = Conflict("alert_needs_signature",
        "The pool was positive and nobody in it is confirmed: a second sample of each member after the interval and a signature are needed.",
        "混管阳性而无成员确认：需间隔后对每名成员再次采样并签字。");

    public static Refusal SecondSampleMissing(int members) => Conflict("second_sample_missing",
        $"{members} members have no second negative sample after the interval yet: sample them again, or sign as unresolved.",
        $"有 {members} 名成员尚无间隔后的第二次阴性样本：请再次采样，或签为未解决。");

    public static Refusal MembersUnhandled(int members) => Conflict("alert_members_unhandled",
        $"{members} members of the alert are not decided: confirm, clear, or record what became of each.",
        $"预警中有 {members} 名成员未处置：请逐一确认、排除或记录去向。");

    public static Refusal ReasonMissing { get; } = new("reason_missing", RefusalKind.Invalid,
        "State the reason.", "请填写理由。")
    { Field = "reason" };

    public static Refusal OutcomeWrong { get; } = new("outcome_wrong", RefusalKind.Invalid,
        "The outcome is dead or left; a member is confirmed or cleared by their own result.", "结局只能为死亡或离开；确认或排除须依据本人结果。");

    public static Refusal NotUnresolved { get; } = Conflict("alert_not_unresolved",
        "Only an unresolved alert is signed: every member alone negative and nobody confirmed.",
        "只有未解决的预警才需签字：全部成员单管阴性且无人确认。");

    public static Refusal AlreadyOpen { get; } = Conflict("alert_already_open",
        "An alert of this tube is open already.", "该采样管的预警已在处理中。");

    public static Refusal NobodyInTube { get; } = Conflict("tube_without_members",
        "Nobody is registered into this tube: resolve its discrepancy first.", "该采样管无登记人员：请先处理差异。");

    static Refusal Conflict(string code, string sentence, string chinese) => new(code, RefusalKind.Conflict, sentence, chinese);
}
