using Qipan.Duties;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>应/已/未/逾期 of one area of a round.</summary>
public sealed class RoundArea
{
    /// <summary>A place code of the level below the area asked for; shorter where duties stand above it.</summary>
    public string Area { get; init; } = "";

    /// <summary>应: on the roster, less waived and withdrawn.</summary>
    public long Should { get; init; }

    /// <summary>已: all own tubes of the person resulted negative (INV-01).</summary>
    public long Done { get; init; }

    /// <summary>Of the done, those resulted after their deadline.</summary>
    public long DoneLate { get; init; }

    /// <summary>未: not covered, sampled or not.</summary>
    public long Open { get; init; }

    /// <summary>逾期: of the open, those past their deadline.</summary>
    public long Late { get; init; }

    /// <summary>豁免.</summary>
    public long Waived { get; init; }

    /// <summary>撤销.</summary>
    public long Withdrawn { get; init; }

    /// <summary>Persons sampled at least once, whether on the roster or not; never part of the coverage.</summary>
    public long Sampled { get; init; }

    /// <summary>Done of should, 0 to 1; null where nobody should. Never above 1: both sides count duties (INV-15).</summary>
    public double? Coverage => Should == 0 ? null : (double)Done / Should;
}

/// <summary>What is still being done to the roster.</summary>
/// <param name="Opened">Duties opened so far.</param>
/// <param name="Waiting">Pieces of work that are not done; 0 when the roster is as it was ordered.</param>
public sealed record RosterProgress(long Opened, long Waiting);

/// <summary>A round at a glance.</summary>
/// <param name="Round">Its row.</param>
/// <param name="Roster">How far its roster is.</param>
/// <param name="Total">Of the whole area that was asked for, as of now.</param>
/// <param name="Areas">Its parts, by code.</param>
/// <param name="Final">The frozen figures of the whole area at the round's cut-off (<see cref="Round.ClosedAt"/>); null until then.</param>
/// <param name="Stages">采→送→检→报 of the county's tubes of this round; a tube holds persons of several areas, so these have no area.</param>
public sealed record RoundView(
    Round Round, RosterProgress Roster, RoundArea Total, IReadOnlyList<RoundArea> Areas, RoundArea? Final, IReadOnlyList<StageCount> Stages);

/// <summary>The board of a round 轮次看板: counters and two indexes, whatever the size of the round.</summary>
public static class RoundBoard
{
    /// <summary>The round of this county as seen from a place; null when the county has no such round.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="owner">The county.</param>
    /// <param name="round">Its id.</param>
    /// <param name="area">A place code of the county, down to a community.</param>
    /// <param name="now">What counts as late, and from which ages are counted.</param>
    public static RoundView? Of(Session session, string owner, Guid round, string area, DateTimeOffset now)
    {
        if (Rounds.Get(session, owner, round) is not { } its)
            return null;
        var below = area.Length switch { < 9 => PlaceLevel.Street, _ => PlaceLevel.Community };
        var counts = DutyCounts.By(session, new DutyFilter { Territory = area, Kind = DutyKind.TestInRound, Basis = round.ToString("N") }, below, now, ages: false);
        var digits = below == PlaceLevel.Street ? 9 : 12;
        var sampled = session.Query<SampledRow>($"""
            SELECT substr(area, 1, {digits}) AS area, sum(persons) AS persons FROM round_sampled
            WHERE owner = @owner AND round = @round AND {Scope.Within(session, area, "area")} GROUP BY 1
            """, new { owner, round }).ToDictionary(r => r.Area, r => r.Persons);
        var byArea = counts.ToDictionary(c => c.Area);
        var areas = byArea.Keys.Union(sampled.Keys).Order(StringComparer.Ordinal)
            .Select(a => Of(a, byArea.GetValueOrDefault(a), sampled.GetValueOrDefault(a))).ToList();
        return new RoundView(its, Progress(session, owner, round), Sum(area, areas), areas,
            its.ClosedAt is null ? null : FinalOf(session, owner, round, area), RoundStages.Of(session, owner, round, now));
    }

    static RoundArea Of(string area, DutyCount? count, long sampled) => new()
    {
        Area = area,
        Should = count?.Should ?? 0,
        Done = count?.Done ?? 0,
        DoneLate = count?.DoneLate ?? 0,
        Open = count?.Open ?? 0,
        Late = count?.Late ?? 0,
        Waived = count?.Waived ?? 0,
        Withdrawn = count?.Withdrawn ?? 0,
        Sampled = sampled,
    };

    static RoundArea Sum(string area, List<RoundArea> areas) => new()
    {
        Area = area,
        Should = areas.Sum(a => a.Should),
        Done = areas.Sum(a => a.Done),
        DoneLate = areas.Sum(a => a.DoneLate),
        Open = areas.Sum(a => a.Open),
        Late = areas.Sum(a => a.Late),
        Waived = areas.Sum(a => a.Waived),
        Withdrawn = areas.Sum(a => a.Withdrawn),
        Sampled = areas.Sum(a => a.Sampled),
    };

    static RoundArea? FinalOf(Session session, string owner, Guid round, string area) => session.One<RoundArea>($"""
        SELECT '{area}' AS area, coalesce(sum(should), 0) AS should, coalesce(sum(done), 0) AS done, coalesce(sum(done_late), 0) AS done_late,
          coalesce(sum(open), 0) AS open, coalesce(sum(waived), 0) AS waived, coalesce(sum(withdrawn), 0) AS withdrawn
        FROM round_final WHERE owner = @owner AND round = @round AND {Scope.Within(session, area, "area")}
        """, new { owner, round });

    static RosterProgress Progress(Session session, string owner, Guid round) => session.One<ProgressRow>("""
            SELECT coalesce(sum(CASE WHEN task = 1 THEN changed ELSE 0 END), 0) AS opened, coalesce(sum(1 - done), 0) AS waiting
            FROM roster_work WHERE owner = @owner AND round = @round
            """, new { owner, round }) is { } row ? new RosterProgress(row.Opened, row.Waiting) : new RosterProgress(0, 0);

    sealed class SampledRow
    {
        public string Area { get; init; } = "";

        public long Persons { get; init; }
    }

    sealed class ProgressRow
    {
        public long Opened { get; init; }

        public long Waiting { get; init; }
    }
}
