namespace Qipan.Laboratory;

/// <summary>Why a well became no result. No sentence repeats a sample's name: it may be a person's.</summary>
sealed record WellProblem(string Code, string Sentence, string Chinese)
{
    public static readonly WellProblem TubeUnknown = new("tube_unknown",
        "No tube has the code that this well names: check the label, or give the plate's layout.", "没有该孔所示编码的采样管：请核对标签或提供布板。");

    public static readonly WellProblem TubeOfOtherRound = new("tube_of_other_round",
        "The tube of this well belongs to another round than the run.", "该孔的采样管属于其他轮次。");

    public static readonly WellProblem TubeRejected = new("tube_rejected",
        "The tube of this well was rejected at reception: its members are sampled again.", "该孔的采样管已被拒收：其成员将重新采样。");

    public static readonly WellProblem TubeNotUsable = new("tube_not_usable",
        "The tube of this well was never opened, was voided or is destroyed.", "该孔的采样管从未开启、已作废或已销毁。");

    public static readonly WellProblem CodeConflict = new("code_conflict",
        "More than one tube has this code: the result is attached to none, and the members of all are sampled again.",
        "该编码对应不止一支采样管：结果不予归属，相关成员均重新采样。");

    public static readonly WellProblem TubeTwice = new("tube_twice_in_run",
        "The tube stands in more than one well of this run: none of them is its result.", "同一采样管在本批次占多个孔：均不作为其结果。");

    public static readonly WellProblem LayoutContradicts = new("layout_contradicts_file",
        "The layout and the file name different tubes for this well.", "布板与结果文件对该孔所示采样管不一致。");

    public static readonly WellProblem NotInLayout = new("well_not_in_layout",
        "The layout says nothing about this well.", "布板中没有该孔。");

    public static readonly WellProblem SampleMissing = new("sample_name_missing",
        "The well has no sample name and the plate has no layout.", "该孔没有样本名，且未提供布板。");

    public static readonly WellProblem TaskUnknown = new("task_unknown",
        "The file's word for this well is not known, and its sample is no tube.", "文件对该孔的标识无法识别，且其样本不是采样管。");
}
