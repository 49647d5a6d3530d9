using System.Globalization;
using System.Text;

namespace Qipan.Bench.LineLists;

/// <summary>An invented line list: one row in ten is wrong, one in twenty names somebody who stands there already. The same seed, the same file.</summary>
static class ListFile
{
    public const string Mapping = """
        mapping: bench
        title: Bench
        kind: cases
        list: bench
        columns: { id: [id], name: [name], doc_no: [doc], birth: [birth], sex: [sex], onset: [onset], report: [report], death: [death], class: [class], infector: [from] }
        values: { class: { Confirmed: confirmed, Suspect: suspect } }
        defaults: { disease: MEASLES, place: "990102" }
        """;

    const string Names = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";

    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write("id,name,doc,birth,sex,onset,report,death,class,from\n");
        var start = new DateOnly(2022, 1, 1);
        for (var i = 1; i <= rows; i++)
        {
            var person = i % 20 == 0 ? random.Next(1, i) : i;
            var named = new Random(person);
            var born = new DateOnly(1930, 1, 1).AddDays(named.Next(30_000));
            var name = $"{Names[named.Next(20)]}{Names[named.Next(20)]}{Names[named.Next(20)]}";
            var document = named.Next(10) < 6 ? Id(born, named.Next(1000)) : "";
            var onset = start.AddDays(random.Next(60));
            var report = onset.AddDays(random.Next(6));
            var (shown, death, kind) = (Day(onset), "", random.Next(4) == 0 ? "Suspect" : "Confirmed");
            if (i % 10 == 3)
                switch (random.Next(4))
                {
                    case 0:
                        shown = "31/31/2022";
                        break;
                    case 1:
                        death = Day(onset.AddDays(-3));
                        break;
                    case 2:
                        kind = "Perhaps";
                        break;
                    default:
                        document = Id(born, named.Next(1000))[..17] + "Y";
                        break;
                }
            var from = i > 10 && random.Next(2) == 0 ? (i - random.Next(1, 10)).ToString(CultureInfo.InvariantCulture) : "";
            file.Write($"{i},{name},{document},{(document.Length > 0 ? "" : Day(born))},{(named.Next(2) == 0 ? "M" : "F")},{shown},{Day(report)},{death},{kind},{from}\n");
        }
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number of a county that there is none of, with the right check digit.</summary>
    static string Id(DateOnly born, int serial)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"990102{born:yyyyMMdd}{serial:000}");
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (body[i] - '0') * weights[i];
        return body + "10X98765432"[sum % 11];
    }
}
