using System.Collections.Frozen;
using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>Words of places 地点词: how names end, what lies inside and beside, and names in which a rule word hides.</summary>
static class PlaceWords
{
    /// <summary>What a place's name ends with; the longest first.</summary>
    public static readonly FrozenSet<string> Ends = Split(
        "小区|花园|家园|公寓|新村|超市|生鲜|商场|商店|便利店|市场|批发市场|农贸市场|药店|药房|大药房|医院|卫生院|卫生室|卫生所|诊所|门诊|疾控中心|饭店|餐厅|餐馆|饭馆|面馆|酒店|宾馆|旅馆|旅店|"
        + "会馆|浴池|洗浴|浴场|学校|小学|中学|大学|幼儿园|公司|工厂|工地|银行|理发店|美发店|网吧|影院|电影院|KTV|服务区|收费站|加油站|高速口|高速公路口|高速站|出口|入口|火车站|汽车站|客运站|"
        + "机场|车站|地铁站|公交站|卡点|养老院|敬老院|福利院|商城|广场|公园|中心|大厦|写字楼|麻辣烫|烧烤|火锅店|烧烤店|咖啡厅|茶馆|仓库|物流园|园区|工业园|码头|港口|殡仪馆|寺|教堂|派出所|政务大厅|"
        + "棋牌室|健身房|体育馆|图书馆|快递点|驿站|集市|大集|隔离点|采样点|检测点|检查站|监狱|村|屯|镇|乡|店|院|馆|厂|站|所|楼|超市店");

    /// <summary>The same in English: the phrase holds one of these words.</summary>
    public static readonly FrozenSet<string> EnglishNouns = Split(
        "hospital|clinic|pharmacy|supermarket|shop|store|mall|market|restaurant|cafe|hotel|hostel|station|airport|school|university|"
            + "college|office|factory|bank|"
        + "park|gym|church|mosque|temple|cinema|bar|pub|gate|toll|area|village|town|square|centre|center|plaza|street|road|home|house|"
        + "apartment|port|warehouse|court");

    /// <summary>What may stand after an activity or a vehicle and makes it a place: 理发 + 店.</summary>
    public const string NounSigns = "班店站中点所馆室处区厅院场厂城园部房";

    public static IEnumerable<RuleWord> All =>
    [
        .. Of(TokenKind.Text,
            "政务大厅|办事大厅|服务大厅|候车大厅|营业大厅|业务大厅|请假|邀请|申请|请客|所在地|所在|现在|正在|存在|得到|直到|接到通知|收到|看到|感到|报到|以后|后街|后山|后院|家具|家电|家乐福|家园|家属院|家属楼|家长|家常|"
                + "家庭|家政|家居城|家居广场|国家|一家|两家|"
            + "回族|回民|往返|往来|去世|去年|去向|入口|进口|出口|入境|进站|出站|至尊|和平|和谐|同志|同仁|同心|同济|和睦|和气|及时|早市|早餐店|早点|晚报|夜市|后勤|再生|转盘|由来|将军|对面馆|"
            + "加油站|休息区|休息室|服务区|购物中心|购物广场|洗浴中心|理发店|美发店|检测点|检测中心|采样点|活动中心|活动室|隔离点|隔离酒店|治疗中心|检查站|检查点|充电站|办公室|办公楼|工作室|工作站|"
            + "值班室|接种点|接种站|办事处|办事大厅|火车站|高铁站|地铁站|公交站|汽车站|客车站|轻轨站|火车南站|停车场|候车室|候车厅|称重站|动车所|飞机场|航站楼|出租屋|出租房|药物研究所|住院部|住院处|"
            + "经开区|经开|经济|经贸|公安|对外|女子|男子|女装|男装|同城|转山|坐标|来宾|入海口|上海|下关|中心|中央|中国|中山|中学|中医|上城|名城|名人|人民|人才|时代|时尚|时光|期货|外国|外滩|内蒙古|里程|"
            + "扫码处|登记处|测温点|娱乐城|娱乐中心|健身房|健身中心|打印店|维修店|维修部|培训中心|培训学校|考试中心|快餐店|聚会所|等候区|就诊区|治疗室|检查室|留观室|隔离病房|隔离区|出租公司|"
            + "公交公司|客运站|客运中心|货运站|自由大路|发热门诊|核酸检测点|核酸采样点|核酸检测中心|核酸采样亭|疾控中心|疾病预防控制中心|儿童医院|妇女儿童医院|中医院|"
            + "rest area|service area|rest stop|shopping centre|shopping center|shopping mall|train station|bus station|bus stop|"
            + "metro station|police station|"
            + "petrol station|gas station|toll station|toll gate|testing site|test centre|swab site|treatment centre|quarantine hotel|"
            + "work site|weigh station|guest house"),
        .. Of(TokenKind.Near, "附近|对面|旁边|旁|周边|门口|门前|楼下|对过|隔壁|near|next to|opposite|beside|outside"),
        .. Of(TokenKind.SubArea,
            "大厅内|大厅|室内|室外|院内|店内|店外|车内|东区|西区|南区|北区|一楼|二楼|三楼|四楼|五楼|负一楼|一层|二层|三层|地下一层|包间|包房|前台|卫生间|病室|病房|病区|急诊科|急诊|发热门诊|门诊部|门诊|"
            + "神经内科|内科|外科|儿科|妇产科|呼吸科|住院部|收银台|收银区|候诊区|候车区|吸烟区|停车区|餐饮区|"
            + "lobby|indoors|east side|west side|ground floor|first floor|second floor|ward|toilet|car park|fever clinic|canteen"),
    ];

    static FrozenSet<string> Split(string words) => words.Split('|').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
