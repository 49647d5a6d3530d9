namespace Qipan.Cases.Reading;

/// <summary>Collects what nothing accounts for, and counts the stretches of the text between punctuation.</summary>
static class UnreadStretches
{
    public static (List<UnreadWords> Unread, int Stretches, int Understood) Of(ReadingRun run)
    {
        var (inStay, inRemark) = (new bool[run.Text.Length], new bool[run.Text.Length]);
        foreach (var words in run.Persons.SelectMany(p => p.Stays).Select(s => s.Words).OfType<TextWords>())
            inStay.AsSpan(words.From, words.Length).Fill(true);
        foreach (var remark in run.Remarks.Concat(run.Persons.SelectMany(p => p.Remarks)))
            inRemark.AsSpan(remark.Words.From, remark.Words.Length).Fill(true);
        // What a rule took and no stay or remark came to hold was not understood after all.
        for (var i = 0; i < inStay.Length; i++)
            if (!inStay[i] && !inRemark[i] && run.IsCovered(i))
                run.Forget(i);
        var wrong = run.Wrong.OrderBy(w => w.Words.From).ToList();
        var unread = new List<UnreadWords>();
        var (stretches, understood, at, nextWrong) = (0, 0, 0, 0);
        while (at < run.Text.Length)
        {
            var end = at;
            while (end < run.Text.Length && !IsPause(run.Text[end]))
                end++;
            var (any, missing) = (false, false);
            for (var i = at; i < end;)
            {
                any |= ReadingRun.Counts(run.Text[i]);
                if (run.IsCovered(i) || !ReadingRun.Counts(run.Text[i]))
                {
                    i++;
                    continue;
                }
                var stop = Stop(run, inStay, i, end);
                while (nextWrong < wrong.Count && wrong[nextWrong].Words.To <= i)
                    nextWrong++;
                var bad = nextWrong < wrong.Count && wrong[nextWrong].Words.From < stop;
                Add(run, unread, new TextWords(i, stop - i), bad ? UnreadReason.NoSuchTime : inStay[i] ? UnreadReason.LeftInStay
                    : UnreadReason.NothingKnown);
                missing = true;
                i = stop;
            }
            stretches += any ? 1 : 0;
            understood += any && !missing ? 1 : 0;
            at = end + 1;
        }
        return (unread, stretches, understood);
    }

    /// <summary>Words of one stretch that nothing separates but spaces are listed together.</summary>
    static int Stop(ReadingRun run, bool[] inStay, int from, int end)
    {
        var stop = from;
        for (var i = from; i < end && !run.IsCovered(i) && inStay[i] == inStay[from]; i++)
            if (ReadingRun.Counts(run.Text[i]))
                stop = i + 1;
        return stop;
    }

    /// <summary>Neighbours of one line that only punctuation parts are one entry: a line of junk is listed once.</summary>
    static void Add(ReadingRun run, List<UnreadWords> unread, TextWords words, UnreadReason reason)
    {
        if (unread.Count > 0 && unread[^1].Reason == reason && reason != UnreadReason.LeftInStay
            && OnlyMarks(run, unread[^1].Words.To, words.From))
            unread[^1] = new UnreadWords(unread[^1].Words.Until(words), reason);
        else
            unread.Add(new UnreadWords(words, reason));
    }

    static bool OnlyMarks(ReadingRun run, int from, int to)
    {
        if (to - from > 8)
            return false;
        for (var i = from; i < to; i++)
            if (ReadingRun.Counts(run.Text[i]) || run.Text[i] is '\n' or '\r')
                return false;
        return true;
    }

    static bool IsPause(char c) => c is '。' or ';' or ',' or '!' or '?' or '\n' or '\r' or '、' or '(' or ')' or ':';
}
