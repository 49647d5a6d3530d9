namespace Qipan.Cases.Reading;

/// <summary>Gives each clause of a line to whoever reads its sort: heading, description, remark, stay.</summary>
sealed class LineReader(
    ReadingRun run, TimeReader times, HeadingReader headings, DescriptionReader descriptions, RemarkReader remarks, StayReader stays)
{
    public void Read(List<Token> line)
    {
        var clauses = new Clauses(line, times, run);
        while (clauses.Next() is { } clause)
        {
            if (clause.IsEmpty)
                continue;
            var persons = run.Persons.Count;
            var done = Head(clause, line, persons);
            if (!done)
                Clause(clause, line);
        }
        stays.EndLine();
    }

    bool Head(Clause clause, List<Token> line, int persons)
    {
        if (!clause.AfterStop)
            return false;
        return headings.Read(clause, line) && run.Persons.Count > persons;
    }

    void Clause(Clause clause, List<Token> line)
    {
        var fresh = run.Persons.Count == 0 || run.Person.Describing || run.Person.Stays.Count == 0;
        if ((fresh || clause.Has(TokenKind.Sex)) && !Begins(clause) && descriptions.Read(clause, line))
            return;
        if (remarks.Read(clause))
            return;
        if (!Known(clause))
            return;
        run.Person.Describing = false;
        stays.Read(clause);
    }

    /// <summary>A time and a way to a place: the itinerary begins.</summary>
    static bool Begins(Clause clause) => clause.Times.Count > 0
        && (clause.Body.Count == 0 || clause.Has(TokenKind.To) || clause.Has(TokenKind.Indoors) || clause.Has(TokenKind.Vehicle)
            || clause.Has(TokenKind.Transport));

    /// <summary>Something in the clause is a rule word of a stay; otherwise it is listed as not understood.</summary>
    static bool Known(Clause clause) => clause.Times.Count > 0
        || clause.Body.Exists(t => t.Kind is TokenKind.At or TokenKind.To or TokenKind.Activity or TokenKind.Working
        or TokenKind.Indoors or TokenKind.Quarantined or TokenKind.Transport or TokenKind.Vehicle or TokenKind.Plate or TokenKind.Seat
            or TokenKind.Protection
        or TokenKind.Loop or TokenKind.LoopEnd or TokenKind.Home or TokenKind.Relation or TokenKind.Name or TokenKind.CaseRef
            or TokenKind.Symptom or TokenKind.Test or TokenKind.Duration or TokenKind.SubArea
        or TokenKind.Leave or TokenKind.Via or TokenKind.Bracket);
}
