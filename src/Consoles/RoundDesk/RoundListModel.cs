using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.RoundDesk;

/// <summary>Coverage of one round in the counties that the reader may see.</summary>
public sealed class Coverage
{
    public string Basis { get; init; } = "";

    /// <summary>应: on the roster, less waived and withdrawn.</summary>
    public long Should { get; init; }

    public long Done { get; init; }

    public long Late { get; init; }
}

/// <summary>The rounds of the reader's territory, the newest first; a round of several counties is one line.</summary>
public sealed record RoundListModel(IReadOnlyList<Round> Rounds, IReadOnlyDictionary<Guid, int> Counties, IReadOnlyDictionary<string, Coverage> Covered, string? Next)
{
    const int Take = 20;

    /// <summary>More rows than this many counties per round are not read for one page.</summary>
    const int MostCounties = 100;

    public static Outcome<RoundListModel> Load(HttpContext http, Store store, string? area, Guid? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var (from, beyond) = chosen.Value.Owners;
        return store.Read(session =>
        {
            var rows = session.Query<Round>($"""
                SELECT * FROM round WHERE owner >= @from AND owner < @beyond{(after is null ? "" : " AND id < @after")} ORDER BY id DESC LIMIT @most
                """, new { from, beyond, after, most = Take * MostCounties });
            var rounds = rows.DistinctBy(r => r.Id).Take(Take).ToList();
            var counties = rows.CountBy(r => r.Id.Value).ToDictionary(c => c.Key, c => c.Value);
            var covered = session.Query<Coverage>($"""
                SELECT basis_id AS basis, sum(open + done) AS should, sum(done) AS done, sum(CASE WHEN due_at < @now THEN open ELSE 0 END) AS late
                FROM duty_count WHERE owner >= @from AND owner < @beyond AND kind = 1 AND basis_id {session.In("rounds")} GROUP BY basis_id
                """, new { now = store.Clock.GetUtcNow(), from, beyond, rounds = session.Keys(rounds.Select(r => r.Id.Value.ToString("N"))) })
                .ToDictionary(c => c.Basis, StringComparer.Ordinal);
            return new RoundListModel(rounds, counties, covered, rounds.Count == Take ? rounds[^1].Id.Value.ToString() : null);
        });
    }

    public Coverage Of(Round round) => Covered.GetValueOrDefault(round.Id.Value.ToString("N")) ?? new Coverage();
}
