using Qipan.Laboratory;
using Qipan.Storage;

namespace Qipan.Consoles.LabDesk;

/// <summary>A plate 排板 that was planned and whose result file has not come.</summary>
public sealed class PlannedRun
{
    /// <summary>Older ones are forgotten plates, not a plan.</summary>
    const int Days = 2;

    const int Most = 50;

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public DateTimeOffset ImportedAt { get; init; }

    internal static List<PlannedRun> Of(Session session, LaboratoryRow lab, DateTimeOffset now) => session.Query<PlannedRun>("""
        SELECT p.id, p.name, p.imported_at FROM plate_layout p WHERE p.owner = @Owner AND p.lab = @Id AND p.imported_at >= @since
          AND NOT EXISTS (SELECT 1 FROM run r WHERE r.owner = p.owner AND r.lab = p.lab AND r.amplified_at >= @since AND (r.layout = p.id OR r.plate = p.name))
        ORDER BY p.imported_at LIMIT @Most
        """, new { lab.Owner, lab.Id, since = now.AddDays(-Days), Most });
}
