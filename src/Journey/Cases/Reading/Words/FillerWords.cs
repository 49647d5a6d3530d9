using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>Words that are understood and change nothing 虚词.</summary>
static class FillerWords
{
    /// <summary>Value of a filler that says that the one spoken of did not do what follows.</summary>
    public const int Not = 1;

    /// <summary>的: joins what is before it to the place after it.</summary>
    public const int Joins = 2;

    /// <summary>系, 是: tells who somebody is.</summary>
    public const int Is = 3;

    public static IEnumerable<RuleWord> All =>
    [
        .. Of(TokenKind.Filler,
            "每天|每日|daily|every day|接到|"
            + "了|其|该|此|曾|曾经|一直|均|都|也|并|并且|且|共|共同|一起|一同|两次|一次|三次|多次|数次|时|两人|二人|三人|本人|该患者|患者|自己|独自|单独|直接|短暂|进行|开始|继续|准备|现场|期|等|内|里|中|上|下|"
            + "外|用|使用|名|一名|两名|位|一位|人|主动|随即|立即|途中|路上|有|持有效|持有|持|关于|有效|无|以及|还|则|后续|至今|截至|共计|先后|分别|主要|平时|当地|籍|牌照|点击|前|"
            + "通报的|通报|公布的|参加|输入|次日返|情况|发现|the|a|an|his|her|he|she|they|was|were|by|of|and|on|for|had|has|been|went|who|some|is|also|"
            + "till|until|it|its|again|directly|with a|got|up|out"),
        .. Of(TokenKind.Filler, Not, "未在|没有在|未到|没有到|未去|未|没有|did not|not"),
        .. Of(TokenKind.Filler, Joins, "的"),
        .. Of(TokenKind.Filler, Is, "系|是"),
    ];
}
