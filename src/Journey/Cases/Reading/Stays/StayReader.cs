namespace Qipan.Cases.Reading;

/// <summary>
/// Reads the clauses of an itinerary into stays. A new time or a new place begins a stay; what stands before the place on the way to it
/// (后, 打车, 与妻子) is held until the place is known.
/// </summary>
sealed partial class StayReader(ReadingRun run)
{
    const int MostHeld = 60;

    readonly PlacePhrases places = new(run);
    readonly ShortCities cities = new(run.Text);
    readonly List<Token> held = [];
    StayDraft? draft;
    PersonDraft? owner;

    /// <summary>A line has ended: what is open belongs to it.</summary>
    public void EndLine()
    {
        Settle();
        Finish();
        draft = null;
    }

    public void Read(Clause clause)
    {
        if (owner != run.Person)
            EndLine();
        owner = run.Person;
        var others = Subjects.IsOther(clause.Body, run);
        if (others is { } subject && OthersElsewhere(clause, subject))
            return;
        if (Leaves(clause))
            return;
        if (clause.Times.Count > 0)
            Begin(clause);
        else if (draft is null)
            draft = new StayDraft(new StayTime { Day = run.Days.Current });
        var settled = clause.Times.Count > 0;
        for (var i = 0; i < clause.Body.Count; i++)
            i = Take(clause, i, others is not null, ref settled) - 1;
        if (!held.Exists(t => t.Kind is TokenKind.Transport or TokenKind.Vehicle or TokenKind.Plate) || settled && clause.Times.Count > 0
            && !draft!.HasPlace)
            Settle();
        if (held.Count > MostHeld)
            Settle();
        if (clause.Until is { } until)
            End(until);
    }

    /// <summary>…休息至22:11.</summary>
    void End(TimeRead until)
    {
        Settle();
        draft!.Add(until.Words);
        run.Cover(until.Words);
        if (until.Wrong)
            run.Uncover(until.Words, UnreadReason.NoSuchTime);
        else if (draft.Time.To is null && until.Time.From is not null)
            draft.Time = draft.Time with { To = until.Time.From, LastDay = until.Time.Day == draft.Time.Day ? null : until.Time.Day };
    }

    void Begin(Clause clause)
    {
        Settle();
        var before = draft;
        Finish();
        var times = clause.Times;
        var time = times[^1].Time;
        if (times[^1].Same && before is not null)
            time = before.Time;
        draft = new StayDraft(times[^1].During && before is not null ? before.Time with { About = true } : time);
        if (times[^1].During && before is not null)
        {
            draft.Kind = before.Kind;
            draft.Places.AddRange(before.Places);
        }
        draft.MoreTimes.AddRange(times.SkipLast(1).Where(t => !t.Wrong && !t.Same && !t.During).Select(t => t.Time));
        foreach (var read in times)
        {
            draft.Add(read.Words);
            run.Cover(read.Words);
            if (read.Wrong)
                run.Uncover(read.Words, UnreadReason.NoSuchTime);
        }
    }

    /// <summary>Takes the token at this place; returns where to go on.</summary>
    int Take(Clause clause, int i, bool others, ref bool settled)
    {
        var (body, token) = (clause.Body, clause.Body[i]);
        switch (token.Kind)
        {
            case TokenKind.At when token.Value == MoveWords.Here:
                held.Add(token);
                return i + 1;
            case TokenKind.At or TokenKind.To:
                return Anchor(clause, i, others);
            case TokenKind.Leave or TokenKind.Via:
                return Past(body, i);
            case TokenKind.Indoors or TokenKind.Quarantined or TokenKind.Working:
                Implied(token, others);
                return i + 1;
            case TokenKind.Home when !draft!.HasPlace || held.Exists(t => t.Kind is TokenKind.Transport or TokenKind.After):
                return Anchor(clause, i - 1, others);
            case TokenKind.Activity or TokenKind.Protection or TokenKind.Loop or TokenKind.LoopEnd or TokenKind.Symptom or TokenKind.Test:
                if (draft!.HasPlace && held.Count > 0 && held.Exists(t =>
                    t.Kind is TokenKind.After or TokenKind.Transport or TokenKind.Vehicle))
                    held.Add(token);
                else
                    Apply(token);
                return i + 1;
            case TokenKind.With when CaseAhead(body, i) is { } end:
                Meet(body, i, end);
                return end + 1;
            case TokenKind.Text when i + 1 < body.Count && run.Of(body[i + 1]).StartsWith('籍'):
                held.Add(token with { Kind = TokenKind.Filler });
                return i + 1;
            case TokenKind.Text when Route(body, i) is { } route:
                held.Add(route.Token);
                return route.Next;
            case TokenKind.Text or TokenKind.SubArea or TokenKind.Near when Unannounced(body, i, clause) is { } phrase:
                Place(phrase, null, others);
                return phrase.Next;
            case TokenKind.Text or TokenKind.Noun or TokenKind.Space or TokenKind.List or TokenKind.Dash:
                return i + 1;
            case TokenKind.Bracket:
                Bracket(token);
                return i + 1;
            default:
                held.Add(token);
                return i + 1;
        }
    }

    /// <summary>与七台河市一名确诊病例接触: up to the word that says who it is.</summary>
    static int? CaseAhead(List<Token> body, int i)
    {
        for (var k = i + 1; k < Math.Min(body.Count, i + 8); k++)
        {
            if (body[k].Kind is TokenKind.CaseWord or TokenKind.CaseRef)
                return k;
            if (body[k].Kind is TokenKind.Activity or TokenKind.To or TokenKind.At or TokenKind.Transport or TokenKind.Relation)
                return null;
        }
        return null;
    }

