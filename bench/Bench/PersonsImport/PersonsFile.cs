using System.Globalization;
using Qipan.Kernel.Codes;

namespace Qipan.Bench.PersonsImport;

/// <summary>
/// Writes an invented county as CSV: households in rooms, names as uneven as real ones, ID numbers of a division that was never
/// given out (P-31), and, per thousand rows, five that come twice, five namesakes without a document and two with a wrong digit.
/// </summary>
static class PersonsFile
{
    const string County = "990102";
    const string Families = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔";
    const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海燕春梅雪松柏林山河江月星辰宇浩然子涵欣怡梓轩一诺思远佳琪俊熙瑞泽晨曦雨桐嘉豪美玲淑珍凤云龙飞鹏程立新永成德胜庆福祥瑶琳倩婷莉萍莹蕾薇菲";

    public static IEnumerable<string> Communities()
    {
        for (var street = 1; street <= 20; street++)
            for (var community = 1; community <= 20; community++)
                yield return $"{County}{street:D3}{community:D3}";
    }

    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        var communities = Communities().ToList();
        var born = new Dictionary<int, int>();
        using var file = new StreamWriter(path);
        file.Write("姓名,性别,证件类型,证件号码,手机号,现住地编码,重点人群\n");
        var (line, phone, room) = ("", "", "");
        for (var i = 0; i < rows; i++)
        {
            if (i % 5 is 0 or 3)
            {
                var household = i * 2 / 5;
                var community = communities[(int)((long)i * communities.Count / rows)];
                room = $"{community}.c{household / 600 % 9}.b{household / 42 % 14}.u{household / 14 % 3}.{(household / 2 % 7) + 1:D2}{household % 2 + 1:D2}";
                phone = $"190{household:D8}";
            }
            var name = string.Concat(Pick(Families, random), Pick(Given, random), random.Next(5) == 0 ? "" : Pick(Given, random));
            var day = random.Next(33_000);
            var order = born[day] = born.GetValueOrDefault(day) + 1;
            var birth = new DateOnly(1930, 1, 1).AddDays(day);
            var digits = string.Create(CultureInfo.InvariantCulture, $"{County}{birth:yyyyMMdd}{order % 1000:D3}");
            var check = IdNumber.CheckOf(digits);
            var own = birth.Year is > 1952 and < 2008 ? string.Create(CultureInfo.InvariantCulture, $"191{i:D8}") : phone;
            line = (i % 1000) switch
            {
                < 5 when i > 5 => line,
                >= 500 and < 505 => $"{name},男,,,{own},{room},\n".Replace(",男,,,", $",男,99,{birth:yyyyMMdd}X{i},", StringComparison.Ordinal),
                700 or 701 => $"{name},,01,{digits}{(check == '0' ? '1' : '0')},{own},{room},\n",
                _ => $"{name},,01,{digits}{check},{own},{room},{(random.Next(400) == 0 ? "透析" : "")}\n",
            };
            file.Write(line);
        }
    }

    /// <summary>The first of the characters come far more often than the last.</summary>
    static string Pick(string from, Random random) => from[(int)(random.NextDouble() * random.NextDouble() * from.Length)].ToString();
}
