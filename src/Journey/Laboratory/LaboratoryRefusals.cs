using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Why an act in a laboratory is refused.</summary>
static class LaboratoryRefusals
{
    public static Refusal Unknown { get; } = new("laboratory_unknown", RefusalKind.NotFound,
        "No laboratory has this id.", "没有该实验室。");

    public static Refusal NotOfThisLaboratory { get; } = new("not_of_this_laboratory", RefusalKind.NotAllowed,
        "You do not belong to this laboratory. Its own staff does this.", "您不属于该实验室，须由其工作人员操作。");

    public static Refusal Suspended { get; } = Conflict("laboratory_suspended",
        "This laboratory is suspended and takes nothing in.", "该实验室已暂停，不再受理。");

    public static Refusal CapacityInvalid { get; } = new("capacity_invalid", RefusalKind.Invalid,
        "Rated capacity names tubes per day for the kinds 1, 5, 10, 20 and 99, each 0 or more.",
        "核定能力须按1、5、10、20、99各类采样管填写每日管数，且不小于0。")
    { Field = "ratedCapacity" };

    public static Refusal UsccInvalid { get; } = new("uscc_invalid", RefusalKind.Invalid,
        "The unified social credit code does not agree with its check character.", "统一社会信用代码校验不符。")
    { Field = "uscc" };

    public static Refusal Missing(string field) => new("field_missing", RefusalKind.Invalid,
        $"{field} is missing.", $"缺少 {field}。")
    { Field = field };

    public static Refusal AssayUnknown { get; } = new("assay_unknown", RefusalKind.NotFound,
        "No assay of this name and version is registered or in a protocol in force.", "没有登记该试剂方案，有效规则中也没有。")
    { Field = "assay" };

    public static Refusal AssayVersionThere { get; } = Conflict("assay_version_there",
        "This version of the assay is there with another definition: register a new version.", "该版本已存在且内容不同：请登记新版本。");

    public static Refusal AssayInvalid(string why, string chinese) => new("assay_invalid", RefusalKind.Invalid, why, chinese) { Field = "definition" };

    public static Refusal LayoutUnknown { get; } = new("layout_unknown", RefusalKind.NotFound,
        "This laboratory has no plate layout of this name.", "该实验室没有此布板。")
    { Field = "layout" };

    public static Refusal LayoutThere { get; } = Conflict("layout_there",
        "A plate layout of this name is there with other wells: give the plate another name.", "同名布板已存在且内容不同：请另取板名。");

    public static Refusal LayoutEmpty { get; } = new("layout_empty", RefusalKind.Invalid,
        "No line of the layout names a well and a tube code or a control role.", "布板文件中没有有效的孔位行。");

    public static Refusal QueueEmpty { get; } = Conflict("queue_empty",
        "No tube waits for testing in this laboratory.", "该实验室没有待检采样管。");

    static Refusal Conflict(string code, string sentence, string chinese) => new(code, RefusalKind.Conflict, sentence, chinese);
}
