using System.Text.RegularExpressions;

namespace Qipan.Cases.Reading;

/// <summary>How texts number cases: 第3号确诊病例, 病例2, 无症状感染者5, Case 4. <see cref="Token.Data"/> is the number.</summary>
static partial class CaseNumbers
{
    public static Token? Read(string text, int at)
    {
        var pattern = text[at] switch
        {
            '第' => Ordinal(),
            '病' or '确' or '无' or '感' or '阳' or '患' or '本' => Word(),
            'c' or 'C' or 'p' or 'P' => English(),
            >= '0' and <= '9' => Numbered(),
            _ => null,
        };
        var match = pattern?.Match(text, at);
        return match is { Success: true } ? new Token(TokenKind.CaseRef, at, match.Length, 0, match.Groups["no"].Value) : null;
    }

    [GeneratedRegex(@"\G第 ?(?<no>\d{1,6}) ?[号例名位](?:新冠肺炎)?(?:确诊病例|病例|无症状感染者|阳性感染者|感染者|患者)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ordinal();

    [GeneratedRegex(
        @"\G(?:本土|新增)?(?:确诊病例|无症状感染者|阳性感染者|感染者|病例|患者) ?(?<no>\d{1,6})(?!\d|[年月日时点.岁]|:\d\d(?!\d))",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G(?<no>\d{1,6}) ?号(?:确诊病例|病例|无症状感染者|阳性感染者|感染者)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(
        @"\G(?:confirmed )?(?:case|patient|person)(?: no\.?| number| #)? ?(?<no>\d{1,6}|[A-Z])\b(?!:\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex English();
}
