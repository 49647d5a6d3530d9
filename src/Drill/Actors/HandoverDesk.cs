using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>
/// Answers what other counties hand over 移交: takes people over when it has looked, and refuses the first one, whose address it does not know; the
/// sender asks again with a better one, as it happens.
/// </summary>
public sealed class HandoverDesk(Agenda agenda, StaffMember investigator, string county, bool refusesFirst)
{
    static readonly TimeSpan Looks = TimeSpan.FromMinutes(75);

    bool refused = !refusesFirst;

    public async Task Look(CancellationToken cancel)
    {
        var page = await investigator.Get($"/api/tracing/handovers?territory={county}&incoming=true&waiting=true", cancel);
        foreach (var asked in page.GetProperty("items").EnumerateArray().Where(h => agenda.Now - h.GetProperty("requestedAt").GetDateTimeOffset() >= Looks).ToList())
        {
            var handover = asked.GetProperty("id").GetGuid();
            if (!refused)
                await Refuse(asked, handover, cancel);
            else
                await investigator.Try("/api/tracing/handovers/accept", new { handover, acknowledged = true }, cancel);
        }
    }

    async Task Refuse(JsonElement asked, Guid handover, CancellationToken cancel)
    {
        refused = await investigator.Try("/api/tracing/handovers/refuse",
            new { handover, reason = "No such building in this compound. Ask again with a complete address. 该小区无此楼栋，请补全地址后重新移交。" }, cancel) is not null;
        var (kind, subject, place) = (asked.GetProperty("kind").GetString(), asked.GetProperty("subject").GetGuid(), asked.GetProperty("place").GetString());
        agenda.In(TimeSpan.FromMinutes(40), stop => investigator.Try("/api/tracing/handovers",
            new { kind, subject, place, reason = "Lives there; the address was completed. 居住地在贵区，地址已补全。" }, stop));
    }
}
