namespace Qipan.Laboratory.Files;

/// <summary>What is wrong with a part of a file: code and sentences in one place. No sentence repeats a cell's text.</summary>
static class FileProblems
{
    public static readonly (string Code, string Sentence, string Chinese) RowShort = (
        "row_short", "The row ends before its Ct: correct the file or export it again.", "该行在 Ct 之前中断：请更正或重新导出。");

    public static readonly (string Code, string Sentence, string Chinese) RowCut = (
        "row_cut", "The file ends inside this row: it was cut off, and more rows may be missing. Copy or export it again.",
        "文件在此行中断：文件被截断，可能还缺少其他行。请重新复制或导出。");

    public static readonly (string Code, string Sentence, string Chinese) RowLong = (
        "row_long", "The row has more cells than the header, so its columns are shifted: quote cells that hold the delimiter.",
        "该行单元格多于表头，列已错位：含分隔符的单元格请加引号。");

    public static readonly (string Code, string Sentence, string Chinese) QuoteUnclosed = (
        "quote_unclosed", "A quotation mark in this row is not closed: correct the row.", "该行的引号未闭合：请更正该行。");

    public static readonly (string Code, string Sentence, string Chinese) CellTooLong = (
        "cell_too_long", "A cell of this row is longer than any instrument writes, or there are too many cells.", "该行有超长单元格或单元格过多。");

    public static readonly (string Code, string Sentence, string Chinese) TextDamaged = (
        "text_damaged", "A name in this row has characters that could not be decoded: export the file as UTF-8.",
        "该行名称中有无法解码的字符：请以 UTF-8 重新导出。");

    public static readonly (string Code, string Sentence, string Chinese) WellUnknown = (
        "well_unknown", "The row names no well of a plate (A1 to P24).", "该行没有有效的孔位（A1 至 P24）。");

    public static readonly (string Code, string Sentence, string Chinese) WellOutOfRange = (
        "well_out_of_range", "The well lies outside the plate.", "孔位超出该板范围。");

    public static readonly (string Code, string Sentence, string Chinese) WellDuplicate = (
        "well_duplicate", "The same well and target stand in the file twice with the same values; the first is kept.",
        "同一孔位与靶标以相同数值出现两次；保留第一条。");

    public static readonly (string Code, string Sentence, string Chinese) WellContradiction = (
        "well_contradiction", "The same well and target stand in the file more than once with different values; none of them is kept.",
        "同一孔位与靶标多次出现且数值不同；均不采用。");

    public static readonly (string Code, string Sentence, string Chinese) SampleContradiction = (
        "sample_contradiction",
        "The well has more than one sample name, so it is unclear whose result it is; none of its readings is kept.",
        "同一孔有多个样本名，无法确定结果归属；该孔读数均不采用。");

    public static readonly (string Code, string Sentence, string Chinese) CtNotNumber = (
        "ct_not_number", "The Ct is neither a number nor the instrument's word for none.", "Ct 既不是数字，也不是仪器表示“未测出”的文字。");

    public static readonly (string Code, string Sentence, string Chinese) CtNotPositive = (
        "ct_not_positive", "The Ct is zero or negative, which no cycle is.", "Ct 为零或负数，不可能是循环数。");

    public static readonly (string Code, string Sentence, string Chinese) CtTooHigh = (
        "ct_too_high", "The Ct is larger than the cycles of any run.", "Ct 大于任何扩增程序的循环数。");

    public static readonly (string Code, string Sentence, string Chinese) CtBeyondRun = (
        "ct_beyond_run", "Some Cq lie beyond the cycles that were run: the instrument writes them for curves that never crossed.",
        "部分 Cq 超出实际循环数：仪器以此表示曲线从未达到阈值。");

    public static readonly (string Code, string Sentence, string Chinese) CtBlank = (
        "ct_blank", "The Ct is blank: the well counts as not measured, never as negative.", "Ct 为空：该孔视为未检测，不视为阴性。");

