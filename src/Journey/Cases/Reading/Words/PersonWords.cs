using Qipan.Registers;
using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>Words for people 人物词: relations, cases, those on duty; sex; where somebody lives and works.</summary>
static class PersonWords
{
    public static IEnumerable<RuleWord> All =>
    [
        .. Who(PersonRelation.Spouse, "丈夫|妻子|爱人|老公|老婆|配偶|夫妻|husband|wife|spouse|partner"),
        .. Who(PersonRelation.Parent, "母亲|父亲|父母|爸爸|妈妈|爸妈|双亲|岳父|岳母|公公|婆婆|mother|father|parents"),
        .. Who(PersonRelation.Child, "儿子|女儿|长子|次子|长女|次女|三女|孩子|子女|女婿|儿媳|儿媳妇|孙子|孙女|外孙|外孙女|son|daughter|child|children|son-in-law|"
            + "grandson|granddaughter"),
        .. Who(PersonRelation.Sibling, "哥哥|姐姐|弟弟|妹妹|兄弟|姐妹|brother|sister|siblings"),
        .. Who(PersonRelation.Relative, "表弟|表哥|表姐|表妹|堂弟|堂哥|堂姐|堂妹|姑妈|姨妈|舅妈|舅舅家人|亲家|大舅|二舅|大姨|二姨|大姑|二姑|大伯|二伯|大哥|二哥|大姐|二姐|"
            + "大娘|大爷|伯父|叔叔|舅舅|姑姑|姨妈|小姨|姐夫|妹夫|嫂子|亲属|亲戚|侄子|外甥|爷爷|奶奶|姥姥|姥爷|relatives|relative|uncle|aunt|"
            + "cousin|grandmother|grandfather"),
        .. Who(PersonRelation.Family, "家人|家属|一家人|全家|同住人|同住人员|family|family members|household"),
        .. Who(PersonRelation.Acquaintance, "男友|女友|男朋友|女朋友|老乡|顾客|客户|老师|邻居|同学|好友|熟人|室友|friend|friends|neighbour|neighbor|neighbours|"
            + "roommate|classmate"),
        .. Who(PersonRelation.Colleague, "同事|工友|老板|店长|colleague|colleagues|co-worker|workmate"),
        .. Who(PersonRelation.Helping, "钟点工|保姆|护工|保洁|司机|房东|cleaner|nanny|driver|carer"),
        .. Who(PersonRelation.Official,
            "疾控中心人员|疾控人员|疾控中心工作人员|疾控工作人员|工作人员|医护人员|医务人员|社区工作人员|网格员|民警|引导员|人员引导|health workers|cdc staff|officials|staff|police"),
        .. Who(PersonRelation.Vehicle, "该车辆|该车"),
        .. Of(TokenKind.CaseWord,
            "确诊病例|无症状感染者|阳性感染者|感染者|阳性病例|密切接触者|密接|次密接|密接者|病例|确诊患者|confirmed case|positive case|close contact|case"),
        .. Of(TokenKind.Sex, (int)Sex.Male, "男|男性|male|man"),
        .. Of(TokenKind.Sex, (int)Sex.Female, "女|女性|female|woman"),
        .. Of(TokenKind.Residence,
            "住址为|住址|现住址|现住|现居住|居住在|居住于|居住地|居住地址|家住|户籍|户籍地|籍贯|常住|常住地|住在|暂住|家庭住址|lives in|lives at|living in|resident of|address|"
                + "home address"),
        .. Of(TokenKind.Workplace, "就读于|就读|工作单位|就职于|任职于|单位为|工作地点|工作地|从事|职业|职业为|works at|works as|employed at|employed by|workplace|"
            + "occupation"),
        .. Of(TokenKind.Home, "家|家中|家里|其家|其家中|自己家|自己家中|自家|家内|住处|住所|home|his home|her home|his house|her house"),
        .. Of(TokenKind.Work, "单位|公司|工作单位|his office|her office|the office|office|workplace"),
        .. Of(TokenKind.With, "与|和|跟|同|及|陪|随|带|带着|偕|with|together with|accompanied by"),
        .. Of(TokenKind.Object, "由|将|把|被|对|为|受|遇到|遇见|因|应"),
    ];

    static IEnumerable<RuleWord> Who(PersonRelation relation, string words) => Of(TokenKind.Relation, (int)relation, words);
}
