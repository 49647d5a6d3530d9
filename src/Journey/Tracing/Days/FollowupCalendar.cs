namespace Qipan.Tracing;

/// <summary>What is done with a contact on a day. The numbers reach disk: append only.</summary>
public enum TaskKind : short
{
    /// <summary>A visit or a call 随访.</summary>
    Visit = 1,

    /// <summary>A sample 采样.</summary>
    Test = 2,

    /// <summary>What the contact reported themselves 自报.</summary>
    SelfCheck = 3,
}

/// <summary>One thing to do, between two instants.</summary>
readonly record struct PlannedTask(TaskKind Kind, int Day, int Slot, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// The calendar of a contact 随访日历: every visit of every day in its part of the day, and every test on its day. What was over before the
/// contact was known is not put on the list; where test days have passed, one test is due at once. Pure.
/// </summary>
static class FollowupCalendar
{
    public static List<PlannedTask> Of(ContactPlan plan, ContactDays days, DateTimeOffset from)
    {
        var tasks = new List<PlannedTask>((plan.FollowupDays.Count * plan.PerDay) + plan.Tests.Count);
        foreach (var day in plan.FollowupDays)
        {
            var (start, end) = (days.StartOf(plan.LastExposure, day), days.EndOf(plan.LastExposure, day));
            for (var slot = 1; slot <= plan.PerDay; slot++)
            {
                var until = start + ((end - start) * slot / plan.PerDay);
                if (until > from)
                    tasks.Add(new PlannedTask(TaskKind.Visit, day, slot, start + ((end - start) * (slot - 1) / plan.PerDay), until));
            }
        }
        tasks.AddRange(Tests(plan, days, from));
        return tasks;
    }

    /// <summary>
    /// Tests from today on. A day that has passed is not made up for each time: the first sample taken now stands for all of them, unless
    /// today is a test day anyway.
    /// </summary>
    static IEnumerable<PlannedTask> Tests(ContactPlan plan, ContactDays days, DateTimeOffset from)
    {
        var today = days.DayAt(plan.LastExposure, from);
        var ahead = plan.Tests.Where(t => t.Day >= today).ToList();
        if (plan.Tests.Any(t => t.Day < today) && ahead.All(t => t.Day != today))
            yield return new PlannedTask(TaskKind.Test, today, 1, from, days.EndOf(plan.LastExposure, today));
        foreach (var test in ahead)
        {
            var (start, end) = (days.StartOf(plan.LastExposure, test.Day), days.EndOf(plan.LastExposure, test.Day));
            yield return new PlannedTask(TaskKind.Test, test.Day, 1, start, end);
            if (test.Release == Protocols.StageRelease.DoubleSample)
                yield return new PlannedTask(TaskKind.Test, test.Day, 2, start, end);
        }
    }
}
