using System.Collections.Frozen;
using System.Text;

namespace Qipan.Registers;

/// <summary>
/// Toneless pinyin 拼音 of names, one reading for each character: the customary one, and for the first character of a name the one it has as a family
/// name. The table is <c>pinyin.txt</c> (Unihan's kMandarin, Unicode 15.0; its notice stands in it). Safe for all threads.
/// </summary>
static class Pinyin
{
    const char First = '\u4e00';
    const char Last = '\u9fff';

    /// <summary>Family names that are read otherwise than the same character elsewhere.</summary>
    const string Families = "单shan 曾zeng 仇qiu 解xie 盖ge 查zha 翟zhai 区ou 朴piao 任ren 覃qin 冼xian 乐yue 缪miao 召shao 宓fu 洗xian 黑he 秘bi 句gou 种chong 乜nie 折she 逄pang 员yun 尹yin 隗wei 郇xun 晁chao";

    static readonly ushort[] ByCharacter = new ushort[Last - First + 1];
    static readonly List<string> Words = [""];
    static readonly FrozenDictionary<char, ushort> ByFamily;

    static Pinyin()
    {
        using var reader = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.txt")!, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(' ') is not [var syllable, var characters])
                continue;
            Words.Add(syllable);
            foreach (var c in characters)
                ByCharacter[c - First] = (ushort)(Words.Count - 1);
        }
        ByFamily = Families.Split(' ').ToFrozenDictionary(f => f[0], f => (ushort)Words.IndexOf(f[1..]));
    }

    /// <summary>The number of the character's syllable; 0 for what is no Chinese character.</summary>
    /// <param name="c">The character.</param>
    /// <param name="family">As the first of a name.</param>
    public static ushort Of(char c, bool family = false) =>
        family && ByFamily.TryGetValue(c, out var read) ? read : c is >= First and <= Last ? ByCharacter[c - First] : (ushort)0;

    /// <summary>The syllable of a number.</summary>
    public static string Word(ushort number) => Words[number];

    /// <summary>The syllables of a name key; empty where any character is not Chinese.</summary>
    public static ushort[] Syllables(string nameKey)
    {
        var numbers = new ushort[nameKey.Length];
        for (var i = 0; i < numbers.Length; i++)
            if ((numbers[i] = Of(nameKey[i], family: i == 0)) == 0)
                return [];
        return numbers;
    }
}
