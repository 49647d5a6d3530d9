using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

/// <summary>The nine itineraries that Jilin published in 2020. They are not in the repository; absent, the test is skipped, on CI it
/// fails.</summary>
static class RealItineraries
{
    public static string File(string name)
    {
        var named = Environment.GetEnvironmentVariable("QIPAN_REAL_DATA");
        for (var folder = AppContext.BaseDirectory; named is null && folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, "shared", "data", "itineraries")))
                named = Path.Combine(folder, "shared", "data");
        if (named is not null && System.IO.File.Exists(Path.Combine(named, "itineraries", name)))
            return Path.Combine(named, "itineraries", name);
        const string Missing = "The real data is absent: ../shared/data or QIPAN_REAL_DATA.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
        return "";
    }

    public static ReadItinerary Read()
    {
        var text = System.IO.File.ReadAllText(File("jilin_2020_itineraries.txt"));
        return Texts.Read(text, new ReadingDays(new DateOnly(2020, 3, 1)));
    }
}
