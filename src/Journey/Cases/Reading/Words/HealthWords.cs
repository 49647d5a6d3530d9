using static Qipan.Cases.Reading.RuleWord;

namespace Qipan.Cases.Reading;

/// <summary>Symptoms, tests, diagnosis, protection and closed loops 健康与防护词.</summary>
static class HealthWords
{
    public static IEnumerable<RuleWord> All =>
    [
        .. Of(TokenKind.Symptom,
            "出现|症状|临床症状|咽部不适|咽痛|咽干|发热|发烧|咳嗽|乏力|食欲不振|身体不适|不适|头痛|头晕|腹泻|呕吐|胸闷|气短|鼻塞|流涕|肌肉酸痛|畏寒|嗅觉减退|自觉|感觉|体温|"
            + "symptoms|symptom|fever|cough|coughing|sore throat|fatigue|headache|diarrhoea|diarrhea|vomiting|rash|felt unwell|"
            + "feeling unwell|fell ill|chills"),
        .. Of(TokenKind.Diagnosis,
            "诊断为|确诊为|确诊|被诊断为|诊断|新型冠状病毒肺炎|新冠肺炎|新型冠状病毒感染|订正为|转为确诊病例|diagnosed with|diagnosed|diagnosis|confirmed|tested positive"),
        .. Of(TokenKind.Test,
            "核酸检测|核酸|初筛|筛查出|检出|报告|检测结果|结果为阳性|结果为阴性|结果阳性|结果阴性|阳性|阴性|呈阳性|呈阴性|初筛阳性|复核阳性|核酸阴性证明|阴性证明|未发现异常|未见异常|抗原|"
            + "pcr|test result|positive|negative|nucleic acid test"),
        .. Of(TokenKind.Protection, (int)Protection.Mask, "戴口罩|佩戴口罩|全程戴口罩|全程佩戴口罩|有佩戴口罩|戴着口罩|wearing a mask|wore a mask|masked|"
            + "with mask|with a mask"),
        .. Of(TokenKind.Protection, (int)Protection.NoMask,
            "未戴口罩|未佩戴口罩|没戴口罩|没有戴口罩|不戴口罩|未全程佩戴口罩|未规范佩戴口罩|摘下口罩|摘口罩|no mask|without a mask|without mask|not wearing a mask|unmasked"),
        .. Of(TokenKind.Protection, (int)Protection.Full, "穿防护服|着防护服|身穿防护服|二级防护|三级防护|穿戴防护服|in full protective dress|wearing ppe"),
        .. Of(TokenKind.Loop,
            "闭环|闭环管理|闭环管控|闭环转运|闭环运送|闭环转移|闭环管理人员|闭环管理工作人员|点对点|点对点管控|点对点转运|点对点闭环|全程闭环|closed loop|closed-loop|closed-loop management|"
                + "point-to-point|point to point|escorted|under escort"),
        .. Of(TokenKind.LoopEnd, "解除闭环|解除管控|解除闭环管理|闭环管理结束|left the closed loop|released from control|released"),
        .. Of(TokenKind.NoTrace, "无其他社会行程轨迹|无社会面活动轨迹|无其他行程轨迹|无其他活动轨迹|无其他轨迹|no other movements"),
        .. Of(TokenKind.Title, "活动轨迹|通告|行程轨迹|行动轨迹|流调轨迹|主要活动轨迹|轨迹如下|通报如下|情况通报|itinerary|itineraries|movements of"),
        .. Of(TokenKind.Notice, "请|请市民|请广大市民|请相关人员|立即报告|主动报告|立即向|联系电话|咨询电话|特此通告|特此通报|please report|contact the cdc|领导小组办公室"),
    ];
}
