using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Hand-overs that nobody has answered in time 超时 (INV-38): each time-out that passes is noted and told. The duty to answer moves up by
/// itself, as every overdue duty does, and the sender keeps the person all the while.
/// </summary>
sealed class RaiseHandovers(Store store, TracingSettings settings)
{
    const int MostAtOnce = 1_000;

    /// <summary>Returns how many are later than they were.</summary>
    public async Task<int> Look()
    {
        var now = store.Clock.GetUtcNow();
        var late = store.Read(s => s.Query<HandoverRow>("SELECT * FROM handover WHERE state = 1 AND late_at <= @now ORDER BY late_at, id LIMIT @MostAtOnce", new { now, MostAtOnce }));
        var raised = 0;
        foreach (var county in late.GroupBy(h => h.Owner))
        {
            var written = await store.Write(new WriteScope(Actor.System, county.Key), session =>
            {
                var rows = county.Select(h => HandoverRow.One(session, h.Id)!).Where(h => h.State == HandoverState.Requested && h.LateAt <= session.Now)
                    .Select(h => Later(h, session.Now)).ToList();
                session.Update(HandoverRow.Rows, rows);
                foreach (var row in rows)
                    session.Trail(row.Owner, "handover_late", row.Ref, HandoverWork.Subject(row), detail: new { row.Level, to = row.ToOwner });
                return Outcome.Of(rows.Count);
            });
            raised += written.Ok ? written.Value : 0;
        }
        return raised;
    }

    /// <summary>With every time-out that has passed by now, and when the next one does.</summary>
    HandoverRow Later(HandoverRow row, DateTimeOffset now)
    {
        TimeSpan[] levels = [settings.HandoverAnswerWithin, settings.HandoverSecondAfter, settings.HandoverThirdAfter];
        var passed = levels.Count(l => row.RequestedAt + l <= now);
        return row with { Level = passed, LateAt = passed < levels.Length ? row.RequestedAt + levels[passed] : null, Version = row.Version + 1 };
    }
}
