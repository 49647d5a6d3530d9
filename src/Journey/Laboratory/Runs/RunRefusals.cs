using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Why an act on a run or a result is refused.</summary>
static class RunRefusals
{
    public static Refusal Unknown { get; } = new("run_unknown", RefusalKind.NotFound, "No run has this id.", "没有该批次。");

    public static Refusal ResultUnknown { get; } = new("result_unknown", RefusalKind.NotFound, "No result has this id.", "没有该结果。");

    public static Refusal TooLarge(int tubes) => new("run_too_large", RefusalKind.TooLarge,
        $"A run is one plate of at most {tubes} wells: send each plate as a run of its own.", $"一个批次为一块板，最多{tubes}孔：请按板分别上传。");

    public static Refusal BodyTooLarge(long most) => new("body_too_large", RefusalKind.TooLarge,
        $"The file is larger than {most} bytes.", $"文件超过{most}字节。");

    public static Refusal JsonInvalid(string path) => new("run_json_invalid", RefusalKind.Invalid,
        $"The run is not the JSON that is asked for, at {path}.", $"批次JSON在 {path} 处不符合要求。");

    public static Refusal NotReviewed { get; } = Conflict("run_not_reviewed",
        "Two different persons review the run before it is released.", "批次须由两名不同人员审核后方可发布。");

    public static Refusal SamePerson { get; } = new("same_reviewer", RefusalKind.NotAllowed,
        "You have reviewed this run already; another person does the second review.", "您已审核过该批次，第二次审核须由他人进行。");

    public static Refusal FirstReviewer { get; } = new("first_reviewer_releases", RefusalKind.NotAllowed,
        "The first reviewer does not release; the second reviewer or a third person does.", "第一审核人不得发布，须由第二审核人或第三人发布。");

    public static Refusal NeedsPerson { get; } = new("needs_person", RefusalKind.NotAllowed,
        "A member of staff reviews, releases and signs; a device or the program does not.", "审核、发布和签字须由工作人员本人进行。");

    public static Refusal AllUnverified { get; } = Conflict("run_unverified",
        "An integrity alarm stands against every result of this run: verify them with a reason, or invalidate the run.",
        "该批次全部结果存在诚信预警：请说明理由核实，或判批次无效。");

    public static Refusal NothingUnverified { get; } = Conflict("nothing_unverified",
        "No result of this run waits for verification.", "该批次没有待核实的结果。");

    public static Refusal NotReleased { get; } = Conflict("result_not_released",
        "This tube has no released result in this run: only what is out is amended or withdrawn.", "该管在本批次没有已发布的结果，无法更正或撤回。");

    public static Refusal VersionThere { get; } = Conflict("result_version_there",
        "This version of the result is there and says something else: send the change as a new version.", "该版本已存在且内容不同：请以新版本提交。");

    public static Refusal CtInvalid { get; } = new("ct_not_possible", RefusalKind.Invalid,
        "A Ct is a number of cycles that a run has, or null where none was determined.", "Ct 须为可能的循环数，未测出时为空。");

    public static Refusal NotReceived(int tubes) => Conflict("tubes_not_received",
        $"{tubes} tubes of these results are not received yet: record their reception first.", $"其中{tubes}支采样管尚未签收：请先补录签收。");

    public static Refusal VersionInvalid { get; } = new("result_version_invalid", RefusalKind.Invalid,
        "A version is 2 or more; the first is the run's own.", "版本号须不小于2，首个版本由批次产生。")
    { Field = "version" };

    static Refusal Conflict(string code, string sentence, string chinese) => new(code, RefusalKind.Conflict, sentence, chinese);
}
