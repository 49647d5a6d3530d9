namespace Qipan.Cases.Reading;

/// <summary>
/// A text with one form for each sign, character by character, so that offsets stay those of the original: half-width letters and
/// digits, one dash, one colon, simplified characters for the rule words.
/// </summary>
static class FoldedText
{
    const string Traditional = "時點號車東號開來國門後發現與無從間處區場樓應約舊園醫館長準歲萬餘飯廳廣飛機鐵經過護確診陽陰隔離觀員買購藥員親媽爸兒孫戶籍屬達";
    const string Simplified = "时点号车东号开来国门后发现与无从间处区场楼应约旧园医馆长准岁万余饭厅广飞机铁经过护确诊阳阴隔离观员买购药员亲妈爸儿孙户籍属达";

    static readonly Dictionary<char, char> Map = Make();

    public static string Of(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = Fold(source[i]);
    });

    public static char Fold(char c) => c switch
    {
        < '\u0080' => c,
        >= '\uff01' and <= '\uff5e' => Map.GetValueOrDefault(c, (char)(c - 0xfee0)),
        _ => Map.GetValueOrDefault(c, c),
    };

    static Dictionary<char, char> Make()
    {
        var map = new Dictionary<char, char>
        {
            ['\u3000'] = ' ',
            ['\u00a0'] = ' ',
            ['\u2009'] = ' ',
            ['\ufeff'] = ' ',
            ['、'] = '、',
            ['﹑'] = '、',
            ['，'] = ',',
            ['﹐'] = ',',
            ['。'] = '。',
            ['．'] = '.',
            ['：'] = ':',
            ['∶'] = ':',
            ['︰'] = ':',
            ['；'] = ';',
            ['﹔'] = ';',
            ['【'] = '(',
            ['】'] = ')',
            ['〔'] = '(',
            ['〕'] = ')',
            ['［'] = '(',
            ['］'] = ')',
            ['～'] = '~',
            ['〜'] = '~',
        };
        foreach (var dash in "‐‑‒–—―−－﹣─━")
            map[dash] = '-';
        foreach (var quote in "“”„＂「」『』")
            map[quote] = '"';
        foreach (var quote in "‘’＇")
            map[quote] = '\'';
        for (var i = 0; i < Traditional.Length; i++)
            map.TryAdd(Traditional[i], Simplified[i]);
        return map;
    }
}
