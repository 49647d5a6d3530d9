using System.Text.Json;
using Qipan.Laboratory;
using Qipan.Storage;

namespace Qipan.Consoles.LabDesk;

/// <summary>What comes to a laboratory against what it can do: tubes.</summary>
public sealed class LabFlow
{
    /// <summary>In boxes that were sent to it.</summary>
    public long OnTheWay { get; init; }

    public long Waiting { get; init; }

    /// <summary>Since when the oldest of those waits.</summary>
    public DateTimeOffset? Oldest { get; init; }

    public long InRun { get; init; }

    public long ReceivedInHour { get; init; }

    public long ReceivedInDay { get; init; }

    public long TestedInHour { get; init; }

    public long TestedInDay { get; init; }

    /// <summary>Tubes a day that it is rated for, by its largest kind of pool; 0 where none is registered.</summary>
    public long Rated { get; private set; }

    /// <summary>How long what waits and comes takes at the rate of the last hour; null where nothing is tested.</summary>
    public TimeSpan? Left => TestedInHour > 0 && OnTheWay + Waiting + InRun > 0 ? TimeSpan.FromHours((double)(OnTheWay + Waiting + InRun) / TestedInHour) : null;

    /// <summary>More comes than is tested.</summary>
    public bool FallsBehind => ReceivedInHour > TestedInHour && Waiting > 0;

    internal static LabFlow Of(Session session, LaboratoryRow lab, IReadOnlyCollection<Guid> boxes, DateTimeOffset now)
    {
        var flow = session.One<LabFlow>($"""
            SELECT coalesce(sum(CASE WHEN state IN (6, 7) THEN 1 ELSE 0 END), 0) AS waiting, min(CASE WHEN state IN (6, 7) THEN received_at END) AS oldest,
              coalesce(sum(CASE WHEN state = 8 THEN 1 ELSE 0 END), 0) AS in_run,
              coalesce(sum(CASE WHEN received_at >= @hour THEN 1 ELSE 0 END), 0) AS received_in_hour,
              coalesce(sum(CASE WHEN received_at >= @day THEN 1 ELSE 0 END), 0) AS received_in_day,
              (SELECT coalesce(sum(tubes), 0) FROM run WHERE owner = @owner AND lab = @id AND amplified_at >= @hour) AS tested_in_hour,
              (SELECT coalesce(sum(tubes), 0) FROM run WHERE owner = @owner AND lab = @id AND amplified_at >= @day) AS tested_in_day,
              (SELECT count(*) FROM tube b WHERE b.box {session.InIds("boxes")}) AS on_the_way
            FROM tube WHERE lab = @unit AND received_at >= @week
            """, new { owner = lab.Owner, id = lab.Id, unit = lab.Unit.Value, hour = now.AddHours(-1), day = now.AddDays(-1), week = now.AddDays(-7), boxes = session.Keys(boxes) })!;
        flow.Rated = JsonSerializer.Deserialize<Dictionary<string, long>>(lab.RatedCapacity) is { Count: > 0 } rated ? rated.Values.Max() : 0;
        return flow;
    }
}
