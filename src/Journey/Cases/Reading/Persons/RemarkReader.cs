namespace Qipan.Cases.Reading;

/// <summary>Reads clauses that are no stay: titles, calls to the public, diagnoses and symptoms without a place.</summary>
sealed class RemarkReader(ReadingRun run)
{
    bool notice;

    /// <summary>True when the clause is such a remark; then it is accounted for.</summary>
    public bool Read(Clause clause)
    {
        if (Kind(clause) is not { } kind)
            return false;
        var time = clause.Times.Count > 0 ? clause.Times[^1].Time : null;
        var day = time is null && kind is RemarkKind.Test or RemarkKind.Symptom or RemarkKind.Diagnosis ? run.Days.Current : time?.Day;
        var remark = new ReadRemark(clause.Words, kind, day, time?.From);
        if (kind is RemarkKind.Title or RemarkKind.Notice || run.Persons.Count == 0)
            run.Remarks.Add(remark);
        else
            run.Person.Remarks.Add(remark);
        run.Cover(clause.Words);
        foreach (var wrong in clause.Times.Where(t => t.Wrong))
            run.Uncover(wrong.Words, UnreadReason.NoSuchTime);
        return true;
    }

    RemarkKind? Kind(Clause clause)
    {
        bool Has(TokenKind kind) => clause.Has(kind);
        // A call to the public goes on to the end of its line.
        notice = clause.Body.Exists(t => t.Kind == TokenKind.Notice && (t.Length > 1 || t.Equals(clause.Body[0])))
            || (notice && !clause.AtLineStart);
        if (notice)
            return RemarkKind.Notice;
        if (Has(TokenKind.NoTrace))
            return RemarkKind.NoTrace;
        var moves = Has(TokenKind.To) || Has(TokenKind.At) || Has(TokenKind.Transport) || Has(TokenKind.Vehicle) || Has(TokenKind.Indoors)
            || Has(TokenKind.Quarantined);
        if (Has(TokenKind.Title) && clause.Times.Count == 0 && !Has(TokenKind.Transport) && !Has(TokenKind.Indoors))
            return RemarkKind.Title;
        if (moves || Has(TokenKind.Working))
            return null;
        if (Has(TokenKind.Diagnosis))
            return RemarkKind.Diagnosis;
        if (Has(TokenKind.Activity))
            return null;
        if (Has(TokenKind.Symptom))
            return RemarkKind.Symptom;
        return Has(TokenKind.Test) && (clause.Times.Count > 0 || clause.Body.Count(t => t.Kind == TokenKind.Test) > 1) ? RemarkKind.Test
            : null;
    }
}
