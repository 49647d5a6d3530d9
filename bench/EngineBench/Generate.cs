using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Qipan.EngineBench;

/// <summary>`generate PERSONS VENUES DAYS FILE [--index FILE --count N]`: writes a city's visits as .bin (int32 quadruples) or .csv.</summary>
static class Generate
{
    public static int Run(string[] args)
    {
        var city = new VisitCity(Number(args[1]), Number(args[2]), Number(args[3]));
        var path = args[4];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            if (path.EndsWith(".bin", StringComparison.Ordinal))
                city.Each(v => file.Write(MemoryMarshal.AsBytes<int>([(int)v.Visitor, (int)v.Place, (int)v.Enter, (int)v.Leave])));
            else
                WriteCsv(city, file);
        var at = Array.IndexOf(args, "--index");
        if (at < 0)
            return 0;
        var count = Array.IndexOf(args, "--count") is var c and >= 0 ? Number(args[c + 1]) : 1000;
        File.WriteAllLines(args[at + 1], city.Indexes(count)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Visitor},{i.From},{i.To}")).Prepend("person,from,to"));
        return 0;
    }

    static void WriteCsv(VisitCity city, FileStream file)
    {
        using var text = new StreamWriter(file, new UTF8Encoding(false), 1 << 20);
        text.Write("person,place,enter,leave\n");
        city.Each(v => text.Write(string.Create(CultureInfo.InvariantCulture, $"{v.Visitor},{v.Place},{v.Enter},{v.Leave}\n")));
    }

    static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
