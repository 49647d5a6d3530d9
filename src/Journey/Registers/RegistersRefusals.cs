using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>No such person, or not for this caller.</summary>
public sealed record PersonUnknown() : Refusal("person_unknown", RefusalKind.NotFound,
    "There is no person of this id. Search again, or register the person.", "没有此编号的人员，请重新查询或先登记。");

/// <summary>Somebody else changed the row since it was read.</summary>
public sealed record ChangedMeanwhile() : FieldRefusal("version", "changed_meanwhile", RefusalKind.Conflict,
    "Somebody changed this person meanwhile. Load it again, compare and send your correction on the new version.",
    "该人员信息刚被他人修改，请重新加载、核对后在新版本上提交。");

/// <summary>The document is on another person's row already.</summary>
public sealed record DocumentTaken() : FieldRefusal("docNo", "document_taken", RefusalKind.Conflict,
    "This document belongs to a person who is registered with another name or date of birth. Check the number; nothing was bound.",
    "该证件号码已登记在姓名或出生日期不同的人员名下，请核对号码；本次未绑定。");

/// <summary>The document is registered already and name and birth agree.</summary>
public sealed record DocumentHad() : FieldRefusal("docNo", "already_had", RefusalKind.Conflict,
    "This person is registered already with this document. Correct the existing row instead.",
    "该证件已登记为同一人，请在原记录上更正。");

/// <summary>A place that is not in the tree.</summary>
public sealed record PlaceUnknown(string Code) : Refusal("place_unknown", RefusalKind.Invalid,
    $"The place {Code} is not in the place tree. Import the tree first, or correct the code.", $"地点{Code}不在地点树中，请先导入地点或更正编码。")
{
    /// <summary>The code as sent; a place is no personal data down to the community, and is cut there.</summary>
    public static PlaceUnknown Of(string code, string field) =>
        new(Kernel.Codes.PlaceCode.Parse(code) is { Ok: true } place ? place.Value.Community : "") { Field = field };
}

/// <summary>The residence is not fine enough.</summary>
public sealed record ResidenceTooCoarse() : FieldRefusal("residence", "residence_too_coarse", RefusalKind.Invalid,
    "The residence must be a community (12 digits) or finer.", "现住地须精确到社区（12位）或更细。");

/// <summary>No name was given.</summary>
public sealed record NameMissing() : FieldRefusal("name", "name_missing", RefusalKind.Invalid,
    "The name is missing. Use a temporary identity for somebody whose name is not known.", "缺少姓名；身份不明者请使用临时身份登记。");

/// <summary>The birth date is no date, or lies in the future or too far back.</summary>
public sealed record BirthWrong() : FieldRefusal("birth", "birth_wrong", RefusalKind.Invalid,
    "The date of birth must be a real day as yyyy-MM-dd, or a year, not in the future.", "出生日期须为真实日期（yyyy-MM-dd）或年份，且不得晚于今天。");

/// <summary>A child under the age of guardianship has no guardian (P-18).</summary>
public sealed record GuardianNeeded() : FieldRefusal("guardian", "guardian_needed", RefusalKind.Invalid,
    "A child of this age needs a guardian. Register or name the guardian first.", "该年龄儿童须登记监护人，请先登记或指定监护人。");

/// <summary>The stay would begin before the one that it follows.</summary>
public sealed record WhereaboutsBackwards() : FieldRefusal("at", "whereabouts_backwards", RefusalKind.Conflict,
    "The person was recorded somewhere else later than this time. Check the time.", "该时间早于最近一次行踪记录，请核对时间。");

/// <summary>Somebody who is recorded as deceased does not move.</summary>
public sealed record WhereaboutsAfterDeath() : Refusal("whereabouts_after_death", RefusalKind.Conflict,
    "This person is recorded as deceased. Correct that record first.", "该人员已登记为死亡，请先更正该记录。");

/// <summary>The name is too long or holds control characters.</summary>
public sealed record NameWrong() : FieldRefusal("name", "name_wrong", RefusalKind.Invalid,
    "A name has at most 100 characters and no control characters.", "姓名不得超过100字，且不含控制字符。");

/// <summary>Not a kind of document.</summary>
public sealed record DocTypeUnknown() : FieldRefusal("docType", "doc_type_unknown", RefusalKind.Invalid,
    "There is no such kind of document. Use 01 ID card, 02 household register, 03 passport, 04 officer card, 06, 07 permits or 99 other.",
    "证件类型无法识别：01身份证、02户口簿、03护照、04军官证、06/07通行证、99其他。");

/// <summary>Not a number of a document.</summary>
public sealed record DocumentWrong() : FieldRefusal("docNo", "document_wrong", RefusalKind.Invalid,
    "A document number has 4 to 40 letters and digits.", "证件号码应为4至40位字母数字。");

/// <summary>Birth and document say different things.</summary>
public sealed record BirthDiffersFromDocument() : FieldRefusal("birth", "birth_differs_from_document", RefusalKind.Invalid,
    "The date of birth differs from the one in the identity number. One of them is wrong.", "出生日期与身份证号码中的出生日期不一致，请核对。");

/// <summary>Nothing to know the person again by.</summary>
public sealed record IdentityTooThin() : FieldRefusal("docNo", "identity_too_thin", RefusalKind.Invalid,
    "A person needs a document number or at least a year of birth. Without either, use a temporary identity.",
    "须填写证件号码或至少出生年份；均无时请使用临时身份登记。");
