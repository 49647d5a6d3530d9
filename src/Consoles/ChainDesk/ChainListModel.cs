using Microsoft.AspNetCore.Http;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.ChainDesk;

/// <summary>The diseases that have cases in the territory.</summary>
public sealed record DiseaseListModel(Territory Territory, IReadOnlyList<DiseaseCount> Diseases)
{
    internal static Outcome<DiseaseListModel> Load(HttpContext http, Store store, string? area)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        return chosen.Ok
            ? store.Read(s => ChainBook.Diseases(s, http.Caller(), chosen.Value.Code)).Map(d => new DiseaseListModel(chosen.Value, d))
            : chosen.Refusal;
    }
}

/// <summary>The chains of a disease as a table.</summary>
/// <param name="Total">How many chains the filter leaves.</param>
/// <param name="Places">The places in which its cases lie, with how many.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ChainListModel(
    string Disease, Territory Territory, ChainAsked Asked, ChainSet Set, IReadOnlyList<ChainLine> Lines, int Total, string? Next,
    IReadOnlyList<(string Code, int Cases)> Places, IReadOnlyDictionary<string, string> Names, IReadOnlyList<ClusterRow> Clusters)
{
    const int Take = 50;

    internal static Outcome<ChainListModel> Load(HttpContext http, Store store, ChainBook book, string disease, ChainAsked asked)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, asked.Area);
        return chosen.Ok ? store.Read(s => Load(s, http, book, disease, asked, chosen.Value)) : chosen.Refusal;
    }

    static Outcome<ChainListModel> Load(Session session, HttpContext http, ChainBook book, string disease, ChainAsked asked, Territory territory)
    {
        var read = book.Of(session, http.Caller(), territory.Code, disease);
        if (!read.Ok)
            return read.Refusal;
        var set = read.Value;
        var lines = ChainLines.Of(set, asked.Filter());
        if (asked.Case is { Length: > 0 } no)
            lines = [.. lines.Where(l => set.Cases.Select((c, i) => (c, i)).Any(x => x.c.No == no.Trim() && set.Graph.Component[x.i] == l.Chain))];
        var page = lines.Skip(asked.Skip).Take(Take).ToList();
        var places = set.Cases.GroupBy(c => c.Place).Select(g => (Code: g.Key, Cases: g.Count())).OrderBy(p => p.Code, StringComparer.Ordinal).ToList();
        return new ChainListModel(disease, territory, asked, set, page, lines.Count, asked.Skip + Take < lines.Count ? $"{asked.Skip + Take}" : null, places,
            Lookups.Places(session, places.Select(p => p.Code), RequestLanguage.Of(http)), ClustersOf(session, set));
    }

    internal static IReadOnlyList<ClusterRow> ClustersOf(Session session, ChainSet set)
    {
        var ids = set.Cases.Select(c => c.Cluster).OfType<Guid>().ToHashSet();
        return ids.Count == 0 ? [] : session.Query<ClusterRow>($"SELECT * FROM cluster WHERE id {session.InIds("ids")} ORDER BY name, id", new { ids = session.Keys(ids) });
    }
}
