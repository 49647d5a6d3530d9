using System.Globalization;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>How many wait in a stage, and a page of their tubes, those that wait longest first.</summary>
public sealed record StageTubesPage(long Persons, long Tubes, IReadOnlyList<Tube> Items, string? Next);

/// <summary>The tubes behind the board's stages 送 检 报.</summary>
public static class StageTubes
{
    /// <summary>The count and a page; a page costs the same wherever it stands. Sampling has no tubes: there its people are listed (<see cref="RosterPages"/>).</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="region">Of its counties: tubes have no finer place.</param>
    /// <param name="round">Of which.</param>
    /// <param name="stage">Which.</param>
    /// <param name="after">The <see cref="StageTubesPage.Next"/> of the page before.</param>
    /// <param name="take">How many.</param>
    public static StageTubesPage Of(Session session, Region region, RoundId round, FlowStage stage, string? after, int take)
    {
        var mark = after?.Split('|') is [var since, var id] && long.TryParse(since, out var at) && Guid.TryParseExact(id, "N", out var last) ? (Since: at, Id: (Guid?)last) : default;
        var where = $"""
            FROM tube WHERE owner >= @from AND owner < @beyond AND round = @round AND state < 9 AND state IN ({string.Join(", ", RoundFlows.StatesOf(stage).Select(t => (int)t).DefaultIfEmpty(-1))})
            """;
        var args = new { from = region.Owners.From, beyond = region.Owners.Beyond, round = round.Value, since = mark.Since, id = mark.Id, take = take + 1 };
        var (persons, tubes) = session.Query<Sum>($"SELECT count(*) AS tubes, coalesce(sum(count), 0) AS persons {where}", args) is [var sum] ? (sum.Persons, sum.Tubes) : (0, 0);
        var rows = session.Query<Tube>($"SELECT * {where}{(mark.Id is null ? "" : " AND (updated_at, id) > (@since, @id)")} ORDER BY updated_at, id LIMIT @take", args);
        if (rows.Count <= take)
            return new StageTubesPage(persons, tubes, rows, null);
        rows.RemoveAt(take);
        return new StageTubesPage(persons, tubes, rows, string.Create(CultureInfo.InvariantCulture, $"{rows[^1].UpdatedAt.ToUnixTimeMilliseconds()}|{rows[^1].Id.Value:N}"));
    }

    sealed class Sum
    {
        public long Tubes { get; init; }

        public long Persons { get; init; }
    }
}
