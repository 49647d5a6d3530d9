using Qipan.Kernel;

namespace Qipan.LineLists;

/// <summary>Why a row or a whole list is refused. A sentence names the column by its head and never repeats a cell.</summary>
static class ListRefusals
{
    public static Refusal ColumnsMissing(string heads) => Invalid("list_columns_missing",
        $"The file has none of the columns that this mapping needs: {heads}. Choose another mapping, or write one.",
        $"文件缺少该列映射所需的列：{heads}。请选择其他映射或自建映射。");

    public static Refusal ExportUnknown { get; } = Invalid("export_unknown",
        "Say which rows (cases, contacts, links) and for which purpose (contact_tracing, testing, care, supply, statistics, legal_duty).",
        "请指明行类型（cases、contacts、links）及用途（contact_tracing、testing、care、supply、statistics、legal_duty）。");

    public static Refusal NoRows { get; } = Invalid("list_without_rows",
        "The file has heads and no rows. Nothing was read.", "文件只有表头，没有数据行。");

    public static Refusal PlaceNeeded { get; } = Invalid("place_needed",
        "Say where the people of the list are: a column of the mapping, its default, or --place with a county's code.",
        "请指明人员所在地：映射中的列、默认值，或用 --place 指定县（区）编码。") with
    { Field = "place" };

    public static Refusal IdMissing { get; } = Row(ListField.Id, "id_missing",
        "The row has no id. Without one it could not be found again.", "该行没有编号，无法在再次导入时识别。");

    public static Refusal IdWrong { get; } = Row(ListField.Id, "id_wrong",
        "An id has 1 to 100 characters and no line breaks.", "编号须为1至100个字符，且不含换行。");

    public static Refusal IdTwice { get; } = Row(ListField.Id, "id_twice",
        "This id stood on an earlier row of the file with other data. One of the two is wrong.", "该编号已在本文件前面的行出现且内容不同，请核对。");

    public static Refusal DiseaseMissing { get; } = Row(ListField.Disease, "disease_missing",
        "Neither the row nor the mapping names the disease.", "该行及列映射均未指明病种。");

    public static Refusal AgeWrong { get; } = Row(ListField.Age, "age_wrong",
        "An age is a number of years from 0 to 130.", "年龄须为0至130之间的数字（岁）。");

    public static Refusal PlaceWrong { get; } = Row(ListField.Place, "place_wrong",
        "The place is no code of a county or finer. Give the code, or map the name to a code.", "地点不是县（区）级及以下编码，请填写编码或在列映射中对应编码。");

    public static Refusal ReportInFuture { get; } = Row(ListField.Report, "date_in_future",
        "The day of the report lies in the future.", "报告日期晚于今天。");

    public static Refusal ExposureAfterOnset { get; } = Row(ListField.Exposure, "exposure_after_onset",
        "The day of exposure lies after the day of onset. Correct one of them.", "暴露日期晚于发病日期，请更正其中之一。");

    public static Refusal LinkToSelf { get; } = Row(ListField.To, "link_to_self",
        "Both ends of the link are one and the same case.", "传播关系的两端为同一病例。");

    public static Refusal EndMissing(ListField field) => Row(field, "link_end_missing",
        "The row does not name both cases.", "该行未同时给出两个病例编号。");

    public static Refusal DateUnreadable(ListField field) => Row(field, "date_unreadable",
        "This is no date of the calendar in a form that the mapping reads.", "日期不存在，或不是列映射所列格式。");

    public static Refusal ValueUnknown(ListField field) => Row(field, "value_unknown",
        "The mapping does not say what this value means. Add it to the mapping's values.", "列映射未说明该值的含义，请在映射的 values 中补充。");

    public static Refusal ExposureInFuture { get; } = Row(ListField.LastExposure, "date_in_future",
        "The exposure lies in the future.", "暴露日期晚于今天。");

    public static Refusal ExposureBackwards { get; } = Row(ListField.FirstExposure, "exposure_backwards",
        "The last exposure lies before the first.", "末次暴露日期早于首次暴露日期。");

    public static Refusal ExposureNeeded { get; } = Row(ListField.LastExposure, "exposure_needed",
        "A contact needs the day of its last exposure.", "密接须有末次暴露日期。");

