using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Visits whose time was over a day ago are missed 漏访: the next one stands, and the missed one stays on record. The visits of a contact's last
/// day stay open until somebody was seen (domain 2.9), and tests stay open until they are taken.
/// </summary>
sealed class CloseMissed(Store store, TracingSettings settings)
{
    const int UnitRows = 5_000;

    /// <summary>Returns how many were missed.</summary>
    public async Task<int> Look()
    {
        var missed = 0;
        while (true)
        {
            var before = store.Clock.GetUtcNow().AddHours(-settings.MissedAfterHours);
            var tasks = store.Read(s => s.Query<TaskRow>("""
                SELECT t.* FROM contact_task t WHERE t.state = 0 AND t.kind = 1 AND t.until_at < @before
                  AND EXISTS (SELECT 1 FROM contact_task l WHERE l.contact = t.contact AND l.kind = 1 AND l.day > t.day AND l.state <> 3)
                ORDER BY t.id LIMIT @UnitRows
                """, new { before, UnitRows }));
            if (tasks.Count == 0)
                return missed;
            var owners = tasks.SelectMany(t => new[] { t.Owner, Kernel.Codes.PlaceCode.OwnerOf(t.Area) }).Distinct();
            var written = await store.Write(new WriteScope(Actor.System, [.. owners]), session => Outcome.Of(Miss(session, tasks)));
            if (!written.Ok)
                return missed;
            missed += written.Value;
        }
    }

    static int Miss(WriteSession session, IReadOnlyCollection<TaskRow> tasks)
    {
        var many = session.Execute($"UPDATE contact_task SET state = 2 WHERE id {session.InIds("ids")} AND state = 0", new { ids = session.Keys(tasks.Select(t => t.Id)) });
        Ledger.WithdrawFrom(session, $"""
            SELECT d.owner, d.kind, d.basis_id, d.subject_id FROM duty d
            WHERE d.owner {session.In("owners")} AND d.kind = 17 AND d.basis_id {session.In("contacts")} AND d.subject_id {session.InIds("tasks")} AND d.state = 0
            """, new
        {
            owners = session.Keys(tasks.Select(t => Kernel.Codes.PlaceCode.OwnerOf(t.Area)).Distinct()),
            contacts = session.Keys(tasks.Select(t => t.Contact.ToString("N")).Distinct()),
            tasks = session.Keys(tasks.Select(t => t.Id)),
        }, "missed: its time is over, the next visit stands");
        return many;
    }
}
