using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// Moves what is overdue to the next unit up, one level at a time 逾期升级. It ends nothing: whoever has a duty, it stays open until
/// evidence, a waiver or its basis ends it. Where nobody stands above, the level rises and the unit keeps it.
/// </summary>
sealed class EscalateOverdue(Store store, DutiesSettings settings, ILogger<EscalateOverdue> log) : BackgroundService
{
    /// <summary>Duties per unit of writing, so that others are not held up.</summary>
    const int AtOnce = 20_000;

    /// <summary>Moves everything that is due to move now. Returns how many moves were made.</summary>
    public async Task<int> Once(CancellationToken stop = default)
    {
        var moved = 0;
        foreach (var county in store.Read(session => Within.Owners(session, "")))
        {
            for (var level = 1; level <= settings.Levels.Count; level++)
            {
                int many;
                do
                {
                    var to = level;
                    var outcome = await store.Write(new WriteScope(Actor.System, county), session => Outcome.Of(Raise(session, county, to)));
                    many = outcome.Ok ? outcome.Value : 0;
                    moved += many;
                }
                while (many == AtOnce && !stop.IsCancellationRequested);
            }
        }
        return moved;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromSeconds(settings.EscalationEverySeconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "Overdue duties could not be moved up; trying again.");
            }
            await Task.Delay(pause, store.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    int Raise(WriteSession session, string county, int level)
    {
        LedgerWork.Ready(session, "duty_move", "duty_step");
        // The counters know where something is overdue; the open ones of that community are then one range of an index.
        var chosen = session.Execute("""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, 0
            FROM (SELECT DISTINCT owner, kind, basis_id, area FROM duty_count WHERE owner = @county AND open > 0 AND due_at <= @limit) c
              CROSS JOIN duty d
            WHERE d.owner = c.owner AND d.kind = c.kind AND d.basis_id = c.basis_id AND d.area >= c.area AND d.area < c.area || '/'
              AND d.state = 0 AND d.due_at <= @limit AND d.escalation = @below
            LIMIT @AtOnce
            """, new { county, limit = session.Now - settings.Levels[level - 1], below = (short)(level - 1), AtOnce });
        if (chosen == 0)
            return 0;
        LedgerWork.Laid(session, "duty_move", chosen);
        var holders = session.Query<Guid>($"SELECT DISTINCT d.owner_unit FROM duty_move m CROSS JOIN duty d WHERE {LedgerWork.SameDuty}");
        var above = UnitsAbove.Of(session, [.. holders.Select(h => new UnitId(h))], county);
        session.Insert(Steps, [.. holders.Select(h => (h, above.TryGetValue(new UnitId(h), out var up) ? up.Value : h))]);
        session.Execute($"""
            UPDATE duty AS d SET escalation = {level}, owner_unit = s.next_unit
            FROM duty_move m, duty_step s WHERE {LedgerWork.SameDuty} AND s.unit = d.owner_unit
            """);
        session.Trail(county, "escalate_duties", new Ref("ledger", county), detail: new { escalated = chosen, level, units = holders.Count });
        return chosen;
    }

    static readonly Table<(Guid Unit, Guid Next)> Steps = new("duty_step",
        new("unit", ColumnType.Uuid, s => s.Unit, Key: true),
        new("next_unit", ColumnType.Uuid, s => s.Next));
}
