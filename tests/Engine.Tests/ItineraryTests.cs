using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>
/// Itineraries as an authority published them in 2020: the engine finds the meetings that were found in them by hand. Households are
/// left out, because nobody published when their members were at home.
/// </summary>
public partial class ItineraryTests
{
    /// <summary>Where the text names no end, the usual stay in a restaurant is taken and marked.</summary>
    const long UsualStay = 2 * 3600;

    [Fact]
    public void Published_itineraries_share_what_was_found_in_them_by_hand()
    {
        var folder = System.IO.Path.Combine(RealData(), "itineraries");
        var text = File.ReadAllLines(System.IO.Path.Combine(folder, "jilin_2020_itineraries.txt"));
        var shared = File.ReadAllLines(System.IO.Path.Combine(folder, "jilin_2020_shared_exposures.csv")).Skip(1)
            .Select(line => line.Split(',')).Where(field => field[1] != "household").ToList();
        Assert.Equal(4, shared.Count);
        using var temp = new TempFolder();
        using var store = temp.Open();
        foreach (var field in shared)
            store.Append(new[] { StayIn(text, field[2], field, store), StayIn(text, field[3], field, store) });
        using var view = store.Read();
        var tracer = new Tracer(view);
        foreach (var field in shared)
        {
            var day = Day(field[4]);
            var index = new TraceIndex(store.Visitors.Number(field[2]), day, day + 86400);
            tracer.Trace(index, new TraceRule { MinOverlap = 900 }, withEpisodes: true);
            var meeting = Assert.Single(tracer.Episodes.ToArray(), e => store.Places.Outside(e.Place) == field[0]);
            Assert.Equal(field[3], store.Visitors.Outside(meeting.Contact));
            if (field[0].StartsWith("百屹会馆", StringComparison.Ordinal))
                Assert.Equal((day + 15 * 3600, day + 18 * 3600, false), (meeting.Start, meeting.End, meeting.Inferred));
            if (field[0].StartsWith("天下晓饭店", StringComparison.Ordinal))
                Assert.Equal((day + 16 * 3600, day + 16 * 3600 + 2400, true), (meeting.Start, meeting.End, meeting.Inferred));
        }
    }

    /// <summary>The case's line of that date which names the place, as a stay.</summary>
    static Visit StayIn(string[] text, string number, string[] field, VisitStore store)
    {
        var date = DateOnly.Parse(field[4], CultureInfo.InvariantCulture);
        var line = text.SkipWhile(l => l != $"第{number}号确诊病例").Skip(1).TakeWhile(l => !l.StartsWith('第'))
            .Single(l => l.StartsWith($"{date.Month}月{date.Day}日", StringComparison.Ordinal) && Names(l, field[0]));
        var times = Times().Matches(line).Select(m => Day(field[4]) + Number(m, 1) * 3600 + Number(m, 2) * 60).ToList();
        var ends = times.Count > 1;
        return new Visit(
            store.Visitors.Number(number), store.Places.Number(field[0]), times[0], ends ? times[1] : times[0] + UsualStay, 0,
            ends ? LeaveKind.Explicit : LeaveKind.Inferred);
    }

    /// <summary>By the first word of the exposure, or its first four signs: 百屹会馆洗浴 is 百屹会馆 in the text.</summary>
    static bool Names(string line, string exposure)
    {
        var word = exposure.Split(' ')[0];
        return line.Contains(word, StringComparison.Ordinal) || line.Contains(word[..Math.Min(4, word.Length)], StringComparison.Ordinal);
    }

    static long Number(Match match, int group) =>
        match.Groups[group].Success ? long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    static long Day(string date) =>
        new DateTimeOffset(DateTime.Parse(date, CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUnixTimeSeconds();

    [GeneratedRegex(@"(\d{1,2})时(?:(\d{1,2})分)?")]
    private static partial Regex Times();

    static string RealData()
    {
        var named = Environment.GetEnvironmentVariable("QIPAN_REAL_DATA");
        for (var folder = AppContext.BaseDirectory; named is null && folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (Directory.Exists(System.IO.Path.Combine(folder, "shared", "data", "itineraries")))
                named = System.IO.Path.Combine(folder, "shared", "data");
        if (named is not null && Directory.Exists(named))
            return named;
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "The real data is absent: ../shared/data or QIPAN_REAL_DATA.");
        throw new InvalidOperationException("The real data is absent: ../shared/data or QIPAN_REAL_DATA.");
    }
}
