using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.PointDesk;

/// <summary>A sampling point 采样点 as it works now.</summary>
/// <param name="Point">The point with its rate: persons in tubes of the last hour.</param>
/// <param name="ToCome">Persons of its community on the rosters of rounds that are being sampled who have not been sampled: who may still queue.</param>
/// <param name="Reported">When something last came from a device of its open desks; null where none has reported yet.</param>
public sealed record PointNow(PointLine Point, long ToCome, DateTimeOffset? Reported)
{
    /// <summary>What it can do in an hour, as registered; 0 where that is not known.</summary>
    public long Capacity => Point.Capacity;

    /// <summary>How long it goes on at its present rate; null where nobody comes or nobody is left.</summary>
    public TimeSpan? Left => ToCome > 0 && Point.LastHour > 0 ? TimeSpan.FromHours((double)ToCome / Point.LastHour) : null;

    /// <summary>When everybody has been sampled at its present rate; null as <see cref="Left"/>.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Desks are at work, and nothing of their devices has come for long: they may work without network, or not at all.</summary>
    public bool Silent { get; init; }

    /// <summary>Open, with people to come, and nobody in the last hour.</summary>
    public bool Stands => !Point.Closed && ToCome > 0 && Point.LastHour == 0;
}

/// <summary>The points of a territory, those first that have the longest to go.</summary>
public sealed record PointModel(Territory Territory, IReadOnlyList<PointNow> Points, IReadOnlyDictionary<string, string> Places)
{
    /// <summary>More than this many points of one county are no page; the busiest territory has some hundred.</summary>
    const int Most = 500;

    public static Outcome<PointModel> Load(HttpContext http, Store store, string? area)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var (from, beyond) = chosen.Value.Owners;
        var now = store.Clock.GetUtcNow();
        return store.Read(session =>
        {
            var points = session.Query<string>("SELECT DISTINCT owner FROM sampling_point WHERE owner >= @from AND owner < @beyond ORDER BY owner", new { from, beyond })
                .SelectMany(owner => Qipan.Sampling.Points.Page(session, owner, chosen.Value.Code.Length >= 6 ? chosen.Value.Code : owner, now, null, Most)).Take(Most).ToList();
            var left = LeftIn(session, from, beyond, now);
            var reported = ReportedIn(session, from, beyond);
            var silent = now.AddMinutes(-http.RequestServices.GetRequiredService<ConsolesSettings>().SilentPointMinutes);
            PointNow Now(PointLine p)
            {
                var at = new PointNow(p, left.GetValueOrDefault(p.Place), reported.TryGetValue(p.Id, out var last) ? last : null);
                return at with { End = now + at.Left, Silent = !p.Closed && p.Sessions > 0 && !(at.Reported >= silent) };
            }
            return Outcome.Of(new PointModel(chosen.Value,
                [.. points.Select(Now).OrderByDescending(p => p.Silent).ThenByDescending(p => p.Stands).ThenByDescending(p => p.Left).ThenBy(p => p.Point.Name, StringComparer.Ordinal)],
                Lookups.Places(session, points.Select(p => p.Place), RequestLanguage.Of(http))));
        });
    }

    /// <summary>By community: on the roster of a round whose window is open, less those who were sampled.</summary>
    static Dictionary<string, long> LeftIn(Session session, string from, string beyond, DateTimeOffset now)
    {
        var rounds = session.Query<Guid>("SELECT id FROM round WHERE owner >= @from AND owner < @beyond AND window_start <= @now AND window_end > @now", new { from, beyond, now }).Distinct().ToList();
        var left = session.Query<Part>($"""
            SELECT area, sum(open + done) AS persons FROM duty_count WHERE owner >= @from AND owner < @beyond AND kind = 1 AND basis_id {session.In("rounds")} GROUP BY area
            """, new { from, beyond, rounds = session.Keys(rounds.Select(r => r.ToString("N"))) }).ToDictionary(p => p.Area, p => p.Persons, StringComparer.Ordinal);
        foreach (var part in session.Query<Part>(
            $"SELECT area, sum(persons) AS persons FROM round_sampled WHERE owner >= @from AND owner < @beyond AND round {session.InIds("rounds")} GROUP BY area", new { from, beyond, rounds = session.Keys(rounds) }))
            left[part.Area] = Math.Max(0, left.GetValueOrDefault(part.Area) - part.Persons);
        return left;
    }

    /// <summary>By point: when something last came from the device of one of its open desks.</summary>
    static Dictionary<Guid, DateTimeOffset> ReportedIn(Session session, string from, string beyond) => session.Query<Heard>("""
        SELECT s.point, max(d.last_seen) AS at FROM sampling_session s JOIN device d ON d.owner = s.owner AND d.id = s.device
        WHERE s.owner >= @from AND s.owner < @beyond AND s.point IS NOT NULL AND s.open_at IS NOT NULL AND s.close_at IS NULL AND d.last_seen IS NOT NULL GROUP BY s.point
        """, new { from, beyond }).ToDictionary(h => h.Point, h => h.At);

    sealed class Heard
    {
        public Guid Point { get; init; }

        public DateTimeOffset At { get; init; }
    }

    sealed class Part
    {
        public string Area { get; init; } = "";

        public long Persons { get; init; }
    }
}
