using Qipan.Cases.Reading;

namespace Qipan.Cases;

/// <summary>
/// Reads itineraries 活动轨迹 as authorities publish them, in Chinese and in plain English, into persons and stays. Pure and safe for all
/// threads; never throws for any text, and the time it takes grows with the text's length. Which words it knows: the tables in Words/.
/// </summary>
public static class ItineraryReader
{
    /// <summary>Reads a text. What was not understood is listed with its place in the text, never dropped.</summary>
    public static ReadItinerary Read(string text, ReadingDays days)
    {
        var run = new ReadingRun(text, days);
        var lexer = new Lexer(run.Text);
        var times = new TimeReader(run.Days, run.Text, run.Problem);
        var headings = new HeadingReader(run, lexer);
        var lines = new LineReader(run, times, headings, new DescriptionReader(run, headings), new RemarkReader(run), new StayReader(run));
        for (var at = 0; at < text.Length;)
        {
            var end = text.AsSpan(at).IndexOfAny('\n', '\r');
            end = end < 0 ? text.Length : at + end;
            lines.Read(lexer.Line(at, end));
            at = end + 1;
        }
        return Result(run);
    }

    static ReadItinerary Result(ReadingRun run)
    {
        run.Persons.RemoveAll(p => p.Heading is null && p.Stays.Count == 0 && p.Remarks.Count == 0);
        foreach (var person in run.Persons)
        {
            StaySpans.Set(run, person.Stays);
            LoopRule.Set(run, person);
            foreach (var stay in person.Stays)
                Missing(run, stay);
        }
        if (run.Days.YearWasGuessed)
            run.Problem(new TextWords(0, 0), ReadingSentences.YearGuessed);
        if (!run.Text.Any(ReadingRun.Counts))
            run.Problem(new TextWords(0, 0), ReadingSentences.Empty);
        var (unread, stretches, understood) = UnreadStretches.Of(run);
        return new ReadItinerary
        {
            Persons = run.Persons.ConvertAll(p => p.Read()),
            Remarks = run.Remarks,
            Unread = unread,
            Problems = [.. run.Problems.OrderBy(p => p.Words.From)],
            Stretches = stretches,
            Understood = understood,
        };
    }

    static void Missing(ReadingRun run, StayDraft stay)
    {
        if (stay.Words is not { } words)
            return;
        if (stay.Time.Day is null)
            run.Problem(words, ReadingSentences.NoDay);
        if (stay is { Kind: PlaceKind.None or PlaceKind.Quarantine, Rides.Count: 0 })
            run.Problem(words, ReadingSentences.NoPlace);
    }
}
