using System.Globalization;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>What a sample said.</summary>
enum SampleAnswer : short
{
    Pending = 0,
    Negative = 1,

    /// <summary>Anything else: positive, single target, grey, invalid.</summary>
    NotNegative = 2,
}

/// <summary>A sample of the person, as far as the laboratory has spoken.</summary>
/// <param name="Id">Of the registration: what the evidence names.</param>
/// <param name="Alone">In a tube of one's own.</param>
sealed record PersonSample(Guid Id, Guid Tube, DateTimeOffset TakenAt, SampleAnswer Answer, bool Alone);

/// <summary>A visit as recorded: the day it was due on, and whether the contact was seen well.</summary>
sealed record SeenVisit(Guid Id, int Day, DateTimeOffset At, bool SeenWell, bool SeenIll, bool InPerson);

/// <summary>One active contact row of the person with all that counts for it.</summary>
/// <param name="Contact">Its id.</param>
/// <param name="Plan">As it was made at the decision.</param>
/// <param name="KnownFrom">When it was decided: test days before it are not asked for.</param>
/// <param name="Visits">Of this row.</param>
/// <param name="IndexContactSamples">Of a secondary contact: the samples of the close contact since its own last exposure; null otherwise.</param>
sealed record ReleaseRow(
    Guid Contact, ContactPlan Plan, DateTimeOffset KnownFrom, IReadOnlyList<SeenVisit> Visits, IReadOnlyList<PersonSample>? IndexContactSamples = null);

/// <summary>One line of the checklist 解除核对单.</summary>
/// <param name="Code">time, test, double_sample, pending, not_negative, last_visit, ill, index_contact, whereabouts, undecided.</param>
/// <param name="Contact">The row it is about.</param>
/// <param name="Sentence">What holds or is missing, in English.</param>
/// <param name="Chinese">The same in Chinese.</param>
/// <param name="Evidence">What shows it: registration/…, contact_task/….</param>
public sealed record CheckLine(string Code, bool Holds, Guid Contact, string Sentence, string Chinese, IReadOnlyList<string> Evidence);

/// <summary>Whether somebody may be released now: over all their active rows, so the latest end decides (INV-28). Pure.</summary>
static class ReleaseCheck
{
    public static List<CheckLine> Of(ContactDays days, IReadOnlyList<ReleaseRow> rows, IReadOnlyList<PersonSample> samples, DateTimeOffset now)
    {
        var lines = new List<CheckLine>();
        foreach (var row in rows)
        {
            Time(lines, row, now);
            Tests(lines, days, row, samples);
            Visits(lines, row);
            IndexContact(lines, row);
        }
        if (rows.Count > 0)
            Unsettled(lines, rows, samples);
        return lines;
    }

    static void Time(List<CheckLine> lines, ReleaseRow row, DateTimeOffset now)
    {
        var ends = row.Plan.Ends;
        var at = ends.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        lines.Add(new CheckLine("time", now >= ends, row.Contact, $"the days of observation are over on {at}", $"观察期满时间{at}", []));
    }

    /// <summary>
    /// Each test day that was still ahead when the contact was decided needs a negative sample taken on it or later, before the next test
    /// day; the days before are made good by one sample. The last test of a stage is what the stage says.
    /// </summary>
    static void Tests(List<CheckLine> lines, ContactDays days, ReleaseRow row, IReadOnlyList<PersonSample> samples)
    {
        var plan = row.Plan;
        var known = days.DayAt(plan.LastExposure, row.KnownFrom);
        var negative = samples.Where(s => s.Answer == SampleAnswer.Negative && (s.Alone || !plan.SingleTubes))
            .Select(s => (Sample: s, Day: days.DayAt(plan.LastExposure, s.TakenAt))).Where(s => s.Day >= 0).OrderBy(s => s.Day).ToList();
        if (plan.Tests.Any(t => t.Day < known) && plan.Tests.All(t => t.Day != known))
        {
            var next = plan.Tests.Where(t => t.Day > known).Select(t => t.Day).FirstOrDefault(int.MaxValue);
            Test(lines, row, negative.Where(s => s.Day < next).Select(s => s.Sample), known, 1, "since the days before the decision", "补判定前各次检测");
        }
        for (var i = 0; i < plan.Tests.Count; i++)
        {
            var test = plan.Tests[i];
            if (test.Day < known)
                continue;
            var next = i + 1 < plan.Tests.Count ? plan.Tests[i + 1].Day : int.MaxValue;
            var taken = negative.Where(s => s.Day >= test.Day && s.Day < next).Select(s => s.Sample);
            Test(lines, row, taken, test.Day, test.Release == StageRelease.DoubleSample ? 2 : 1, "", "");
        }
    }

