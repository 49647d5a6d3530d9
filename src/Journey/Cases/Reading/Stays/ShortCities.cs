namespace Qipan.Cases.Reading;

/// <summary>返长: one character for a city that the text names elsewhere.</summary>
sealed class ShortCities(string text)
{
    readonly Dictionary<char, string?> known = [];

    public PlacePhrase Resolve(PlacePhrase phrase) =>
        phrase.Parts is [{ SubArea: null, Name.Length: 1 } only] && City(only.Name[0]) is { } city
            ? phrase with { Parts = [only with { Name = city }] } : phrase;

    string? City(char first)
    {
        if (known.TryGetValue(first, out var city))
            return city;
        for (var at = text.IndexOf(first, StringComparison.Ordinal); at >= 0 && at + 2 < text.Length
            && city is null; at = text.IndexOf(first, at + 1))
            if (text[at + 2] == '市' && text[at + 1] is >= '一' and <= '龥')
                city = text.Substring(at, 3);
        return known[first] = city;
    }
}
