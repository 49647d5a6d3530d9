using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>What one kind of duty asks of one area today 今日应办.</summary>
public sealed class DutyDay
{
    public DutyKind Kind { get; init; }

    /// <summary>The round, for the test duties of rounds; otherwise empty.</summary>
    public string Basis { get; init; } = "";

    /// <summary>A place code of the level asked for, or shorter where the duty's own place stands above it.</summary>
    public string Area { get; init; } = "";

    /// <summary>应: <see cref="Done"/> and <see cref="Open"/>.</summary>
    public long Should => Done + Open;

    /// <summary>已.</summary>
    public long Done { get; init; }

    /// <summary>未.</summary>
    public long Open { get; init; }

    /// <summary>逾期: of the open, those past their deadline.</summary>
    public long Late { get; init; }

    /// <summary>将逾期: of the open, those whose deadline comes soon.</summary>
    public long Soon { get; init; }
}

/// <summary>The instants between which duties are counted.</summary>
/// <param name="Now">What is due before it and open is late.</param>
/// <param name="Soon">What is due before it and not late is soon late.</param>
/// <param name="From">The day's beginning: what is due before it and done is not counted any more.</param>
/// <param name="Until">The day's end: what is due from then on is not today's.</param>
public sealed record DutyClock(DateTimeOffset Now, DateTimeOffset Soon, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// Counts what is to be done today: what is due today, done or not, and what is open from days before (清仓: clear the stock, clear each day's
/// increment the same day). Costs what is open and due, and never what was or will be.
/// </summary>
public static class DutyDays
{
    /// <summary>By kind and area, every kind but the test duties of rounds (<see cref="OfRounds"/>). From a province down to a building.</summary>
    public static List<DutyDay> Of(Session session, string territory, PlaceLevel by, DutyClock hours)
    {
        var args = Args(session, territory, hours, []);
        var area = Area(by);
        // The condition of the index stands here word for word, so that SQLite knows it.
        return session.Query<DutyDay>($"""
            SELECT kind, area, sum(done) AS done, sum(open) AS open, sum(late) AS late, sum(soon) AS soon FROM (
              SELECT kind, {area} AS area, 0 AS done, count(*) AS open, sum(CASE WHEN due_at < @now THEN 1 ELSE 0 END) AS late,
                sum(CASE WHEN due_at >= @now AND due_at < @soon THEN 1 ELSE 0 END) AS soon
              FROM duty WHERE owner {session.In("owners")} AND state = 0 AND (kind <> 1 OR escalation > 0) AND kind <> 1 AND due_at < @until
                AND {Within.Area(territory, "area")} GROUP BY kind, {area}
              UNION ALL
              SELECT kind, {area}, sum(done), 0, 0, 0 FROM duty_count
              WHERE kind > 1 AND owner {session.In("owners")} AND due_at >= @from AND due_at < @until AND {Within.Area(territory, "area")} GROUP BY kind, {area}) d
            GROUP BY kind, area HAVING sum(done) + sum(open) > 0 ORDER BY kind, area
            """, args);
    }

    /// <summary>
    /// The test duties of these rounds by area, whenever they are due. Below a community the counters end: there the open ones are counted from the
    /// ledger, and who is done is known of the community alone: those stand on the territory's own code, where it is one.
    /// </summary>
    public static List<DutyDay> OfRounds(Session session, string territory, PlaceLevel by, DutyClock hours, IReadOnlyCollection<string> rounds)
    {
        var area = Area(by);
        var community = territory.Length != 12 ? "" : $"""
            UNION ALL
            SELECT kind, basis_id, @territory, sum(done), 0, 0, 0 FROM duty_count
            WHERE owner {session.In("owners")} AND kind = 1 AND basis_id {session.In("rounds")} AND {Within.Area(territory, "area")} GROUP BY kind, basis_id HAVING sum(done) > 0
            """;
        return rounds.Count == 0 ? [] : session.Query<DutyDay>(territory.Length > 12 || by > PlaceLevel.Community
            ? $"""
              SELECT kind, basis_id AS basis, {area} AS area, 0 AS done, count(*) AS open, sum(CASE WHEN due_at < @now THEN 1 ELSE 0 END) AS late,
                sum(CASE WHEN due_at >= @now AND due_at < @soon THEN 1 ELSE 0 END) AS soon
              FROM duty WHERE owner {session.In("owners")} AND kind = 1 AND basis_id {session.In("rounds")} AND state = 0 AND {Within.Area(territory, "area")}
              GROUP BY kind, basis_id, {area} {community} ORDER BY 2, 3
              """
            : $"""
              SELECT kind, basis_id AS basis, {area} AS area, sum(done) AS done, sum(open) AS open, sum(CASE WHEN due_at < @now THEN open ELSE 0 END) AS late,
                sum(CASE WHEN due_at >= @now AND due_at < @soon THEN open ELSE 0 END) AS soon
              FROM duty_count WHERE owner {session.In("owners")} AND kind = 1 AND basis_id {session.In("rounds")} AND {Within.Area(territory, "area")}
              GROUP BY kind, basis_id, {area} HAVING sum(open + done) > 0 ORDER BY 2, 3
              """, Args(session, territory, hours, rounds));
    }

    /// <summary>The counties that have duties in the territory.</summary>
    public static IReadOnlyList<string> Owners(Session session, string territory) => Within.Owners(session, territory);

    static object Args(Session session, string territory, DutyClock hours, IReadOnlyCollection<string> rounds) => new
    {
        owners = session.Keys(Within.Owners(session, territory)),
        rounds = session.Keys(rounds),
        now = hours.Now,
        soon = hours.Soon,
        from = hours.From,
        until = hours.Until,
        territory,
        beyond = Within.Beyond(territory),
    };

    /// <summary>The code cut to a level; below a community the place itself.</summary>
    static string Area(PlaceLevel by) => by switch
    {
        PlaceLevel.Province => "substr(area, 1, 2)",
        PlaceLevel.City => "substr(area, 1, 4)",
        PlaceLevel.County => "substr(area, 1, 6)",
        PlaceLevel.Street => "substr(area, 1, 9)",
        PlaceLevel.Community => "substr(area, 1, 12)",
        _ => "area",
    };
}
