namespace Qipan.Cases.Reading;

/// <summary>A code and its sentence in both languages.</summary>
sealed record ReadingSentence(string Code, string English, string Chinese);

/// <summary>Every sentence the reader may say about a text. None repeats the text, because a text holds names.</summary>
static class ReadingSentences
{
    public static readonly ReadingSentence Empty = new("text_empty",
        "The text is empty: there is nothing to read.", "文本为空，没有可读内容。");

    public static readonly ReadingSentence NoSuchTime = new("no_such_time",
        "There is no such day or time. Correct it in the text, or enter the stay by hand.", "没有这一天或这一时刻。请在原文中更正，或手工录入。");

    public static readonly ReadingSentence AmbiguousDate = new("date_ambiguous",
        "Day and month may be read either way round; the first number was taken as the month.", "日与月可能互换，已按“月/日”读取，请核对。");

    public static readonly ReadingSentence EndBeforeBegin = new("end_before_begin",
        "The end is before the begin. It was read as the next day; look at it.", "结束早于开始，已按次日读取，请核对。");

    public static readonly ReadingSentence OutOfOrder = new("time_out_of_order",
        "This begins before the stay that stands before it. Ask in which order it was.", "该时间早于前一项，请核实先后顺序。");

    public static readonly ReadingSentence NoDay = new("day_missing",
        "No day is named for this stay, here or before it. Enter the day.", "该项及之前均未写明日期，请补录日期。");

    public static readonly ReadingSentence NoPlace = new("place_missing",
        "No place is named for this stay. Ask where it was.", "该项未写明地点，请核实。");

    public static readonly ReadingSentence TwoPersons = new("two_persons_in_paragraph",
        "A second person begins inside this paragraph. Look whether each stay is with the right person.", "同一段落内出现第二个人，请核对各项归属。");

    public static readonly ReadingSentence YearGuessed = new("year_guessed",
        "The text names no year; the latest one before the reference day was taken.", "原文未写年份，已按参照日之前最近的年份读取。");

    public static readonly ReadingSentence LoopBroken = new("closed_loop_broken",
        "The person was under closed-loop control and was among others here: the loop was broken.", "此时处于闭环管控，却与他人接触：闭环被突破。");

    public static readonly ReadingSentence SameCase = new("case_twice",
        "This case number has a heading already. Look whether it is one person.", "该病例编号已出现过，请核对是否同一人。");
}
