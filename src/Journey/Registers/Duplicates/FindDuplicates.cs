using System.Diagnostics;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Looks for rows that may be one person 查重, over a county or all of them, and parks the pairs for a decision.</summary>
/// <param name="County">6 digits; null: the whole deployment.</param>
/// <param name="Least">The least score of a pair, 0.3 to 1.</param>
/// <param name="DryRun">Counts and writes nothing.</param>
public sealed record FindDuplicates(string? County = null, double Least = FindDuplicates.UsualLeast, bool DryRun = false)
{
    public const double UsualLeast = 0.6;
}

/// <summary>A pair that was found, by ids.</summary>
/// <param name="A">The row that was there first.</param>
public sealed record FoundPair(Guid A, Guid B, double Score, IReadOnlyList<string> Reasons);

/// <summary>How far a scan is.</summary>
/// <param name="Stage">persons, births, households, names, phones, pairs, done.</param>
/// <param name="Share">Of the whole, 0 to 1.</param>
public sealed record DuplicateProgress(string Stage, double Share, long Persons);

/// <summary>What a scan found.</summary>
/// <param name="Pairs">Pairs of at least the score.</param>
/// <param name="New">Of these, those that were not parked or decided before.</param>
/// <param name="First">The likeliest of the new ones, up to a hundred.</param>
public sealed record DuplicateReport(long Persons, long Pairs, long New, double Seconds, bool DryRun, IReadOnlyList<FoundPair> First);

public sealed class FindDuplicatesHandler(Store store, Keyring keyring)
{
    const int UnitPairs = 5_000;
    const int MostNamed = 100;

    /// <param name="command">Where, and from which score on.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Null is the program itself.</param>
    /// <param name="progress">Told a few times a second.</param>
    public async Task<Outcome<DuplicateReport>> Handle(FindDuplicates command, Actor actor, Caller? caller = null, IProgress<DuplicateProgress>? progress = null)
    {
        if (command.Least is not (>= 0.3 and <= 1))
            return new LeastWrong();
        if (command.County is { } named && (named.Length != 6 || !PlaceCode.Parse(named).Ok))
            return new CountyWrong();
        if (caller is not null && caller.Must(Permission.MergePersons, command.County ?? "") is { Ok: false } no)
            return no.Refusal;
        var watch = Stopwatch.StartNew();
        var (persons, pairs, fresh) = store.Read(session => Look(session, command, progress));
        if (!command.DryRun)
            foreach (var unit in fresh.GroupBy(p => p.Owner).SelectMany(county => county.Chunk(UnitPairs)))
            {
                var written = await store.Write(new WriteScope(actor, unit[0].Owner),
                    session => Outcome.Of(Pairs.Park(session, [.. unit.Select(p => p with { FoundAt = session.Now })])));
                if (!written.Ok)
                    return written.Refusal;
            }
        progress?.Report(new DuplicateProgress("done", 1, persons));
        return new DuplicateReport(persons, pairs, fresh.Count, watch.Elapsed.TotalSeconds, command.DryRun,
            [.. fresh.OrderByDescending(p => p.Score).ThenBy(p => p.PersonB).Take(MostNamed).Select(p => new FoundPair(p.PersonA, p.PersonB, p.Score, p.Reasons.Split(',')))]);
    }

    (long Persons, long Pairs, List<PairRow> New) Look(Session session, FindDuplicates command, IProgress<DuplicateProgress>? progress)
    {
        var table = PersonTable.Load(session, keyring, command.County, many => progress?.Report(new DuplicateProgress("persons", 0.1, many)));
        var found = new DuplicateScan(table, command.Least).Run((stage, share) => progress?.Report(new DuplicateProgress(stage, 0.3 + (share * 0.5), table.Ids.Count)));
        progress?.Report(new DuplicateProgress("pairs", 0.85, table.Ids.Count));
        var cards = Cards(session, table, found.Keys);
        var known = Known(session, table);
        var (pairs, fresh) = (0L, new List<PairRow>());
        foreach (var (key, seen) in found)
        {
            var (a, b) = ((int)(key >> 32), (int)(key & 0xffffffff));
            var evidence = cards.Contains(a) && cards.Contains(b) ? seen | PairEvidence.TwoCards : seen;
            var score = PairScore.Of(evidence);
            if (score < command.Least)
                continue;
            pairs++;
            if (known.Contains(key))
                continue;
            var (first, second) = (table.Created[a], table.Ids[a]).CompareTo((table.Created[b], table.Ids[b])) <= 0 ? (a, b) : (b, a);
            fresh.Add(new PairRow
            {
                Owner = table.Owners[second],
                PersonA = table.Ids[first],
                PersonB = table.Ids[second],
                Score = score,
                Reasons = PairScore.Words(evidence),
                FoundAt = store.Clock.GetUtcNow(),
            });
        }
        return (table.Ids.Count, pairs, fresh);
    }

    /// <summary>Who of the pairs has an identity card.</summary>
    static HashSet<int> Cards(Session session, PersonTable table, IEnumerable<long> pairs)
    {
        var asked = pairs.SelectMany(key => new[] { (int)(key >> 32), (int)(key & 0xffffffff) }).Distinct();
        var cards = new HashSet<int>();
        foreach (var county in asked.GroupBy(i => table.Owners[i]))
            foreach (var id in session.Each<Guid>("SELECT person FROM person_document WHERE owner = @owner AND person = @key AND doc_type = 1",
                county.Select(i => table.Ids[i]).ToList(), new { owner = county.Key }))
                cards.Add(table.Places[id]);
        return cards;
    }

    /// <summary>Pairs that are parked or decided, whatever became of their rows: what was decided of a row that follows another holds for both.</summary>
    static HashSet<long> Known(Session session, PersonTable table)
    {
        var follows = session.Query<Follows>("SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL").ToDictionary(f => f.Id, f => f.MergedInto);
        var known = new HashSet<long>();
        foreach (var pair in session.Stream<Parked>("SELECT person_a, person_b FROM duplicate_pair"))
            if (table.Places.TryGetValue(Now(pair.PersonA), out var a) && table.Places.TryGetValue(Now(pair.PersonB), out var b) && a != b)
                known.Add(DuplicateScan.Key(a, b));
        return known;

        Guid Now(Guid id)
        {
            for (var steps = 0; steps < 200 && follows.TryGetValue(id, out var next); steps++)
                id = next;
            return id;
        }
    }

    sealed class Follows
    {
        public Guid Id { get; init; }

        public Guid MergedInto { get; init; }
    }

    sealed class Parked
    {
        public Guid PersonA { get; init; }

        public Guid PersonB { get; init; }
    }
}

/// <summary>The least score is out of range.</summary>
public sealed record LeastWrong() : FieldRefusal("least", "least_wrong", RefusalKind.Invalid, "The least score lies between 0.3 and 1.", "最低分数须在0.3至1之间。");

/// <summary>No county.</summary>
public sealed record CountyWrong() : FieldRefusal("county", "county_wrong", RefusalKind.Invalid, "Name a county by its 6 digits.", "请填写6位区县代码。");
