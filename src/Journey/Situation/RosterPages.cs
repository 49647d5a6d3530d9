using Qipan.Duties;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>Which people of a round's roster 名单 a list shows.</summary>
public enum RosterPart
{
    /// <summary>未: not done yet.</summary>
    Missing = 1,

    /// <summary>逾期: not done, and past the deadline.</summary>
    Late = 2,

    /// <summary>将逾期: not done, and the deadline comes soon.</summary>
    Soon = 3,

    /// <summary>未采: not sampled in this round.</summary>
    Unsampled = 4,

    /// <summary>已采: sampled, with a result or without.</summary>
    Sampled = 5,

    /// <summary>已: done by a result.</summary>
    Done = 6,

    /// <summary>应: on the roster, less waived and withdrawn.</summary>
    Should = 7,

    /// <summary>豁免.</summary>
    Waived = 8,
}

/// <summary>Somebody on a roster; who it is, the registers tell those who may see it.</summary>
public sealed class RosterLine
{
    public string Owner { get; init; } = "";

    /// <summary>The person's id.</summary>
    public Guid Subject { get; init; }

    public string Area { get; init; } = "";

    public AgeBand AgeBand { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DutyState State { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Note { get; init; }
}

/// <summary>How many the part is, as the board says it, and a page of them; null as <paramref name="Next"/> at the end.</summary>
public sealed record RosterPage(long Count, IReadOnlyList<RosterLine> Items, string? Next);

/// <summary>The people behind the figures of a round: each figure's list.</summary>
public static class RosterPages
{
    /// <summary>
    /// The count and one page, county by county; the open by place, the others by person. The counts are the counters', as on the board: of those sampled
    /// the counter of persons, which counts nobody twice. Pages of the open cost the same wherever they stand; those of others read the round as far as they go.
    /// </summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="round">Which.</param>
    /// <param name="region">Whose.</param>
    /// <param name="part">Who.</param>
    /// <param name="now">What is due before it and open is late.</param>
    /// <param name="soon">What is due before it and not late is soon late.</param>
    /// <param name="after">The <see cref="RosterPage.Next"/> of the page before; null, or a mark that is none, is the first.</param>
    /// <param name="take">How many.</param>
    public static RosterPage Of(Session session, RoundId round, Region region, RosterPart part, DateTimeOffset now, DateTimeOffset soon, string? after, int take)
    {
        var owners = DutyDays.Owners(session, region.Code);
        var mark = after?.Split('|') is [var at, var place, var last] && Guid.TryParseExact(last, "N", out var person) ? (Owner: at, Area: place, Person: person) : default;
        var byPlace = part is RosterPart.Missing or RosterPart.Late or RosterPart.Soon or RosterPart.Unsampled;
        var args = (string owner, bool begun, int most) => new
        {
            owner,
            owners = session.Keys(owners),
            basis = round.Value.ToString("N"),
            round = round.Value,
            code = region.Code,
            beyond = region.Beyond,
            now,
            soon,
            place = mark.Area ?? "",
            person = begun ? mark.Person : Guid.Empty,
            take = most,
        };
        var items = new List<RosterLine>(take + 1);
        foreach (var owner in owners.Order(StringComparer.Ordinal))
        {
            if (mark.Owner is not null && string.CompareOrdinal(owner, mark.Owner) < 0)
                continue;
            var begun = owner == mark.Owner;
            items.AddRange(session.Query<RosterLine>($"""
                SELECT owner, subject_id AS subject, area, age_band, due_at, state, ended_at, note FROM duty d
                WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND {Where(part)} AND {Within(region)}
                  {(!begun ? "" : byPlace ? "AND (area, subject_id) > (@place, @person)" : "AND subject_id > @person")}
                ORDER BY {(byPlace ? "area, subject_id" : "subject_id")} LIMIT @take
                """, args(owner, begun, take + 1 - items.Count)));
            if (items.Count > take)
                break;
        }
        var count = Count(session, region, part, args("", false, 0));
        if (items.Count <= take)
            return new RosterPage(count, items, null);
        items.RemoveAt(take);
        return new RosterPage(count, items, $"{items[^1].Owner}|{items[^1].Area}|{items[^1].Subject:N}");
    }

    static long Count(Session session, Region region, RosterPart part, object args)
    {
        if (region.Code.Length > 12)
            return session.Scalar<long>($"SELECT count(*) FROM duty d WHERE owner {session.In("owners")} AND kind = 1 AND basis_id = @basis AND {Where(part)} AND {Within(region)}", args);
        long Sum(string of) => session.Scalar<long>(
            $"SELECT coalesce(sum({of}), 0) FROM duty_count WHERE owner {session.In("owners")} AND kind = 1 AND basis_id = @basis AND {Within(region)}", args);
        long Sampled() => session.Scalar<long>(
            $"SELECT coalesce(sum(persons), 0) FROM round_sampled WHERE owner {session.In("owners")} AND round = @round AND {Within(region)}", args);
        return part switch
        {
            RosterPart.Missing => Sum("open"),
            RosterPart.Late => Sum("CASE WHEN due_at < @now THEN open ELSE 0 END"),
            RosterPart.Soon => Sum("CASE WHEN due_at >= @now AND due_at < @soon THEN open ELSE 0 END"),
            RosterPart.Unsampled => Math.Max(0, Sum("open + done") - Sampled()),
            RosterPart.Sampled => Sampled(),
            RosterPart.Done => Sum("done"),
            RosterPart.Waived => Sum("waived"),
            _ => Sum("open + done"),
        };
    }

    const string InATube = "EXISTS (SELECT 1 FROM registration r WHERE r.person = d.subject_id AND r.round = @round AND r.state <> 3)";

    static string Where(RosterPart part) => part switch
    {
        RosterPart.Missing => "state = 0",
        RosterPart.Late => "state = 0 AND due_at < @now",
        RosterPart.Soon => "state = 0 AND due_at >= @now AND due_at < @soon",
        RosterPart.Unsampled => $"state = 0 AND NOT {InATube}",
        RosterPart.Sampled => InATube,
        RosterPart.Done => "state = 1",
        RosterPart.Waived => "state = 2 AND state >= 2",
        _ => "state <= 1",
    };

    /// <summary>A dash sorts before the dot of a lower level and belongs to a neighbour.</summary>
    static string Within(Region region) => region.Code.Length == 0 ? "1 = 1"
        : "area >= @code AND area < @beyond" + (region.Code.Length > 12 ? $" AND substr(area, {region.Code.Length + 1}, 1) <> '-'" : "");
}