    void Meet(List<Token> body, int from, int to)
    {
        var words = body[from + 1].Words.Until(body[to].Words);
        draft!.With.Add(new NamedPerson(words, PersonRelation.Case, null, body[to].Data as string));
        draft.Add(body[from].Words.Until(words));
        run.Cover(body[from].Words.Until(words));
    }

    void Bracket(Token bracket)
    {
        var inner = (List<Token>)bracket.Data!;
        if (inner.Exists(t => t.Kind is TokenKind.CaseRef or TokenKind.CaseWord)
            || !inner.Exists(t => t.Kind is not (TokenKind.Text or TokenKind.Space or TokenKind.Filler)))
        {
            // Said of the one who was just named, or a note to a word: understood where it stands.
            if (inner.Exists(t => t.Kind != TokenKind.Text) || draft!.HasPlace)
                held.Add(new Token(TokenKind.Filler, bracket.From, bracket.Length));
            return;
        }
        foreach (var token in inner)
        {
            if (token.Kind is TokenKind.Plate or TokenKind.Vehicle or TokenKind.Seat && held.Count > 0)
                held.Add(token);
            else if (token.Kind is TokenKind.Transport or TokenKind.Relation or TokenKind.Name
                || (token.Kind != TokenKind.Text && held.Count > 0))
                held.Add(token);
            else if (token.Kind != TokenKind.Text)
                Apply(token);
        }
    }

    bool OthersElsewhere(Clause clause, Token subject)
    {
        var anchor = clause.Body.FindIndex(t => t.Kind is TokenKind.At or TokenKind.To && t.Value != MoveWords.Here);
        var phrase = anchor < 0 ? null : places.Read(clause.Body, anchor + 1, run.Person.Name, run.Person.Workplace);
        if (anchor >= 0 && clause.Body[anchor].Value == MoveWords.Brought && IsMoved(clause.Body))
            return false;
        var same = clause.Times.Exists(t => t.Same);
        var vehicle = (PersonRelation)subject.Value == PersonRelation.Vehicle && subject.Kind == TokenKind.Relation;
        if (!vehicle && (phrase is null || (phrase.Kind is PlaceKind.Home or PlaceKind.Work && !same)))
            return false;
        Settle();
        var who = new NamedPerson(subject.Words, subject.Kind == TokenKind.Relation ? (PersonRelation)subject.Value
            : PersonRelation.Unknown,
            subject.Kind == TokenKind.Name ? Kernel.Personal.Of(run.Of(subject)) : null, subject.Data as string);
        var day = clause.Times.Count > 0 ? clause.Times[^1].Time.Day ?? run.Days.Current : run.Days.Current;
        run.Person.Remarks.Add(new ReadRemark(clause.Words, phrase?.Kind == PlaceKind.Home ? RemarkKind.Visit : RemarkKind.Others, day,
            clause.Times.Count > 0 ? clause.Times[^1].Time.From ?? (same ? draft?.Time.From : null) : null, null, who));
        run.Cover(clause.Words);
        return true;
    }

    /// <summary>16时离开: the end of the stay before.</summary>
    bool Leaves(Clause clause)
    {
        if (draft is not { HasPlace: true, Time.To: null } || !clause.Has(TokenKind.Leave) || clause.Times.Count != 1)
            return false;
        var time = clause.Times[0];
        if (time.Wrong || time.Time.From is null || time.Time.To is not null || !clause.Body.TrueForAll(IsOwnOrEmpty))
            return false;
        End(time);
        foreach (var token in clause.Body)
            Apply(token);
        return true;

        bool IsOwnOrEmpty(Token token) => token.Kind is TokenKind.Leave or TokenKind.Filler or TokenKind.Space
            || (token.Kind == TokenKind.Name && run.Of(token) == run.Person.Name);
    }

    /// <summary>其女婿将其送至…: the person is the one who is moved; 将其母亲送至 it is the mother.</summary>
    bool IsMoved(List<Token> body)
    {
        var at = body.FindIndex(t => t.Kind == TokenKind.Object) + 1;
        while (at > 0 && at < body.Count && body[at].Kind is TokenKind.Filler or TokenKind.Space)
            at++;
        return at > 0 && at < body.Count && !(body[at].IsPerson && run.Of(body[at]) != run.Person.Name);
    }

    /// <summary>What was held belongs to the stay that is open now.</summary>
    void Settle()
    {
        foreach (var token in held)
            Apply(token);
        held.Clear();
    }

    void Apply(Token token)
    {
        draft!.Add(token.Words);
        run.Cover(token);
        StayWords.Apply(draft, token, run);
    }

    void Finish()
    {
        if (draft is { HasPlace: false, Rides.Count: 0, Left: { } left })
        {
            draft.Kind = PlaceKind.Named;
            draft.Places.Add(left);
        }
        if (draft is { Words: { } alone, IsEmpty: true, Time: { Day: not null, From: null, Part: DayPart.None } })
        {
            (owner ?? run.Person).Remarks.Add(new ReadRemark(alone, RemarkKind.Heading, draft.Time.Day));
            return;
        }
        if (draft is { Words: not null } done && !(done.IsEmpty && done.Time == new StayTime()))
            (owner ?? run.Person).Stays.Add(done);
    }
}
