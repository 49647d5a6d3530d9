using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>Words after which a place stands 位移词, and words that say that nobody moved.</summary>
static class MoveWords
{
    /// <summary>Value of <see cref="TokenKind.To"/> for 返 and 抵, after which one character may stand for a city.</summary>
    public const int ShortCity = 1;

    /// <summary>Value of <see cref="TokenKind.At"/> for 在此: the place before.</summary>
    public const int Here = 1;

    /// <summary>Value of <see cref="TokenKind.To"/> for 被送至: somebody else moved the person.</summary>
    public const int Brought = 2;

    public static IEnumerable<RuleWord> All =>
    [
        .. Of(TokenKind.At, "在|位于|于|身处|at|in|inside"),
        .. Of(TokenKind.At, Here, "在此|在该处|在此处|在那里|there|here"),
        .. Of(TokenKind.To,
            "到|到达|抵达|至|去|去到|去往|往|前往|来到|进入|进|入|走到|行至|途至|驶入|驶至|开至|开到|达到|返回到|返回至|返回|回到|回|返至|转至|转到|"
            + "转往|步行至|步行到|乘车至|乘车到|驾车至|驾车到|驱车至|驱车前往|"
            + "to|arrived at|arrived in|arrive at|arrives at|arrived|went to|goes to|go to|visited|visit|visits|returned to|"
            + "returns to|entered|reached|drove to|"
            + "walked to|travelled to|traveled to|came to|moved to|went into|went back to|on to"),
        .. Of(TokenKind.To, ShortCity, "返抵|返|抵|赴|来"),
        .. Of(TokenKind.To, Brought,
            "送至|送到|送入|送往|转运至|转运到|转运往|转送到|转送至|转入|转诊至|转院至|接至|接回|运至|闭环转运至|闭环转运到|"
            + "taken to|brought to|transferred to|moved by ambulance to|admitted to|sent to"),
        .. Of(TokenKind.Leave, "离开|离|从|自|驶离|出发|left|leaves|departed|departed from|from"),
        .. Of(TokenKind.Via, "经|途经|经过|途径|路过|经由|via|passing|passed through|through"),
        .. Of(TokenKind.After,
            "后|之后|随后|然后|后又|其后|此后|再|又|接着|最后|继而|后再|之后又|then|and then|after that|afterwards|later|after which|next"),
        .. Of(TokenKind.Indoors,
            "未外出|未曾外出|无外出|没有外出|无外出史|一直未外出|均未外出|未出门|足不出户|居家|居家隔离|居家健康监测|居家观察|居家医学观察|居家办公|居家休息|居家隔离观察|居家隔离医学观察|"
            + "stayed at home|stayed home|stay at home|did not go out|didn't go out|did not leave home|no outings|remained at home|"
            + "home isolation|isolated at home"),
        .. Of(TokenKind.Quarantined,
            "集中隔离|集中医学观察|集中隔离医学观察|隔离医学观察|隔离观察|隔离治疗|医学观察|自行隔离|隔离|留观|centralised quarantine|central quarantine|quarantined|quarantine|"
                + "in isolation|isolated"),
        .. Of(TokenKind.Working, "上班|上夜班|工作|值班|值守|加班|办公|当班|执勤|上岗|at work|worked|work|works|working|on duty|on shift"),
    ];
}
