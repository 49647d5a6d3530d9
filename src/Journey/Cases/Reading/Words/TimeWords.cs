using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>Words of time 时间词: parts of the day, days told by other days, "about".</summary>
static class TimeWords
{
    /// <summary>Value of <see cref="TokenKind.RelativeDay"/>: days after the day spoken of.</summary>
    public const int SameDay = 0;

    public const int NextDay = 1;

    public static IEnumerable<RuleWord> All =>
    [
        .. Part(DayPart.SmallHours, "凌晨|after midnight|small hours"),
        .. Part(DayPart.Morning, "早上|早晨|清晨|清早|一早|早|early morning"),
        .. Part(DayPart.Forenoon, "上午|午前|morning|forenoon|in the morning"),
        .. Part(DayPart.Noon, "中午|午间|正午|noon|midday|at noon|lunchtime"),
        .. Part(DayPart.Afternoon, "下午|午后|afternoon|in the afternoon"),
        .. Part(DayPart.Dusk, "傍晚|黄昏|dusk"),
        .. Part(DayPart.Evening, "晚上|晚间|当晚|晚|夜晚|evening|in the evening|that evening"),
        .. Part(DayPart.Night, "深夜|夜间|夜里|半夜|night|at night|that night|overnight"),
        .. Part(DayPart.WholeDay, "全天|整天|一整天|终日|all day|the whole day|whole day|all day long"),
        .. Of(TokenKind.RelativeDay, SameDay, "当天|当日|同日|同一天|同天|same day|the same day|on the same day|that day"),
        .. Of(TokenKind.RelativeDay, NextDay, "次日|翌日|第二天|隔天|隔日|next day|the next day|the following day|following day"),
        .. Of(TokenKind.RelativeDay, 2, "第三天"),
        .. Of(TokenKind.SameTime, "同一时间|同时间|与此同时|at the same time|meanwhile"),
        .. Of(TokenKind.VagueTime, "春节期间|假期期间|国庆期间|元旦期间|五一期间|节日期间|during the spring festival|during the holidays"),
        .. Of(TokenKind.During, "期间|其间|这期间|在此期间|during this time|in between"),
        .. Of(TokenKind.About, "大约|大概|约|约在|左右|前后|about|around|approximately|approx.|approx|ca."),
    ];

    static IEnumerable<RuleWord> Part(DayPart part, string words) => Of(TokenKind.DayPart, (int)part, words);
}
