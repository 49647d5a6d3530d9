using Microsoft.AspNetCore.Http;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.CaseDesk;

/// <summary>A case of the list and the clock that runs out next.</summary>
public sealed record CaseListRow(CaseRow Case, CaseClock? Next, int Late);

/// <summary>The investigation desk's list.</summary>
/// <param name="Show">new, mine, tails, sources or flags.</param>
/// <param name="Counts">How many of each there are.</param>
public sealed record CaseListModel(
    Territory Territory, string Show, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<CaseListRow> Rows, string? Next,
    IReadOnlyDictionary<string, string> Places)
{
    const int Take = 50;

    internal static Outcome<CaseListModel> Load(HttpContext http, Store store, string? area, string? show, string? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var shown = show is "mine" or "tails" or "sources" or "flags" ? show : "new";
        return store.Read(s =>
        {
            var page = CaseBook.Page(s, Filter(http, chosen.Value.Code, shown), after, Take);
            var clocks = CaseViews.Clocks(s, page.Items);
            var now = store.Clock.GetUtcNow();
            return Outcome.Of(new CaseListModel(
                chosen.Value, shown, new[] { "mine", "tails", "sources", "flags" }.ToDictionary(k => k, k => CaseBook.Count(s, Filter(http, chosen.Value.Code, k))),
                [.. page.Items.Select(c => new CaseListRow(c, clocks[c.Id].FirstOrDefault(d => d.State == DutyState.Open),
                    clocks[c.Id].Count(d => d.State == DutyState.Open && d.DueAt < now)))],
                page.Next, Lookups.Addresses(s, page.Items.Select(c => c.CurrentRegion), RequestLanguage.Of(http))));
        });
    }

    static CaseFilter Filter(HttpContext http, string territory, string show) => new()
    {
        Territory = territory,
        Assignee = show == "mine" ? http.Caller().Actor.Id : null,
        OpenTail = show == "tails",
        MissingSource = show == "sources",
        Flagged = show == "flags",
    };
}
