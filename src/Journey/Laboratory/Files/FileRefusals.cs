using Qipan.Kernel;

namespace Qipan.Laboratory.Files;

/// <summary>Why a whole file is refused. No sentence repeats text of the file: a cell may hold a person's name.</summary>
static class FileRefusals
{
    public static Refusal Empty { get; } = Invalid(
        "lab_file_empty", "The file is empty: export it from the instrument again.", "文件为空：请从仪器重新导出。");

    public static Refusal TooLarge(long max) => new(
        "lab_file_too_large", RefusalKind.TooLarge,
        $"The file is larger than {max:N0} bytes: export the results alone, without raw data.",
        $"文件超过 {max:N0} 字节：请只导出结果，不含原始数据。");

    public static Refusal OldWorkbook { get; } = Invalid(
        "lab_file_old_workbook",
        "The file is an old Excel workbook (.xls) or is locked with a password: save it as .xlsx or text without one.",
        "该文件为旧版 Excel（.xls）或有密码：请另存为无密码的 .xlsx 或文本。");

    public static Refusal Binary { get; } = Invalid(
        "lab_file_binary", "The file is neither text nor a workbook nor RDML: export the results as text, xlsx or RDML.",
        "该文件不是文本、工作簿或 RDML：请将结果导出为文本、xlsx 或 RDML。");

    public static Refusal UnknownArchive { get; } = Invalid(
        "lab_file_unknown_archive",
        "The file is a zip without a workbook or RDML in it (an instrument's own experiment file, perhaps): export the results from "
            + "the instrument's software.",
        "该压缩包中没有工作簿或 RDML（可能是仪器自身的实验文件）：请用仪器软件导出结果。");

    public static Refusal UnknownFormat { get; } = Invalid(
        "lab_file_unknown_format",
        "No table of results is recognised in the file: expected are QuantStudio or ViiA 7 results, Bio-Rad CFX Cq results or RDML; "
            + "for another table give a column mapping.",
        "文件中未识别出结果表：可读 QuantStudio、ViiA 7、Bio-Rad CFX 的结果及 RDML；其他表格请提供列映射。");

    public static Refusal NoResultsSection { get; } = Invalid(
        "lab_file_no_results",
        "The file is of a QuantStudio or ViiA 7 but has no table of results with wells and Ct: the export was cut off, or made "
            + "without Results. Export it again with Results.",
        "该文件来自 QuantStudio 或 ViiA 7，但没有含孔位与 Ct 的结果表：导出不完整或未选 Results，请重新导出。");

    public static Refusal NoSheet { get; } = Invalid(
        "lab_file_no_results_sheet", "The workbook has no sheet with wells and Ct: export it again with Results, or give a column mapping.",
        "工作簿中没有含孔位与 Ct 的工作表：请连同 Results 重新导出，或提供列映射。");

    public static Refusal NoReadings { get; } = Invalid(
        "lab_file_no_readings", "The file's table of results has no reading in it: it was cut off, or the plate was empty.",
        "结果表中没有任何读数：文件被截断，或整板为空。");

    public static Refusal AllRefused(int refused, string firstCode) => Invalid(
        "lab_file_all_refused", $"All {refused:N0} readings of the file were refused; the first one's reason is {firstCode}.",
        $"文件的全部 {refused:N0} 条读数均被拒绝；第一条的原因是 {firstCode}。");

    public static Refusal BrokenArchive { get; } = Invalid(
        "lab_file_broken_archive", "The file begins like a workbook or RDML but its archive is broken or cut off: copy or export it again.",
        "文件开头像工作簿或 RDML，但压缩包已损坏或被截断：请重新复制或导出。");

    public static Refusal TooManyEntries(int max) => new(
        "lab_file_too_many_parts", RefusalKind.TooLarge, $"The archive holds more than {max:N0} parts: it is not a result file.",
        $"压缩包内超过 {max:N0} 个部分：不是结果文件。");

    public static Refusal DuplicateEntries { get; } = Invalid(
        "lab_file_duplicate_parts", "The archive holds two parts of the same name, so it is unclear which one counts: export it again.",
        "压缩包内有同名的两个部分，无法确定以哪个为准：请重新导出。");

    public static Refusal Bomb { get; } = new(
        "lab_file_unpacks_too_large", RefusalKind.TooLarge,
        "The archive unpacks to far more than a result file holds, and was not unpacked: export the results alone.",
        "压缩包展开后远大于结果文件，未予展开：请只导出结果。");

    public static Refusal Damaged(string part) => Invalid(
        "lab_file_damaged",
        $"The part {part} of the archive does not agree with its checksum, so no value in it can be trusted: copy or export the "
            + "file again.",
        $"压缩包中的 {part} 与校验值不符，其中数值不可信：请重新复制或导出。");

    public static Refusal BrokenXml(string part, int line) => Invalid(
        "lab_file_broken_xml", $"The part {part} is not well-formed XML from line {line} on: export the file again.",
        $"{part} 自第 {line} 行起不是合格的 XML：请重新导出。");

    public static Refusal Dtd(string part) => Invalid(
        "lab_file_xml_dtd",
        $"The part {part} declares XML entities, which no instrument writes and which are not read: export the file again.",
        $"{part} 声明了 XML 实体；仪器不会写出，系统也不读取：请重新导出。");

    public static Refusal HostileXml(string part) => Invalid(
        "lab_file_xml_limits", $"The part {part} nests too deep or holds a text longer than any instrument writes: export the file again.",
        $"{part} 嵌套过深或含有超长文本，非仪器所写：请重新导出。");

    public static Refusal TooManyRows(int max) => new(
        "lab_file_too_many_rows", RefusalKind.TooLarge, $"The table has more than {max:N0} rows: export one plate or one day at a time.",
        $"表格超过 {max:N0} 行：请按板或按天分别导出。");

    public static Refusal TooManyReadings(int max) => new(
        "lab_file_too_many_readings", RefusalKind.TooLarge,
        $"The file has more than {max:N0} readings: export one plate or one day at a time.",
        $"文件超过 {max:N0} 条读数：请按板或按天分别导出。");

    public static Refusal Mapping(string field, string sentence, string chinese) =>
        Invalid("lab_mapping_invalid", sentence, chinese) with { Field = field };

    public static Refusal MappingColumns(string field) => Invalid(
        "lab_mapping_not_matching", $"No row of the file has the columns that the mapping names; missing is the column for \"{field}\".",
        $"文件中没有任何一行含有映射所指的列；缺少“{field}”所指的列。") with
    { Field = field };

    public static Refusal Assay(string field, string sentence, string chinese) =>
        Invalid("lab_assay_invalid", sentence, chinese) with { Field = field };

    static Refusal Invalid(string code, string sentence, string chinese) => new(code, RefusalKind.Invalid, sentence, chinese);
}

/// <summary>
/// Carries a refusal out of the depths of a stream that an XML or zip reader pulls; caught in <see cref="ResultFileReader"/> only.
/// </summary>
sealed class UnreadableFileException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal => refusal;
}