    static void Test(List<CheckLine> lines, ReleaseRow row, IEnumerable<PersonSample> taken, int day, int needed, string more, string moreChinese)
    {
        var found = taken.DistinctBy(s => s.Tube).Take(needed).ToList();
        var many = found.Count.ToString(CultureInfo.InvariantCulture);
        lines.Add(needed == 1
            ? new CheckLine("test", found.Count == 1, row.Contact, $"the test of day {day} is negative {more}".TrimEnd(), $"第{day}天检测阴性{moreChinese}", Refs(found))
            : new CheckLine("double_sample", found.Count == needed, row.Contact, $"two samples of day {day} in two tubes are negative: {many} so far",
                $"第{day}天双采双检阴性：已有{many}份", Refs(found)));
    }

    static void Visits(List<CheckLine> lines, ReleaseRow row)
    {
        if (row.Plan.FollowupDays.Count == 0)
            return;
        var last = row.Plan.FollowupDays[^1];
        if (row.Plan.NeedsLastVisit)
        {
            var seen = row.Visits.Where(v => v.Day >= last && v.SeenWell && v.InPerson).MinBy(v => v.At);
            lines.Add(new CheckLine("last_visit", seen is not null, row.Contact, $"seen well on the last day of follow-up, day {last}",
                $"随访末日（第{last}天）见到本人且无异常", seen is null ? [] : [$"contact_task/{seen.Id:N}"]));
        }
        if (row.Visits.OrderByDescending(v => v.At).FirstOrDefault(v => v.SeenWell || v.SeenIll) is { SeenIll: true } ill)
            lines.Add(new CheckLine("ill", false, row.Contact, "was not well at the last visit", "最近一次随访有症状", [$"contact_task/{ill.Id:N}"]));
    }

    /// <summary>A secondary contact goes only when the first tests of the contact were negative; otherwise it is managed as a close one.</summary>
    static void IndexContact(List<CheckLine> lines, ReleaseRow row)
    {
        if (row.Plan.SecondaryRelease is not { } rule || row.IndexContactSamples is not { } samples)
            return;
        var first = samples.Where(s => s.Answer != SampleAnswer.Pending).OrderBy(s => s.TakenAt).Take(rule.IndexContactFirstTestsNegative).ToList();
        var negative = first.Count(s => s.Answer == SampleAnswer.Negative);
        lines.Add(new CheckLine("index_contact", first.Count == rule.IndexContactFirstTestsNegative && negative == first.Count, row.Contact,
            $"the first {rule.IndexContactFirstTestsNegative} tests of the close contact are negative: {negative} of {first.Count} so far",
            $"密接前{rule.IndexContactFirstTestsNegative}次检测均为阴性：已出{first.Count}次，阴性{negative}次", Refs(first)));
    }

    /// <summary>
    /// A sample since the exposure that is not negative holds everything; so does one without a result, unless a later one that counts is negative:
    /// a tube that was lost never speaks.
    /// </summary>
    static void Unsettled(List<CheckLine> lines, IReadOnlyList<ReleaseRow> rows, IReadOnlyList<PersonSample> samples)
    {
        var since = rows.Min(r => r.Plan.LastExposure);
        var contact = rows[0].Contact;
        foreach (var sample in samples.Where(s => s.TakenAt >= since && s.Answer == SampleAnswer.NotNegative))
            lines.Add(new CheckLine("not_negative", false, contact, "a sample since the exposure is not negative", "暴露后有样本结果非阴性", Refs([sample])));
        var single = rows.Any(r => r.Plan.SingleTubes);
        var spoken = samples.Where(s => s.Answer == SampleAnswer.Negative && (s.Alone || !single)).Select(s => s.TakenAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        foreach (var sample in samples.Where(s => s.TakenAt >= since && s.TakenAt > spoken && s.Answer == SampleAnswer.Pending))
            lines.Add(new CheckLine("pending", false, contact, "a sample since the exposure has no result yet", "暴露后有样本尚未出结果", Refs([sample])));
    }

    static List<string> Refs(IEnumerable<PersonSample> samples) => [.. samples.Select(s => $"registration/{s.Id:N}")];
}
