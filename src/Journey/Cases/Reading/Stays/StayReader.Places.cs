namespace Qipan.Cases.Reading;

/// <summary>Where a stay was: places that are announced (到, 在), implied (未外出), only left, or named alone.</summary>
sealed partial class StayReader
{
    int Anchor(Clause clause, int i, bool others)
    {
        var body = clause.Body;
        if (i >= 0 && body[i].Kind is TokenKind.At or TokenKind.To)
            held.Add(body[i]);
        var at = i + 1;
        while (at < body.Count && body[at].Kind == TokenKind.Space)
            at++;
        if (at < body.Count && body[at].Kind is TokenKind.At or TokenKind.To)
            return at;
        var phrase = places.Read(body, at, run.Person.Name, run.Person.Workplace);
        if (phrase is null)
            return i + 1;
        if (i >= 0 && body[i] is { Kind: TokenKind.To, Value: MoveWords.ShortCity })
            phrase = cities.Resolve(phrase);
        Place(phrase, i >= 0 ? body[i] : null, others);
        return phrase.Next;
    }

    void Place(PlacePhrase phrase, Token? anchor, bool others)
    {
        var words = anchor is { } a ? a.Words.Until(phrase.Words) : phrase.Words;
        var here = draft!;
        if (here.HasPlace && !Same(here, phrase))
        {
            Finish();
            draft = Follow(here);
            here = draft;
        }
        Settle();
        if (!here.HasPlace)
        {
            here.Kind = phrase.Kind;
            if (phrase.Kind is not PlaceKind.Home || phrase.Words.Length > 4)
                here.Places.AddRange(phrase.Parts);
            else
                here.Places.Add(phrase.Parts[0]);
        }
        else if (here.Places.Count == 1 && phrase.Parts[0].SubArea is { } area)
        {
            here.Places[0] = here.Places[0] with { SubArea = area };
        }
        here.AmongOthers |= anchor is { } to && run.Of(to) is "进入" or "entered";
        here.Add(words);
        run.Cover(words);
    }

    /// <summary>Still the same place: at home twice, or an area of the place spoken of.</summary>
    static bool Same(StayDraft here, PlacePhrase phrase) =>
        (here.Kind == phrase.Kind && phrase.Kind is PlaceKind.Home or PlaceKind.Work)
        || (here.Places.Count == 1 && phrase.Parts.Count == 1 && (here.Places[0].Name == phrase.Parts[0].Name
            || (phrase.Parts[0].Name.Length >= 3 && here.Places[0].Name.EndsWith(phrase.Parts[0].Name, StringComparison.Ordinal))));

    static StayDraft Follow(StayDraft before)
    {
        var over = before.Time.To is not null && before.Time.LastDay is not null;
        return new StayDraft(new StayTime
        {
            Day = over ? before.Time.LastDay : before.Time.Day,
            LastDay = over || before.Time.From is not null ? null : before.Time.LastDay,
            Part = before.Time.From is null ? before.Time.Part : DayPart.None,
            Follows = true,
        });
    }

    /// <summary>未外出 is at home, 上班 at work, 集中隔离 in quarantine, unless a place was named.</summary>
    void Implied(Token token, bool others)
    {
        var (kind, moves) = token.Kind switch
        {
            TokenKind.Indoors => (PlaceKind.Home, false),
            TokenKind.Working => (PlaceKind.Work, held.Exists(t => t.Kind is TokenKind.Transport or TokenKind.Vehicle or TokenKind.After)),
            _ => (PlaceKind.Quarantine, false),
        };
        if (moves && draft!.HasPlace && draft.Kind != kind)
        {
            Finish();
            draft = Follow(draft);
        }
        Settle();
        if (!draft!.HasPlace && !others)
            draft.Kind = kind;
        Apply(token);
    }

    /// <summary>离长, 从…出发, 经…: the way there. The words are understood; the stay is the one that follows.</summary>
    int Past(List<Token> body, int i)
    {
        held.Add(body[i]);
        var at = i + 1;
        while (at < body.Count && body[at].Kind == TokenKind.Space)
            at++;
        if (at >= body.Count || places.Read(body, at, run.Person.Name, null) is not { } phrase)
            return i + 1;
        held.Add(new Token(TokenKind.Filler, phrase.Words.From, phrase.Words.Length));
        if (body[i].Kind == TokenKind.Leave && phrase.Kind == PlaceKind.Named)
            draft!.Left = phrase.Parts[0];
        return phrase.Next;
    }

    /// <summary>A place without "at": 长春岭服务区休息; petrol station on Ring Road.</summary>
    PlacePhrase? Unannounced(List<Token> body, int i, Clause clause)
    {
        if (draft!.HasPlace && clause.Times.Count == 0 && !held.Exists(t => t.Kind is TokenKind.Transport or TokenKind.After))
            return null;
        if (places.Read(body, i, run.Person.Name, run.Person.Workplace) is not { } phrase)
            return null;
        var latin = run.Text[phrase.Words.From] < '\u2e80';
        var fits = latin ? places.HoldsEnglishNoun(phrase.Words) : places.EndsName(phrase.Words.From, phrase.Words.To)
            || phrase.Parts[^1].SubArea is not null;
        return fits && !(phrase.Next < body.Count && !latin && body[phrase.Next].Kind is TokenKind.To or TokenKind.At
            or TokenKind.Relation) ? phrase : null;
    }

    /// <summary>长春至佳木斯列车: where the ride goes.</summary>
    (Token Token, int Next)? Route(List<Token> body, int i)
    {
        if (i + 3 >= body.Count || body[i + 2].Kind != TokenKind.Text
            || body[i + 3].Kind is not (TokenKind.Transport or TokenKind.Filler or TokenKind.Vehicle)
            || !(body[i + 1].Kind == TokenKind.Dash || run.Of(body[i + 1]) is "至" or "到" or "to") || body[i + 1].To != body[i + 2].From)
            return null;
        var words = body[i].Words.Until(body[i + 2].Words);
        return (new Token(TokenKind.Route, words.From, words.Length), i + 3);
    }
}
