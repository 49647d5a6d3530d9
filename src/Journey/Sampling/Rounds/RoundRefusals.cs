using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>The scope is empty, too long, above county level, or in several counties.</summary>
public sealed record ScopeWrong() : FieldRefusal("scope", "scope_wrong", RefusalKind.Invalid,
    "A round covers 1 to 200 places of one county, each of county level or finer. A round of several counties is planned in each of them under one id.",
    "轮次范围应为同一县（区）内1至200个县级及以下地点；跨县（区）的轮次须以同一编号在各县（区）分别建立。");

/// <summary>The window ends before it begins.</summary>
public sealed record WindowWrong() : FieldRefusal("windowEnd", "window_wrong", RefusalKind.Invalid,
    "The window must begin before it ends, and the deadline cannot be before its end. Give both as instants, such as 08:00 to 08:00 of the next day.",
    "采样窗口的开始须早于结束，且截止时限不得早于窗口结束；请给出具体时刻，例如当日8时至次日8时。");

/// <summary>A new deadline that is earlier than the one before.</summary>
public sealed record DeadlineTooEarly() : FieldRefusal("dueAt", "deadline_too_early", RefusalKind.Invalid,
    "Persons who come onto the roster later get a deadline that is not before the round's own. Give a later one, or none.",
    "后加入名单人员的时限不得早于本轮时限，请填写更晚的时限或留空。");

/// <summary>A round without a name cannot be told from others.</summary>
public sealed record RoundNameMissing() : FieldRefusal("name", "round_name_missing", RefusalKind.Invalid,
    "Give the round a name of 1 to 60 characters.", "请填写1至60个字符的轮次名称。");

/// <summary>The pool policy names something that is no risk class or no pool.</summary>
public sealed record PoolPolicyWrong() : FieldRefusal("poolPolicy", "pool_policy_wrong", RefusalKind.Invalid,
    "The pool policy names risk classes (low, normal, controlled, sealed_household, isolation, key_group, or default) and for each 1, 5, 10, 20 or HOUSEHOLD.",
    "混采规则应按风险类别（low、normal、controlled、sealed_household、isolation、key_group 或 default）填写1、5、10、20或HOUSEHOLD。");

/// <summary>The county has a round of this id.</summary>
public sealed record RoundExists() : Refusal("round_exists", RefusalKind.Conflict,
    "This county has a round of this id already. Open it, or leave the id out to plan another round.",
    "本县（区）已有该编号的轮次，请直接打开，或不填编号以新建轮次。");

/// <summary>What is asked is done before or during sampling only.</summary>
public sealed record RoundOver() : Refusal("round_over", RefusalKind.Conflict,
    "The round's sampling is over or it was cancelled, so its roster and rules stay as they are. Plan another round.",
    "该轮采样已结束或已取消，名单与规则不再变更，请另行安排轮次。");

/// <summary>The roster is still being changed.</summary>
public sealed record RosterNotReady() : Refusal("roster_not_ready", RefusalKind.Busy,
    "The round's roster is still being opened or changed. Send the same again when it is ready.",
    "该轮名单仍在生成或变更中，请待完成后重试。");

/// <summary>An act on the roster without a reason.</summary>
public sealed record RosterReasonMissing() : FieldRefusal("reason", "reason_missing", RefusalKind.Invalid,
    "The roster is changed only with a reason of 1 to 500 characters. Write it, without a person's data.",
    "变更名单必须填写1至500个字符的理由（不得包含个人信息）。");

/// <summary>Only staff answer for an exemption.</summary>
public sealed record ExemptionNeedsName() : Refusal("name_missing", RefusalKind.NotAllowed,
    "Persons are exempted by a member of staff who answers for it, never by a device or by the program. Sign in first.",
    "豁免须由实名工作人员作出，设备和系统不得操作，请先登录。");

/// <summary>An exemption by rule that would exempt everybody.</summary>
public sealed record ExemptionTooWide() : Refusal("exemption_too_wide", RefusalKind.Invalid,
    "An exemption by rule names a special group, an age limit or a place inside the round's scope. To leave everybody out, cancel the round.",
    "按规则豁免须指定特殊人群、年龄上限或轮次范围内的某一地点；如全部不检，请取消轮次。");

/// <summary>A list of persons that is empty or too long.</summary>
public sealed record PersonsMissing() : FieldRefusal("persons", "persons_missing", RefusalKind.Invalid,
    "Name 1 to 1,000 persons.", "请指定1至1000名人员。");

/// <summary>A place that the round does not cover.</summary>
public sealed record OutsideScope() : FieldRefusal("area", "outside_scope", RefusalKind.Invalid,
    "This place is not in the round's scope. Take a place inside it, or change the scope first.",
    "该地点不在本轮范围内，请选择范围内的地点，或先调整范围。");

/// <summary>No risk class of this name.</summary>
public sealed record RiskUnknown() : FieldRefusal("risk", "risk_unknown", RefusalKind.Invalid,
    "This is no risk class. Take low, normal, controlled, sealed_household, isolation or key_group.",
    "风险类别不存在，请选择 low、normal、controlled、sealed_household、isolation 或 key_group。");

/// <summary>The scope is what it was.</summary>
public sealed record ScopeUnchanged() : FieldRefusal("scope", "scope_unchanged", RefusalKind.Conflict,
    "The round has this scope already, so nothing was changed.", "该轮范围与原范围相同，未作变更。");

/// <summary>A person who is not here to be tested.</summary>
public sealed record PersonNotHere() : Refusal("person_not_here", RefusalKind.Conflict,
    "This person has died or has left the region by the register. Correct the register first if that is wrong.",
    "登记显示此人已死亡或已离开本地；如有误，请先更正登记信息。");

/// <summary>A point that is described wrongly.</summary>
public sealed record PointWrong() : FieldRefusal("name", "point_wrong", RefusalKind.Invalid,
    "A sampling point has a name of 1 to 60 characters, a place of county level or finer, 1 to 200 desks and a capacity of 1 to 100,000 persons an hour.",
    "采样点须有1至60个字符的名称、县级及以下的地点、1至200个采样台，以及每小时1至100000人的采样能力。");
