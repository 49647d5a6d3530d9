using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A case of the graph, as it is drawn.</summary>
public sealed record ChainNode(
    Guid Id, string No, CaseClass Class, DateOnly? Onset, int Chain, int Generation, int Offspring, bool Head, bool OpenTail, string Region);

/// <summary>A link of the graph by the places of its cases in the list of nodes.</summary>
public sealed record ChainEdge(int From, int To, LinkConfidence Confidence);

/// <summary>Chains with their figures. Heads are cases without a source; open tails those whose contacts nobody has asked for.</summary>
public sealed record ChainReport(
    int Cases, int Links, int Chains, int Largest, int Heads, int MissingSources, int OpenTails, IReadOnlyList<int> Generations, OffspringSummary Offspring,
    NumberSummary SerialInterval, NumberSummary Incubation, NumberSummary OnsetToReport, NumberSummary OnsetToIsolation, NumberSummary OnsetToOutcome,
    int Circles, IReadOnlyList<ChainNode> Nodes, IReadOnlyList<ChainEdge> Edges);

/// <summary>The chains of a disease in a territory. Safe for all threads.</summary>
public sealed class ChainGraphs(LocalDays days)
{
    /// <summary>
    /// The graph of the cases that the caller may see; of a link across the border of the territory the end outside is not shown, and its
    /// inner end is no head.
    /// </summary>
    public Outcome<ChainReport> Of(Session session, Caller caller, string territory, string disease)
    {
        var territories = territory.Length > 0 ? [territory] : caller.Territories(Permission.SeeCases);
        if (territories.Any(t => !caller.May(Permission.SeeCases, t)))
            return new NotAllowedHere();
        return Report(session, [.. territories.SelectMany(t => Cases(session, t, disease)).Where(c => CaseRights.MaySee(caller, c)).DistinctBy(c => c.Id)]);
    }

    /// <summary>As the other for whoever holds the machine: every case of the territory; empty is all.</summary>
    public ChainReport All(Session session, string territory, string disease) => Report(session, Cases(session, territory, disease));

    static List<CaseRow> Cases(Session session, string territory, string disease)
    {
        var county = territory.Length > 6 ? territory[..6] : territory;
        return session.Query<CaseRow>("""
            SELECT * FROM case_record WHERE owner >= @county AND owner < @beyond AND disease = @disease AND class <> 5 ORDER BY found_at, id
            """, new { county, beyond = county + "~", disease });
    }

    ChainReport Report(Session session, List<CaseRow> rows)
    {
        var links = rows.Count == 0 ? [] : session.Query<LinkRow>($"""
            SELECT * FROM transmission_link WHERE owner {session.In("owners")} AND state = 1
            """, new { owners = session.Keys(rows.Select(r => r.Owner).Distinct()) });
        return Report(rows, links);
    }

    /// <summary>The figures of these cases and links. Pure.</summary>
    internal ChainReport Report(IReadOnlyList<CaseRow> rows, IReadOnlyList<LinkRow> links)
    {
        var place = new Dictionary<Guid, int>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
            place[rows[i].Id] = i;
        var edges = links.Where(l => place.ContainsKey(l.FromCase) && place.ContainsKey(l.ToCase))
            .Select(l => new ChainEdge(place[l.FromCase], place[l.ToCase], l.Confidence)).ToList();
        var chains = new Chains(rows.Count, edges.Select(e => (e.From, e.To)));
        var exposure = links.Where(l => l.ExposureOn is not null && place.ContainsKey(l.ToCase)).GroupBy(l => place[l.ToCase])
            .Where(g => g.Select(l => l.ExposureOn).Distinct().Count() == 1).ToDictionary(g => g.Key, g => g.First().ExposureOn);
        var dates = rows.Select((r, i) => new CaseDays(r.Onset, exposure.GetValueOrDefault(i), Day(r.ReportAt), Day(r.IsolatedAt), r.OutcomeOn, r.DeathOn)).ToList();
        var fromOutside = links.Where(l => !place.ContainsKey(l.FromCase)).Select(l => l.ToCase).ToHashSet();
        var nodes = rows.Select((r, i) => new ChainNode(r.Id, r.No, r.Class, r.Onset, chains.Component[i], chains.Generation[i], chains.Offspring(i),
            chains.Sources(i) == 0 && !fromOutside.Contains(r.Id), r.ContactsAskedAt is null, r.OnsetRegion)).ToList();
        return new ChainReport(
            rows.Count, chains.Links, chains.ComponentCount, chains.Sizes() is [var largest, ..] ? largest : 0, nodes.Count(n => n.Head),
            rows.Count(r => r.SourceState == SourceState.Open), nodes.Count(n => n.OpenTail), Counts(chains.Generation.Where(g => g >= 0)),
            OffspringSummary.Of([.. Enumerable.Range(0, rows.Count).Select(chains.Offspring)]),
            Delays.SerialInterval(dates, edges.Select(e => (e.From, e.To)).Distinct()), Delays.Incubation(dates), Delays.OnsetToReport(dates),
            Delays.OnsetToIsolation(dates), Delays.OnsetToOutcome(dates), chains.Circles.Count, nodes, edges);
    }

    DateOnly? Day(DateTimeOffset? at) => at is { } instant ? days.DateOf(instant) : null;

    static int[] Counts(IEnumerable<int> numbers)
    {
        var all = numbers.ToList();
        var counts = new int[all.Count == 0 ? 0 : all.Max() + 1];
        foreach (var number in all)
            counts[number]++;
        return counts;
    }
}
