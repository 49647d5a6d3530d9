namespace Qipan.Engine;

/// <summary>How many different people were in a place at from, from + step, … before to.</summary>
static class OccupancySteps
{
    /// <param name="present">The stays that share time with the span, in any order.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<Visit> present, long from, long to, long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var changes = new int[checked((int)((Math.Max(to, from) - from + step - 1) / step)) + 1];
        var left = long.MinValue;
        var visitor = uint.MaxValue;
        foreach (var stay in present.OrderBy(s => s.Visitor).ThenBy(s => s.Enter))
        {
            // Only what this person's earlier stays do not cover already.
            var enter = stay.Visitor == visitor ? Math.Max(stay.Enter, left) : stay.Enter;
            left = stay.Visitor == visitor ? Math.Max(left, stay.Leave) : stay.Leave;
            visitor = stay.Visitor;
            if (stay.Leave <= enter)
                continue;
            changes[StepOf(enter)]++;
            changes[StepOf(stay.Leave)]--;
        }
        var counts = new int[changes.Length - 1];
        for (int i = 0, now = 0; i < counts.Length; i++)
            counts[i] = now += changes[i];
        return counts;

        long StepOf(long instant) => Math.Min(changes.Length - 1, (Math.Max(instant, from) - from + step - 1) / step);
    }
}
