using Qipan.Kernel;

namespace Qipan.Duties;

/// <summary>No such duty in this county.</summary>
public sealed record DutyUnknown() : Refusal("duty_unknown", RefusalKind.NotFound,
    "There is no such duty in this county. Open the list again and take the duty from there.",
    "该县（区）没有这项任务，请重新打开清单后选择。");

/// <summary>A duty ends only by evidence, or with a reason.</summary>
public sealed record ReasonMissing() : Refusal("reason_missing", RefusalKind.Invalid,
    "A duty is waived, withdrawn or reinstated only with a reason. Write it, without a person's data.",
    "豁免、撤销或恢复任务必须填写理由（不得包含个人信息）。")
{
    /// <summary>The longest reason that is kept, in characters.</summary>
    public const int Longest = 500;
}

/// <summary>The reason is longer than is kept.</summary>
public sealed record ReasonTooLong() : Refusal("reason_too_long", RefusalKind.Invalid,
    "The reason is longer than 500 characters. Shorten it.",
    "理由超过500个字符，请缩短。");

/// <summary>Nobody answers for it.</summary>
public sealed record NameMissing() : Refusal("name_missing", RefusalKind.NotAllowed,
    "A duty is waived or reinstated by a member of staff who answers for it, never by a device or by the program. Sign in first.",
    "任务只能由实名工作人员豁免或恢复，设备和系统不得操作，请先登录。");

/// <summary>What fell stays fallen.</summary>
public sealed record BasisFell() : Refusal("basis_fell", RefusalKind.Conflict,
    "The fact that this duty stood on has fallen. It cannot be reinstated; a new fact opens a new duty.",
    "该任务的依据已撤销，无法恢复；新的依据将产生新的任务。");

/// <summary>Only its basis withdraws it.</summary>
public sealed record FallsWithItsBasis() : Refusal("falls_with_its_basis", RefusalKind.Conflict,
    "A duty of this kind is not withdrawn by hand: it falls with the round, alert, tube, box or run that it stands on. Waive it with a reason instead.",
    "此类任务不能手工撤销，只随其依据（轮次、预警、采样管、转运箱或批次）撤销；如有需要请填写理由予以豁免。");

/// <summary>It was neither waived nor withdrawn.</summary>
public sealed record NothingToReinstate() : Refusal("nothing_to_reinstate", RefusalKind.Conflict,
    "This duty was neither waived nor withdrawn, so there is nothing to take back.",
    "该任务未被豁免或撤销，无需恢复。");

/// <summary>Not one of the kinds.</summary>
public sealed record DutyKindUnknown() : Refusal("duty_kind_unknown", RefusalKind.Invalid,
    "There is no duty of this kind. The kinds are: " + DutyKinds.Names + ".",
    "没有这种任务类型。可用类型：" + DutyKinds.Names + "。");

/// <summary>The caller works in several territories, or the place is none.</summary>
public sealed record TerritoryMissing() : Refusal("territory_missing", RefusalKind.Invalid,
    "You work in several territories. Say which: add ?territory= with a place code.",
    "您负责多个辖区，请用 ?territory= 指明地点编码。");

/// <summary>A value that is not in a closed list.</summary>
public sealed record NotOneOf : Refusal
{
    public NotOneOf(string field, string allowed)
        : base("not_one_of", RefusalKind.Invalid, $"The value of {field} must be one of: {allowed}.", $"{field} 的取值应为：{allowed}。") => Field = field;
}
