using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>How people travel 交通方式. Numbers of trains, flights and buses are patterns (Lexing/Vehicles.cs), not words.</summary>
static class TransportWords
{
    public static IEnumerable<RuleWord> All =>
    [
        .. Kind(TransportKind.None, "乘坐|乘|搭乘|坐|转乘|换乘|同乘|转|took|by|take|on board|rode|travelled by|boarded"),
        .. Kind(TransportKind.Walk, "步行|徒步|走路|on foot|walked|walking|by foot"),
        .. Kind(TransportKind.Bicycle, "骑车|骑自行车|骑电动车|骑行|电动车|自行车|共享单车|摩托车|骑摩托车|bicycle|by bike|cycled|scooter|motorbike"),
        .. Kind(TransportKind.PrivateCar,
            "自驾|自驾车|驾车|开车|驱车|私家车|自家车|驾驶私家车|驾驶|自己开车|搭车|拼车|顺风车|小轿车|轿车|"
            + "drove|by car|own car|private car|drove home|gave a lift|in his car|in her car"),
        .. Kind(TransportKind.Taxi, "出租车|打出租车|乘出租车|乘坐出租车|打车|打的|的士|网约车|滴滴|滴滴车|乘该出租车|该出租车|taxi|by taxi|cab|by cab|ride-hailing"),
        .. Kind(TransportKind.Bus, "公交|公交车|公共汽车|乘公交|乘坐公交|坐公交|班车|通勤车|bus|by bus|city bus"),
        .. Kind(TransportKind.Metro, "地铁|轻轨|乘地铁|坐地铁|metro|subway|by metro|by subway|underground"),
        .. Kind(TransportKind.Coach, "大巴|客车|大客车|长途汽车|长途客车|大巴车|长途大巴|coach bus|by coach|long-distance coach"),
        .. Kind(TransportKind.Train, "火车|高铁|动车|列车|次列车|次高铁|次动车|动车组|train|by train|high-speed train"),
        .. Kind(TransportKind.Aircraft, "飞机|航班|次航班|航班号|乘飞机|flew|flight|by air|plane|by plane"),
        .. Kind(TransportKind.Ship, "轮船|轮渡|客轮|乘船|ferry|ship|boat|by ferry|by boat"),
        .. Kind(TransportKind.Ambulance, "救护车|急救车|负压救护车|负压车|急救中心车辆|ambulance|by ambulance"),
        .. Kind(TransportKind.Truck, "货车|大货车|卡车|半挂车|驾驶货车|驾驶大货车|运输车|truck|lorry|by truck"),
        .. Kind(TransportKind.Other, "专车|专用车辆|转运车|转运车辆|乘车|坐车|籍牌照车辆|牌照车辆|车辆|dedicated vehicle|vehicle"),
        .. Of(TokenKind.Filler, "车次|车牌号|车牌|座位号|座位|车座|车厢|次"),
    ];

    static IEnumerable<RuleWord> Kind(TransportKind kind, string words) => Of(TokenKind.Transport, (int)kind, words);
}
