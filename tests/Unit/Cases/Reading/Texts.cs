using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

/// <summary>Reads texts for the tests, and holds what every reading promises.</summary>
static class Texts
{
    public static readonly ReadingDays Spring2022 = new(new DateOnly(2022, 4, 2));

    public static ReadItinerary Read(string text, ReadingDays? days = null)
    {
        var read = ItineraryReader.Read(text, days ?? Spring2022);
        NothingIsDropped(text, read);
        return read;
    }

    public static IReadOnlyList<ReadStay> Stays(string text, ReadingDays? days = null) => Assert.Single(Read(text, days).Persons).Stays;

    /// <summary>Every letter and digit lies in a stay, in a remark, or among the unread; every offset lies in the text.</summary>
    public static void NothingIsDropped(string text, ReadItinerary read)
    {
        var covered = new bool[text.Length];
        var words = read.Persons.SelectMany(p => p.Stays).Select(s => s.Words)
            .Concat(read.Persons.SelectMany(p => p.Remarks).Select(r => r.Words)).Concat(read.Remarks.Select(r => r.Words))
                .Concat(read.Unread.Select(u => u.Words));
        foreach (var w in words)
        {
            Assert.InRange(w.From, 0, text.Length);
            Assert.InRange(w.To, w.From, text.Length);
            covered.AsSpan(w.From, w.Length).Fill(true);
        }
        var dropped = Enumerable.Range(0, text.Length).Where(i => !covered[i] && char.IsLetterOrDigit(text[i])).ToList();
        Assert.True(dropped.Count == 0, dropped.Count == 0 ? ""
            : $"dropped: {string.Concat(dropped.Take(60).Select(i => text[i]))} at {dropped[0]}");
        Assert.Equal(read.Stretches, read.Understood + read.NotUnderstood);
        Assert.True(read.NotUnderstood == 0 || read.Unread.Count > 0);
    }

    /// <summary>The day and times of a stay in short: "03-24 15:00", "03-24..03-26", "03-24 21:30-22:11 ~".</summary>
    public static string Short(this StayTime time) => string.Concat(
        time.Day is { } day ? $"{day:MM-dd}" : "?", time.LastDay is { } last ? $"..{last:MM-dd}" : "", time.From is { } from
            ? $" {from:HH:mm}" : "",
        time.To is { } to ? $"-{to:HH:mm}" : "", time.Part != DayPart.None ? $" {time.Part}" : "", time.About ? " ~" : "", time.Follows
            ? " then" : "");
}
