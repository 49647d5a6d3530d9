using Microsoft.AspNetCore.Http;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.LabDesk;

/// <summary>What a laboratory's day begins with: boxes on the way, tubes by age, runs, and alerts that stand.</summary>
public sealed record LabModel(
    IReadOnlyList<LaboratoryRow> Laboratories, LaboratoryRow? Chosen, IReadOnlyList<Box> Boxes, IReadOnlyList<WaitingTube> Queue,
    IReadOnlyList<RunView> Runs, string? Next)
{
    const int Take = 50;

    /// <summary>Null where no laboratory is chosen.</summary>
    public LabFlow? Flow { get; init; }

    /// <summary>Plates that are planned and whose file has not come.</summary>
    public IReadOnlyList<PlannedRun> Planned { get; init; } = [];

    /// <summary>What became of a file that was just loaded.</summary>
    public LoadReceipt? Loaded { get; init; }

    public static Outcome<LabModel> Load(HttpContext http, Store store, Guid? lab, Guid? after)
    {
        var caller = http.Caller();
        return store.Read<Outcome<LabModel>>(session =>
        {
            var laboratories = LabViews.Laboratories(session, caller);
            var chosen = lab is null ? laboratories.Find(l => l.Unit == caller.Unit) ?? laboratories.FirstOrDefault() : laboratories.Find(l => l.Id == lab);
            if (chosen is null)
                return new LabModel(laboratories, null, [], [], [], null);
            var queue = LabViews.Queue(session, caller, chosen.Id, Take);
            var runs = LabViews.Runs(session, caller, chosen.Id, after, Take);
            if (!queue.Ok || !runs.Ok)
                return queue.Refusal ?? runs.Refusal!;
            var boxes = BoxesTo(session, chosen);
            return new LabModel(laboratories, chosen, boxes, queue.Value.Items, runs.Value.Items, runs.Value.Next?.ToString())
            {
                Flow = LabFlow.Of(session, chosen, [.. boxes.Select(b => b.Id.Value)], store.Clock.GetUtcNow()),
                Planned = PlannedRun.Of(session, chosen, store.Clock.GetUtcNow()),
            };
        });
    }

    /// <summary>Boxes that are sent to this laboratory, or to none in particular in its county.</summary>
    static List<Box> BoxesTo(Session session, LaboratoryRow lab) => session.Query<Box>(
        "SELECT * FROM box WHERE owner = @Owner AND state = @sent AND (lab IS NULL OR lab = @Id OR lab = @unit) ORDER BY sent_at, id LIMIT @Take",
        new { lab.Owner, lab.Id, unit = lab.Unit.Value, sent = (short)BoxState.Sent, Take });
}
