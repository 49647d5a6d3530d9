namespace Qipan.Cases.Reading;

/// <summary>Gives every stay the widest span in which it may lie, narrowed by the stays before and after it on that day.</summary>
static class StaySpans
{
    public static void Set(ReadingRun run, List<StayDraft> stays)
    {
        var earliest = default(DateTime?);
        for (var i = 0; i < stays.Count; i++)
        {
            var time = stays[i].Time;
            if (Own(time) is not { } span)
                continue;
            if (time.Follows && earliest is { } since && since >= span.From && since < span.To)
                span = span with { From = since };
            if (time.To is null && time.LastDay is null && Next(stays, i, span) is { } next && next > span.From && next < span.To)
                span = span with { To = next };
            if (time.From is not null && earliest is { } before && span.From < before && !time.About && stays[i].Words is { } words)
                run.Problem(words, ReadingSentences.OutOfOrder);
            earliest = time.From is not null || time.Follows || earliest is null || span.From > earliest ? span.From : earliest;
            stays[i].Time = time with { Span = span };
            for (var k = 0; k < stays[i].MoreTimes.Count; k++)
                stays[i].MoreTimes[k] = stays[i].MoreTimes[k] with { Span = Own(stays[i].MoreTimes[k]) };
        }
    }

    static StaySpan? Own(StayTime time)
    {
        if (time.Day is not { } day)
            return null;
        var last = time.LastDay ?? day;
        var (from, to) = PartHours.Of(time.Part);
        var begin = time.From is { } f ? day.ToDateTime(f) : day.ToDateTime(TimeOnly.MinValue).AddHours(time.To is null ? from : 0);
        var end = time.To is { } t ? last.ToDateTime(t)
            : last > day ? last.ToDateTime(TimeOnly.MinValue).AddDays(1)
            : day.ToDateTime(TimeOnly.MinValue).AddHours(time.From is null ? to : 24);
        return new StaySpan(begin, end > begin ? end : begin.AddMinutes(1), time is { From: not null, To: not null, About: false });
    }

    /// <summary>When the next stay of that day that has a time of its own has begun at the latest.</summary>
    static DateTime? Next(List<StayDraft> stays, int at, StaySpan span)
    {
        for (var i = at + 1; i < Math.Min(stays.Count, at + 8); i++)
            if (stays[i].Time is { Day: { } day, Follows: false } time && (time.From is not null || time.Part != DayPart.None))
                return day != DateOnly.FromDateTime(span.From) ? null
                    : time.From is { } from ? day.ToDateTime(from) : day.ToDateTime(TimeOnly.MinValue).AddHours(PartHours.Of(time.Part).To);
        return null;
    }
}
