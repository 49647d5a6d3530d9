using System.Globalization;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A tube that was sampled and is not resulted.</summary>
public sealed class AgeingTube
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Code { get; init; } = "";

    public TubeKind Kind { get; init; }

    public TubeState State { get; init; }

    public Stage Stage => RoundStages.Of(State);

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? SealedAt { get; init; }

    /// <summary>When its result was due by the round's rules; null while it is not sealed.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public bool Late { get; init; }

    /// <summary>In whose hand: the first to ask.</summary>
    public string Holder { get; init; } = "";

    public long Persons { get; init; }

    /// <summary>Its code is on another tube too (INV-02).</summary>
    public bool Conflict { get; init; }
}

/// <summary>A page of tubes, and where the next begins; null at the end.</summary>
public sealed record AgeingPage(IReadOnlyList<AgeingTube> Items, string? Next);

/// <summary>Sampled and not resulted 采而未报, by stage and age (INV-05). Whoever is in such a tube is pending and not covered.</summary>
public static class Ageing
{
    /// <summary>The tubes of one stage, those that have been in it longest first.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="owner">The county that sampled.</param>
    /// <param name="round">The round.</param>
    /// <param name="stage">From <see cref="Stage.Registered"/> to <see cref="Stage.InRun"/>; the others are ends and have no age.</param>
    /// <param name="now">What counts as late.</param>
    /// <param name="longerThan">Only tubes that have been in the stage for longer.</param>
    /// <param name="after">The <see cref="AgeingPage.Next"/> of the page before.</param>
    /// <param name="take">1 to 200.</param>
    public static AgeingPage Of(
        Session session, string owner, Guid round, Stage stage, DateTimeOffset now, TimeSpan longerThan = default, string? after = null, int take = 200)
    {
        if (stage >= Stage.Resulted || Rounds.Get(session, owner, round) is not { } its)
            return new AgeingPage([], null);
        take = Math.Clamp(take, 1, 200);
        var (time, id) = Read(after);
        var items = session.Query<AgeingTube>($"""
            SELECT owner, id, code, kind, state, updated_at, sealed_at, holder, count AS persons, conflict, due_at,
              CASE WHEN due_at < @now THEN 1 ELSE 0 END AS late
            FROM (SELECT owner, id, code, kind, state, updated_at, sealed_at, holder, count, conflict,
                sealed_at + CASE kind WHEN 1 THEN @single ELSE @pooled END AS due_at
              FROM tube WHERE owner = @owner AND round = @round AND state < 9 AND {RoundStages.InSql(stage)} AND updated_at < @before
                AND (updated_at, id) > (@time, @id) ORDER BY updated_at, id LIMIT @most) AS page
            ORDER BY updated_at, id
            """, new
        {
            owner,
            round,
            now,
            before = now - longerThan,
            single = its.SingleDueHours * 3_600_000L,
            pooled = its.PooledDueHours * 3_600_000L,
            time,
            id,
            most = take + 1,
        });
        if (items.Count <= take)
            return new AgeingPage(items, null);
        items.RemoveAt(take);
        return new AgeingPage(items, string.Create(CultureInfo.InvariantCulture, $"{items[^1].UpdatedAt.ToUnixTimeMilliseconds()}.{items[^1].Id:N}"));
    }

    /// <summary>A mark that is none is the beginning.</summary>
    static (long Time, Guid Id) Read(string? mark) =>
        mark?.Split('.') is [var time, var id] && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            && Guid.TryParseExact(id, "N", out var tube) ? (at, tube) : (long.MinValue, Guid.Empty);
}
