using Microsoft.AspNetCore.Http;
using Qipan.Cases;
using Qipan.Consoles.Drawings;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.ChainDesk;

/// <summary>A case of a chain as its table shows it.</summary>
/// <param name="From">From whom it got it, with how sure that is.</param>
public sealed record ChainMember(
    ChainCase Case, DateOnly Day, DayBasis Basis, int Generation, int Offspring, IReadOnlyList<(string No, LinkConfidence Confidence)> From, bool FromOutside);

/// <summary>One chain: its cases, each behind the one that it got it from, and the same as a drawing.</summary>
/// <param name="Next">Where the next page begins; null at the end. The drawing shows the cases of the page.</param>
public sealed record OneChainModel(
    string Disease, string No, ChainLine Line, IReadOnlyList<ChainMember> Members, Timeline Drawing, string? Next, IReadOnlyDictionary<string, string> Places)
{
    const int Take = 120;

    internal static Outcome<OneChainModel> Load(HttpContext http, Store store, ChainBook book, LocalDays days, string disease, string no, string? after) => store.Read(s =>
    {
        var read = book.Of(s, http.Caller(), "", disease);
        if (!read.Ok)
            return read.Refusal;
        var set = read.Value;
        var at = Enumerable.Range(0, set.Cases.Count).FirstOrDefault(i => set.Cases[i].No == no, -1);
        if (at < 0)
            return new CaseNotInChains();
        var line = ChainLines.Of(set, new ChainFilter()).First(l => l.Chain == set.Graph.Component[at]);
        var skip = new ChainAsked { After = after }.Skip;
        var all = Behind(set.Graph, ChainLines.Members(set, line.Chain));
        var page = all.Skip(skip).Take(Take).ToList();
        var sources = set.Links.ToLookup(l => l.To);
        return Outcome.Of(new OneChainModel(disease, no, line, page.ConvertAll(i => Member(set, i, sources[i])), Draw(new Reader(http), set, page, sources, days),
            skip + Take < all.Count ? $"{skip + Take}" : null, Lookups.Places(s, page.Select(i => set.Cases[i].Place), RequestLanguage.Of(http))));
    });

    /// <summary>Each case behind the first that it got it from, in the order of their days; what is in a circle at the end.</summary>
    static List<int> Behind(Chains graph, IReadOnlyList<int> members)
    {
        var (order, taken) = (new List<int>(members.Count), new HashSet<int>());
        foreach (var head in members.Where(i => graph.Sources(i) == 0).Concat(members))
        {
            var open = new Stack<int>([head]);
            while (open.TryPop(out var one))
            {
                if (!taken.Add(one))
                    continue;
                order.Add(one);
                foreach (var next in graph.Next(one).ToArray().OrderDescending())
                    open.Push(next);
            }
        }
        return order;
    }

    static ChainMember Member(ChainSet set, int i, IEnumerable<ChainEdge> sources)
    {
        var (day, basis) = set.DayOf(set.Cases[i]);
        return new ChainMember(set.Cases[i], day, basis, set.Graph.Generation[i], set.Graph.Offspring(i),
            [.. sources.Select(l => (set.Cases[l.From].No, l.Confidence))], set.FromOutside(i));
    }

    static Timeline Draw(Reader r, ChainSet set, List<int> page, ILookup<int, ChainEdge> sources, LocalDays days)
    {
        var rows = page.Select((i, row) => (i, row)).ToDictionary(x => x.i, x => x.row);
        DateOnly? Date(DateTimeOffset? at) => at is { } instant ? days.DateOf(instant) : null;
        var known = page.Select(i => set.Cases[i]).SelectMany(c => new[]
        {
            set.DayOf(c).Day, Date(c.FirstPositiveAt), Date(c.ReportAt), Date(c.IsolatedAt), c.OutcomeOn, c.DeathOn,
        }.OfType<DateOnly>()).ToList();
        var (first, last) = (known.Min().AddDays(-1), known.Max().AddDays(1));
        return new Timeline(first, last, [.. page.Select(i => Row(r, set.Cases[i], set.DayOf(set.Cases[i]).Day, first, days))],
            [.. page.SelectMany(i => sources[i]).Where(l => rows.ContainsKey(l.From)).Select(l => new TimeLink(rows[l.From], rows[l.To],
                Timeline.Middle(set.DayOf(set.Cases[l.From]).Day, first), Timeline.Middle(set.DayOf(set.Cases[l.To]).Day, first), l.Confidence.ToString().ToLowerInvariant()))]);
    }

    static TimeRow Row(Reader r, ChainCase c, DateOnly on, DateOnly first, LocalDays days)
    {
        var marks = new List<TimeMark>();
        var end = c.IsolatedAt is { } isolated ? Timeline.At(isolated, first, days)
            : (c.DeathOn ?? c.OutcomeOn) is { } outcome ? Timeline.Middle(outcome, first) : Timeline.Middle(on, first);
        if (c.Onset is { } onset)
            marks.Add(new TimeMark(Timeline.Middle(onset, first), "onset", $"{c.No}: {r["Onset"]} {r.Day(onset)}"));
        if (c.FirstPositiveAt is { } sample)
            marks.Add(new TimeMark(Timeline.At(sample, first, days), "sample", $"{c.No}: {r["First positive sample"]} {r.When(sample)}"));
        if (c.ReportAt is { } report)
            marks.Add(new TimeMark(Timeline.At(report, first, days), "report", $"{c.No}: {r["Reported"]} {r.When(report)}"));
        if ((c.DeathOn ?? c.OutcomeOn) is { } over)
            marks.Add(new TimeMark(Timeline.Middle(over, first), c.DeathOn is null ? "recovered" : "died", $"{c.No}: {r[c.DeathOn is null ? "Outcome" : "Died"]} {r.Day(over)}"));
        var start = Timeline.Middle(on, first);
        return new TimeRow(c.No, $"/cases/{c.No}", [new TimeBar(Math.Min(start, end), Math.Max(start, end), "ill", $"{c.No}: {r["onset to isolation or outcome"]}")], marks);
    }

    /// <summary>The number names no case of the chains that the caller may see.</summary>
    sealed record CaseNotInChains() : Refusal("case_unknown", RefusalKind.NotFound, "No case of this disease has this number, or it is not yours to see.",
        "没有该编号的本病种病例，或您无权查看。");
}
