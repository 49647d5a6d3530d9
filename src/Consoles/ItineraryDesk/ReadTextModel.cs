using Qipan.Cases;

namespace Qipan.Consoles.ItineraryDesk;

/// <summary>How a run of the text was understood; the name is its class on the page.</summary>
public enum MarkKind
{
    Plain = 0,
    Remark = 1,
    Stay = 2,
    Place = 3,
    Unread = 4,
}

/// <summary>A run of the text that is marked alike.</summary>
/// <param name="Stay">The number of the stay that begins here; 0 for none.</param>
public sealed record MarkedWords(string Text, MarkKind Kind, int Stay);

/// <summary>A stay with its number on the page and the place that its words mean.</summary>
public sealed record ShownStay(int Number, ReadStay Stay, PlaceMatch? Match);

/// <summary>A text that somebody pasted, read: the words beside the stays.</summary>
public sealed record ReadTextModel(string Text, string On, string Case, int Person, ReadItinerary? Read, IReadOnlyList<MarkedWords> Words,
    IReadOnlyList<(ReadPerson Person, IReadOnlyList<ShownStay> Stays)> Persons, KeptItinerary? Kept = null)
{
    public static ReadTextModel Empty(string on) => new("", on, "", 0, null, [], []);

    public static ReadTextModel Of(string text, string on, string caseNo, int person, ReadItinerary read, PlaceMatcher matcher)
    {
        var number = 0;
        var persons = read.Persons.Select(p => (p, (IReadOnlyList<ShownStay>)[.. p.Stays.Select(s => new ShownStay(
            ++number, s, s is { Place: { } place, PlaceKind: PlaceKind.Named or PlaceKind.Work } ? matcher.Match(place) : null))]))
                .ToList();
        return new ReadTextModel(text, on, caseNo, person, read, Mark(text, read, persons.SelectMany(p => p.Item2)), persons);
    }

    static List<MarkedWords> Mark(string text, ReadItinerary read, IEnumerable<ShownStay> stays)
    {
        var (kinds, begins) = (new MarkKind[text.Length], new int[text.Length]);
        void Fill(TextWords words, MarkKind kind) => kinds.AsSpan(words.From, words.Length).Fill(kind);
        foreach (var remark in read.Remarks.Concat(read.Persons.SelectMany(p => p.Remarks)))
            Fill(remark.Words, MarkKind.Remark);
        foreach (var shown in stays)
        {
            Fill(shown.Stay.Words, MarkKind.Stay);
            if (shown.Stay.PlaceWords is { } place)
                Fill(place, MarkKind.Place);
            if (shown.Stay.Words.Length > 0)
                begins[shown.Stay.Words.From] = shown.Number;
        }
        foreach (var unread in read.Unread)
            Fill(unread.Words, MarkKind.Unread);
        var runs = new List<MarkedWords>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            while (end < text.Length && kinds[end] == kinds[at] && begins[end] == 0)
                end++;
            runs.Add(new MarkedWords(text[at..end], kinds[at], begins[at]));
            at = end;
        }
        return runs;
    }
}
