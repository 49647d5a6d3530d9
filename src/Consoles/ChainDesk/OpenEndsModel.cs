using Microsoft.AspNetCore.Http;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.ChainDesk;

/// <summary>A case at an open end of a chain, and the duty to close it; null where the case has none, as one of a list of the past.</summary>
public sealed record OpenEnd(CaseRow Case, CaseClock? Duty);

/// <summary>Missing sources, or open tails, of a disease.</summary>
/// <param name="Sources">True for sources, false for tails.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record OpenEndsModel(
    string Disease, Territory Territory, bool Sources, long Total, IReadOnlyList<OpenEnd> Rows, string? Next, IReadOnlyDictionary<string, string> Places)
{
    const int Take = 50;

    internal static Outcome<OpenEndsModel> Load(HttpContext http, Store store, string disease, bool sources, string? area, string? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var filter = new CaseFilter { Territory = chosen.Value.Code, Disease = disease, MissingSource = sources, OpenTail = !sources };
        var kind = sources ? DutyKind.FindSource : DutyKind.TraceContacts;
        return store.Read(s =>
        {
            var page = CaseBook.Page(s, filter, after, Take);
            var clocks = CaseViews.Clocks(s, page.Items);
            return Outcome.Of(new OpenEndsModel(disease, chosen.Value, sources, CaseBook.Count(s, filter),
                [.. page.Items.Where(c => CaseRights.MaySee(http.Caller(), c)).Select(c => new OpenEnd(c, clocks[c.Id].FirstOrDefault(d => d.Kind == kind)))], page.Next,
                Lookups.Addresses(s, page.Items.Select(c => c.CurrentRegion), RequestLanguage.Of(http))));
        });
    }
}
