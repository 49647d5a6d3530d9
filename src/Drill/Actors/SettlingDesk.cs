using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>
/// The desk of the command that clears up what does not agree 差异处理: discrepancies that explain themselves are settled with a word, tubes that are
/// missing stay open while somebody looks for them, and pairs that are plainly one person are joined.
/// </summary>
public sealed class SettlingDesk(StaffMember officer, StaffMember investigator)
{
    /// <summary>From this likeness on nobody asks: the same name, birth and home, and no second identity card.</summary>
    const double Plain = 0.9;

    static readonly Dictionary<string, (string Resolution, string Note)> Words = new(StringComparer.Ordinal)
    {
        ["duplicate"] = ("no_fault", "Scanned twice at one desk; the sample that was taken counts."),
        ["second_open_tube"] = ("no_fault", "The one before was sealed a moment later."),
        ["tube_rejected"] = ("resampled", "Whoever was in it is asked to come again."),
    };

    /// <summary>Goes once through what is open in a county.</summary>
    public async Task Settle(string county, CancellationToken cancel)
    {
        foreach (var found in await All(officer, $"/api/sampling/discrepancies?owner={county}", cancel))
            if (Words.TryGetValue(found.GetProperty("kind").GetString()!, out var word))
                await officer.Try($"/api/sampling/discrepancies/{found.GetProperty("id").GetGuid()}/resolve", new { owner = county, word.Resolution, word.Note }, cancel);
        foreach (var pair in await All(investigator, $"/api/registers/duplicates?county={county}", cancel))
            if (pair.GetProperty("score").GetDouble() >= Plain)
                await investigator.Try("/api/registers/duplicates/decide", new
                {
                    personA = pair.GetProperty("personA").GetGuid(),
                    personB = pair.GetProperty("personB").GetGuid(),
                    same = true,
                    reason = "The same name, birth and home; one came with a passport.",
                }, cancel);
    }

    /// <summary>All pages of a list, read before anything in it is changed.</summary>
    static async Task<List<JsonElement>> All(StaffMember staff, string list, CancellationToken cancel)
    {
        var found = new List<JsonElement>();
        var after = "";
        do
        {
            var page = await staff.Get(list + after, cancel);
            found.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? "&after=" + next.GetString() : "";
        }
        while (after.Length > 0);
        return found;
    }
}