    public static Refusal CaseUnknown { get; } = Row(ListField.Case, "case_unknown_in_list",
        "No case of this list has the id that the row names. Import the cases first, then this list again.", "清单中没有该编号的病例。请先导入病例，再重新导入本清单。");

    public static Refusal IndexRuledOut { get; } = Row(ListField.Case, "case_ruled_out",
        "The index of this contact was ruled out.", "该密接的源头病例已排除。");

    public static Refusal ContactIsIndex { get; } = Row(ListField.Case, "contact_is_index",
        "The contact and its index are one and the same person.", "密接与源头病例为同一人。");

    public static Refusal ReleaseNeedsDecision { get; } = Row(ListField.State, "release_needs_decision",
        "A contact that is followed here is released here, on its checklist.", "在本系统管理的密接须在本系统按核对清单解除。");

    static Refusal Invalid(string code, string sentence, string chinese) => new(code, RefusalKind.Invalid, sentence, chinese);

    static Refusal Row(ListField field, string code, string sentence, string chinese) =>
        Invalid(code, sentence, chinese) with { Field = ListFields.NameOf(field) };
}

/// <summary>What was noticed of a row that was taken all the same. Words reach the wire: append only.</summary>
static class ListNotices
{
    /// <summary>A wrong value of this field was left out, as the mapping allows.</summary>
    public static string Dropped(ListField field) => $"dropped_{ListFields.NameOf(field)}";

    /// <summary>One of the link's cases is not in the list yet.</summary>
    public const string WaitsForCase = "waits_for_case";

    /// <summary>The person is a case of this disease already, under another number.</summary>
    public const string SamePerson = "same_person";

    /// <summary>Exposed and ill on one and the same day.</summary>
    public const string IncubationZero = "incubation_zero";

    /// <summary>Ill after the report.</summary>
    public const string OnsetAfterReport = "onset_after_report";

    /// <summary>The row names itself as its source.</summary>
    public const string LinkToSelf = "link_to_self";

    /// <summary>The row says something else of the person than before; persons are corrected at their own page.</summary>
    public const string PersonDiffers = "person_differs";

    /// <summary>The person is registered in another county; its row was left as it is.</summary>
    public const string RegisteredElsewhere = "registered_elsewhere";

    /// <summary>Somebody may be registered already under another document, or none: a pair waits for a decision.</summary>
    public const string MayBeDouble = "may_be_double";

    /// <summary>The same contact was there already: found by the program, stated by somebody, or under another number.</summary>
    public const string ContactThere = "contact_there";

    /// <summary>The notice as somebody reads it.</summary>
    public static ListItem Item(long row, string notice)
    {
        var (english, chinese) = notice switch
        {
            WaitsForCase => ("One of the two cases is not in the list yet. The link is drawn when that case arrives.", "两端病例之一尚未导入，待其到达后自动建立关联。"),
            SamePerson => ("The person is a case of this disease already, under another number. Both numbers lead to that case.", "此人已是该病种病例（另一编号），两个编号指向同一病例。"),
            IncubationZero => ("Exposed and ill on one and the same day. Look at the two days.", "暴露与发病为同一天，请核对。"),
            OnsetAfterReport => ("Ill after the report: possible for an infection without symptoms, often a slip.", "发病晚于报告：无症状感染者可能如此，多为填写错误。"),
            LinkToSelf => ("The row names itself as its source. The case was taken without it.", "该行将自身列为传染源，已导入病例但未建立关联。"),
            PersonDiffers => ("The row says something else of the person than before. Persons are corrected at their own page.", "该行的人员信息与此前不同，请在人员页面更正。"),
            RegisteredElsewhere => ("The person is registered in another county; that row was left as it is.", "此人已在其他县（区）登记，原登记未改动。"),
            ContactThere => ("This contact of the case was there already; what was decided on it stays.", "该病例的此密接已存在，原判定不变。"),
            MayBeDouble => ("Somebody like this may be registered already: a pair waits for a decision.", "可能已有同一人登记，已列入疑似重复待核。"),
            _ => ("A wrong value was left out, as the mapping allows.", "按列映射规则略去了错误的值。"),
        };
        return new ListItem(row, notice.StartsWith("dropped_", StringComparison.Ordinal) ? notice[8..] : null, notice, english, chinese);
    }
}
