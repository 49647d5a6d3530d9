using System.Globalization;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A task of a team's day, with what the team has to know of the contact.</summary>
public sealed class DayLine
{
    public Guid Id { get; init; }

    public Guid Contact { get; init; }

    public Guid Person { get; init; }

    public TaskKind Kind { get; init; }

    public int Day { get; init; }

    public int Slot { get; init; }

    public DateTimeOffset FromAt { get; init; }

    public DateTimeOffset UntilAt { get; init; }

    public string Area { get; init; } = "";

    public TaskState State { get; init; }

    public VisitFinding Finding { get; init; }

    public bool Late { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public ContactState ContactState { get; init; }

    public string? Flag { get; init; }
}

/// <summary>A page of a day; null: the last.</summary>
public sealed record DayPage(Guid Team, DateOnly Day, IReadOnlyList<DayLine> Items, string? Next);

/// <summary>A team's list for a day 当日随访清单: its tasks by place, and what earlier days left open.</summary>
static class DayList
{
    public static Outcome<DayPage> Of(Session session, Caller caller, LocalDays days, Guid team, DateOnly day, string? after, int take)
    {
        take = Math.Clamp(take, 1, ContactLists.MostOnAPage);
        var (from, until) = (days.StartOf(day), days.EndOf(day));
        var mark = after?.Split('_');
        var (at, id) = mark is [var time, var hex] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && Guid.TryParseExact(hex, "N", out var last) ? (ms, last) : (0, Guid.Empty);
        var rows = session.Query<DayLine>("""
            SELECT t.id, t.contact, t.person, t.kind, t.day, t.slot, t.from_at, t.until_at, t.area, t.state, t.finding, t.late, t.done_at,
              c.state AS contact_state, c.flag
            FROM contact_task t JOIN contact c ON c.id = t.contact
            WHERE t.team = @team AND t.state = 0 AND t.from_at < @until AND (t.from_at, t.id) > (@at, @id) ORDER BY t.from_at, t.id LIMIT @more
            """, new { team, until, at, id, more = take + 1 });
        // The mark is of what was read, not of what may be seen: a page of others' areas is no end of the list.
        string? next = null;
        if (rows.Count > take)
        {
            rows.RemoveAt(take);
            next = string.Create(CultureInfo.InvariantCulture, $"{rows[^1].FromAt.ToUnixTimeMilliseconds()}_{rows[^1].Id:N}");
        }
        rows.RemoveAll(r => !caller.May(Permission.FollowContacts, r.Area));
        return new DayPage(team, day, [.. rows.OrderBy(r => r.FromAt < from ? 0 : 1).ThenBy(r => r.Area, StringComparer.Ordinal).ThenBy(r => r.FromAt)], next);
    }
}
