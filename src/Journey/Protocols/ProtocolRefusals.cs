using System.Globalization;
using Qipan.Kernel;

namespace Qipan.Protocols;

/// <summary>No protocol holds for this disease, place and date.</summary>
public sealed record NoProtocol(string Disease, string Place, DateOnly On) : Refusal("no_protocol", RefusalKind.NotFound,
    $"No protocol for {Word.Of(Disease, "that disease")} holds at {Place} on {Word.Of(On)}. Add one to the folder protocols of the "
        + "data folder; `qipan protocol list` shows those that there are.",
    $"{Word.Of(On)}，{Place}没有适用于{Word.Of(Disease, "该疾病")}的规则。"
        + "请在数据目录的protocols文件夹中添加；qipan protocol list可列出现有规则。");

/// <summary>Protocols hold here, but none of them rules on this group of parameters.</summary>
public sealed record NoRule(string Disease, string Place, DateOnly On, string Group) : Refusal("no_rule", RefusalKind.NotFound,
    $"The protocols for {Word.Of(Disease, "that disease")} at {Place} on {Word.Of(On)} say nothing about {Group}. "
        + "Add this group to a protocol of the deployment.",
    $"{Word.Of(On)}，{Place}适用于{Word.Of(Disease, "该疾病")}的规则没有规定{Group}。请在本地规则中补充该组参数。");

/// <summary>A decision names a protocol version that this deployment does not have.</summary>
/// <param name="Version">Null when what was named has not even the form of a version.</param>
public sealed record UnknownProtocol(ProtocolVersion? Version) : Refusal("unknown_protocol", RefusalKind.NotFound,
    Version is null
        ? "That is no version of a protocol. Write it as CN-COVID-8@1."
        : $"There is no protocol {Version} here. If decisions were taken under it, put its file back into the folder protocols.",
    Version is null
        ? "这不是规则版本号，请按CN-COVID-8@1的格式填写。"
        : $"此处没有规则{Version}。若已有决定以其为依据，请将该文件放回protocols文件夹。");

/// <summary>The date is none.</summary>
public sealed record BadDate() : Refusal("bad_date", RefusalKind.Invalid,
    "The date is missing or is none. Write it as 2022-06-28.", "日期缺失或格式不正确，请按2022-06-28的格式填写。");

/// <summary>What a caller wrote is repeated in a sentence only where it has the form of a code: it could be a name.</summary>
static class Word
{
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(string text, string otherwise) =>
        text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? text : otherwise;
}
