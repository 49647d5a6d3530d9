using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>What people do at a place 活动词.</summary>
static class ActivityWords
{
    /// <summary>Nothing that brings the person among others: rest, sleep, wait in the car.</summary>
    public const int Alone = 0;

    /// <summary>Among others, for a while.</summary>
    public const int AmongOthers = 1;

    /// <summary>At a table or in a bath: without a mask.</summary>
    public const int Close = 2;

    /// <summary>At a doctor's.</summary>
    public const int Care = 3;

    /// <summary>Others were met by name.</summary>
    public const int Met = 4;

    public static IEnumerable<RuleWord> All =>
    [
        .. Of(TokenKind.Activity, Alone,
            "放学|下课|下学|接到通知|接到电话|电话通知|接到疾控电话通知|接到疾控通知|接到流调电话|接到疾控中心电话通知|"
            + "休息|停留|住宿|入住|留宿|过夜|睡觉|在车上休息|车上休息|等候|等待|停车|停靠|装货|卸货|装卸货物|称重|过磅|加油|充电|打扫卫生|下车|上车|下班|出院|活动|逗留|短暂停留|取车|换乘|候车|"
            + "消毒|消杀|驾车|驾驶|开车|散步|步行锻炼|锻炼|遛弯|居住|"
            + "rested|rest|resting|slept|sleep|stayed overnight|stayed|stay|waited|waiting|refuelled|refueled|refuel|refuelling|"
            + "loaded|unloaded|weighed|parked|walk"),
        .. Of(TokenKind.Activity, AmongOthers,
            "买早点|买早餐|买饭|买水|买烟|买水果|买衣服|遛狗|接孩子|送孩子|"
            + "购物|购买|购药|购菜|买菜|买药|买东西|购买食品|购买商品|购买药品|采购|选购|取快递|取件|理发|办事|办理业务|办理|缴费|存取款|取款|上课|上学|开会|参会|参加会议|培训|探望|串门|拜访|走访|陪护|陪同|"
            + "看望|探亲|参加|室内活动|参观|游玩|游览|旅游|健身|打扫|送货|取货|装修|维修|运货|做客|探视|考试|面试|扫码|测温|扫码测温|登记|告知停业|停业|等|"
            + "shopped|shopping|bought|buys|buy|attended|attend|met|haircut|meeting|class|classes|collected|delivered|visit relatives"),
        .. Of(TokenKind.Activity, Close,
            "用餐|就餐|吃饭|吃早餐|吃午饭|吃晚饭|吃午餐|吃晚餐|聚餐|聚会|午餐|早餐|晚餐|午饭|晚饭|早饭|聚集|喝酒|饮酒|喝茶|洗澡|洗浴|泡澡|汗蒸|按摩|足疗|唱歌|打牌|打麻将|打麻将牌|下棋|美容|美发|跳舞|娱乐|上网|婚宴|"
            + "had lunch|had dinner|had breakfast|lunch|dinner|breakfast|ate|meal|dined|party|bathed|bath|karaoke|sang|played cards|"
            + "mahjong|massage|wedding"),
        .. Of(TokenKind.Activity, Care,
            "就诊|看病|就医|治疗|住院|住院治疗|输液|打针|静点|静点药物治疗|药物治疗|检查|进行检查|做检查|复查|体检|化验|做咽拭子检查|咽拭子检查|做CT|做核酸|核酸采样|采样|采集核酸|做核酸检测|接种疫苗|取药|"
            + "saw a doctor|consulted|consultation|treated|treatment|hospitalised|hospitalized|admitted|check-up|examined|tested|"
            + "sampling|swab"),
        .. Of(TokenKind.Activity, Met, "接触|密切接触|有密切接触史|密切接触史|接触史|会面|见面|交谈|contact with|in contact with|met with"),
    ];
}