    public static readonly (string Code, string Sentence, string Chinese) CtDecimalMark = (
        "ct_decimal_mark", "The Ct has another decimal mark than the mapping says.", "Ct 的小数点与映射所述不符。");

    public static readonly (string Code, string Sentence, string Chinese) DecimalComma = (
        "decimal_comma", "Ct values are written with a decimal comma and were read so.", "Ct 使用逗号作小数点，已按此读取。");

    public static readonly (string Code, string Sentence, string Chinese) NumberAsText = (
        "number_as_text", "Ct values are stored as text in the sheet and were read as numbers.", "工作表中 Ct 以文本保存，已按数字读取。");

    public static readonly (string Code, string Sentence, string Chinese) Formula = (
        "formula_cached_value", "A cell of this row is a formula: its stored value was used, the formula was not computed.",
        "该行有单元格为公式：采用其缓存值，未计算公式。");

    public static readonly (string Code, string Sentence, string Chinese) Omitted = (
        "well_omitted", "The operator took this well out of the analysis: it is not a result.", "操作者已将该孔排除：不作为结果。");

    public static readonly (string Code, string Sentence, string Chinese) SampleBlank = (
        "sample_blank", "Wells without a sample name were read: they can be mapped only by a plate layout.",
        "有孔没有样本名：只能通过布板信息对应。");

    public static readonly (string Code, string Sentence, string Chinese) SheetTruncated = (
        "sheet_probably_truncated",
        "The table has exactly as many rows as a sheet can hold: what came after is probably lost. Export it again in parts.",
        "表格行数恰为工作表上限：其后的内容很可能已丢失。请分批重新导出。");

    public static readonly (string Code, string Sentence, string Chinese) ReplicatesMissing = (
        "replicates_missing", "The printed Ct mean is not the mean of this sample's and target's rows: rows are missing from the file.",
        "打印的 Ct 均值与该样本该靶标各行的均值不符：文件缺少行。");

    public static readonly (string Code, string Sentence, string Chinese) QuantitySourceMissing = (
        "quantity_source_missing",
        "A mean quantity is printed without the quantity it is made from: columns or rows are missing from the file.",
        "打印了平均定量值却没有其来源定量值：文件缺少列或行。");

    public static readonly (string Code, string Sentence, string Chinese) SetupWithoutResult = (
        "setup_without_result", "The plate setup has a well that the results do not have.", "布板中有该孔，结果中却没有。");

    public static readonly (string Code, string Sentence, string Chinese) ZoneAmbiguous = (
        "time_zone_ambiguous", "The run's time names no zone, or one with several meanings; it was read in the laboratory's zone.",
        "运行时间没有时区或时区含义不明；按实验室所在时区读取。");

    public static readonly (string Code, string Sentence, string Chinese) EncodingGuessed = (
        "encoding_guessed", "The text is neither Unicode nor GB18030; it was read as Western European. Check the names.",
        "文本既非 Unicode 也非 GB18030；按西欧编码读取，请核对名称。");

    public static readonly (string Code, string Sentence, string Chinese) EncodingDamaged = (
        "encoding_damaged", "The text has bytes that are not valid in its encoding: the file was damaged on its way.",
        "文本含有对其编码无效的字节：文件在传输中受损。");

    public static readonly (string Code, string Sentence, string Chinese) NoFinalLineEnd = (
        "last_line_unterminated",
        "The last row has no line end and the Ct is its last column: the Ct may be cut off. Compare it with the instrument.",
        "最后一行没有换行且 Ct 为最后一列：Ct 可能被截断，请与仪器核对。");

    public static readonly (string Code, string Sentence, string Chinese) MappingNotUsed = (
        "mapping_not_used", "A column mapping was given, but RDML names its own columns; the mapping was not used.",
        "提供了列映射，但 RDML 自带列名；未使用映射。");

    public static readonly (string Code, string Sentence, string Chinese) PlateFormatMissing = (
        "plate_format_missing", "The run does not say how many rows and columns its plate has, so reactions cannot be placed in wells.",
        "该运行未说明板的行列数，无法确定反应所在孔位。");
}
