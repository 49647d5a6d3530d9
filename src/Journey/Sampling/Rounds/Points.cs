using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A sampling point 采样点 with what goes on there.</summary>
public sealed class PointLine
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Place { get; init; } = "";

    public long Desks { get; init; }

    /// <summary>Persons an hour.</summary>
    public long Capacity { get; init; }

    public double? Lat { get; init; }

    public double? Lon { get; init; }

    public bool Closed { get; init; }

    /// <summary>Desks at work: sessions that were opened and not closed.</summary>
    public long Sessions { get; init; }

    /// <summary>Persons in tubes that were opened here within the last hour.</summary>
    public long LastHour { get; init; }
}

/// <summary>A session 采样班次: who works at which desk of a point.</summary>
public sealed class SessionLine
{
    public Guid Id { get; init; }

    public Guid? Point { get; init; }

    public RoundId? Round { get; init; }

    public string Desk { get; init; } = "";

    /// <summary>A staff id.</summary>
    public string Collector { get; init; } = "";

    /// <summary>A staff id.</summary>
    public string Registrar { get; init; } = "";

    public Guid Device { get; init; }

    public DateTimeOffset? OpenAt { get; init; }

    public DateTimeOffset? CloseAt { get; init; }
}

/// <summary>The points of a county.</summary>
public static class Points
{
    /// <summary>A page of the points of a county, by id, those in the territory only.</summary>
    public static List<PointLine> Page(Session session, string owner, string territory, DateTimeOffset now, Guid? after, int take) => session.Query<PointLine>($"""
        SELECT p.owner, p.id, p.name, p.place, p.desks, p.capacity, p.lat, p.lon, CASE p.state WHEN 2 THEN 1 ELSE 0 END AS closed,
          (SELECT count(*) FROM sampling_session s WHERE s.owner = p.owner AND s.point = p.id AND s.open_at IS NOT NULL AND s.close_at IS NULL) AS sessions,
          (SELECT coalesce(sum(t.count), 0) FROM sampling_session s CROSS JOIN tube t
            WHERE s.owner = p.owner AND s.point = p.id AND (s.close_at IS NULL OR s.close_at >= @hour)
              AND t.opened_by = s.device AND t.opened_at >= @hour AND t.opened_at < @now AND t.owner = s.owner AND t.session = s.id) AS last_hour
        FROM sampling_point p
        WHERE p.owner = @owner AND {Scope.Within(session, territory, "p.place")}{(after is null ? "" : " AND p.id > @after")}
        ORDER BY p.id LIMIT @take
        """, new { owner, now, hour = now.AddHours(-1), after, take });

    /// <summary>A page of a point's sessions, by id, the newest first.</summary>
    public static List<SessionLine> Sessions(Session session, string owner, Guid point, Guid? after, int take) => session.Query<SessionLine>($"""
        SELECT id, point, round, desk, collector, registrar, device, open_at, close_at FROM sampling_session
        WHERE owner = @owner AND point = @point{(after is null ? "" : " AND id < @after")} ORDER BY id DESC LIMIT @take
        """, new { owner, point, after, take });

    /// <summary>Where a point stands, or null when there is none of this id.</summary>
    public static string? PlaceOf(Session session, string owner, Guid point) =>
        session.One<string>("SELECT place FROM sampling_point WHERE owner = @owner AND id = @point", new { owner, point });
}
