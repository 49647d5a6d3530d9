using System.Collections.Concurrent;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>One board 一盘棋: everything that one region's page shows, as of one instant.</summary>
/// <param name="AsOf">The snapshot's instant.</param>
/// <param name="Duties">By kind and part of the region, the test duties of rounds under way among them.</param>
/// <param name="Rounds">Under way, by deadline; those of which a few tubes alone are left come last.</param>
/// <param name="Alerts">Open, by the clock that runs out first.</param>
/// <param name="Diseases">With cases here, the one with the most first.</param>
/// <param name="Disease">The one that the curve and the parts are of; null where there is no case.</param>
/// <param name="Curve">By the day of the sample.</param>
/// <param name="Parts">Positives of the last seven days by part, today counted.</param>
public sealed record Board(
    Region Region, DateTimeOffset AsOf, DateTimeOffset SoonUntil, IReadOnlyList<DutyDay> Duties, IReadOnlyList<RoundFlow> Rounds, IReadOnlyList<AlertClock> Alerts,
    IReadOnlyList<string> Diseases, string? Disease, IReadOnlyList<CurveDay> Curve, IReadOnlyList<PartCount> Parts)
{
    /// <summary>
    /// As a reader may see it (P-10): those who may not see cases get no small number of a part, and no cases by day below a county.
    /// </summary>
    public Board For(Caller caller, SituationSettings settings) => MaySee(caller, Region) ? this
        : Region.Code.Length > 6 ? this with { Curve = [], Parts = [] }
        : this with { Parts = Protected(Parts, settings.SmallNumber) };

    /// <summary>True for those who may see the cases of the region one by one: to them no number is too small.</summary>
    public static bool MaySee(Caller caller, Region region) => caller.May(Permission.SeeCases, region.Code);

    static List<PartCount> Protected(IReadOnlyList<PartCount> parts, int k)
    {
        var all = SmallNumbers.Protect([.. parts.Select(p => p.Positives ?? 0)], k);
        var social = SmallNumbers.Protect([.. parts.Select(p => p.Social ?? 0)], k);
        return [.. parts.Select((p, i) => p with { Positives = all[i].Value, Social = all[i].Hidden ? null : social[i].Value })];
    }
}

/// <summary>
/// Makes boards, and makes one for all who look at the same region at the same time: a board is kept until something of its counties changes, and at most for
/// <see cref="Longest"/>, because deadlines pass by themselves. Who may see what is judged by whoever shows it. Safe for all threads.
/// </summary>
public sealed class BoardBook(Store store, DayBook days, SituationSettings settings)
{
    /// <summary>Deadlines are told to the minute.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Even while everything changes all the time, a board is not made more often.</summary>
    static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    const int MostKept = 500;

    readonly ConcurrentDictionary<(string Code, string? Disease), Lazy<Kept>> kept = new();

    /// <summary>The board of a region; of the disease with the most cases unless one is named.</summary>
    public Board Of(Region region, string? disease = null)
    {
        var key = (region.Code, disease);
        if (kept.TryGetValue(key, out var made) && Holds(made.Value))
            return made.Value.Board;
        if (kept.Count > MostKept)
            kept.Clear();
        var next = new Lazy<Kept>(() =>
        {
            var version = store.Changes.Of(region.Code);
            return new Kept(Make(region, disease), version, TimeProvider.System.GetTimestamp());
        });
        // Who comes while one is being made waits for that one.
        var mine = made is null ? kept.GetOrAdd(key, next) : kept.TryUpdate(key, next, made) ? next : kept.GetValueOrDefault(key) ?? next;
        return mine.Value.Board;
    }

    bool Holds(Kept board)
    {
        var age = TimeProvider.System.GetElapsedTime(board.At);
        return age < Least || (age < Longest && store.Changes.Of(board.Board.Region.Code) == board.Version);
    }

    /// <summary>Cases are counted on another thread than duties and tubes, in a snapshot of their own: neither is derived from the other.</summary>
    Board Make(Region region, string? disease)
    {
        var now = store.Clock.GetUtcNow();
        var counting = Task.Run(() => store.Read(session => Cases(session, region, disease, now)));
        var (from, until) = days.DayAround(now);
        var hours = new DutyClock(now, now.AddHours(settings.SoonHours), from, until);
        var work = store.Read(session => Work(session, region, hours));
        var cases = counting.GetAwaiter().GetResult();
        return new Board(region, now, hours.Soon, work.Duties, work.Flows, work.Alerts, cases.Diseases, cases.Disease, cases.Curve, cases.Parts);
    }

    static (List<DutyDay> Duties, List<RoundFlow> Flows, IReadOnlyList<AlertClock> Alerts) Work(Session session, Region region, DutyClock hours)
    {
        var rounds = RoundFlows.UnderWay(session, region);
        var tested = DutyDays.OfRounds(session, region.Code, region.Below, hours, [.. rounds.Select(IdOf).Distinct()]);
        var duties = Rolled(region, tested.Concat(DutyDays.Of(session, region.Code, region.Below, hours)));
        var byRound = tested.GroupBy(d => d.Basis).ToDictionary(g => g.Key, Sum, StringComparer.Ordinal);
        var flows = RoundFlows.Of(session, region, rounds, r => byRound.GetValueOrDefault(IdOf(r)) ?? new DutyDay(), hours.Now)
            .OrderBy(f => f.IsRemnant(hours.Now)).ToList();
        return (duties, flows, AlertClocks.Of(session, region));
    }

    (IReadOnlyList<string> Diseases, string? Disease, IReadOnlyList<CurveDay> Curve, IReadOnlyList<PartCount> Parts) Cases(
        Session session, Region region, string? disease, DateTimeOffset now)
    {
        var diseases = DayBook.Diseases(session, region);
        var of = disease is not null && diseases.Contains(disease) ? disease : diseases.FirstOrDefault();
        if (of is null)
            return (diseases, null, [], []);
        var today = days.Today(now);
        var rule = days.Social(region, of, today);
        var first = today.AddDays(1 - settings.CurveDays);
        var waiting = days.Waiting(session, region, [.. RoundFlows.UnderWay(session, region).Select(r => r.Id.Value)], now);
        return (diseases, of, Curves.Of(days.Counts(session, region, of, CurveBasis.Found, first, today), waiting, rule, first, today),
            days.Parts(session, region, of, rule, today.AddDays(-6), today));
    }

    static string IdOf(Round round) => round.Id.Value.ToString("N");

    /// <summary>Codes below a community are put together to the building; elsewhere they are cut already.</summary>
    static List<DutyDay> Rolled(Region region, IEnumerable<DutyDay> duties) => [.. duties.GroupBy(d => (d.Kind, Area: region.Part(d.Area)))
        .Select(g => Sum(g, g.Key.Area)).OrderBy(d => d.Kind).ThenBy(d => d.Area, StringComparer.Ordinal)];

    static DutyDay Sum(IGrouping<string, DutyDay> same) => Sum(same, "");

    static DutyDay Sum(IEnumerable<DutyDay> same, string area)
    {
        var all = same.ToList();
        return new DutyDay
        {
            Kind = all[0].Kind,
            Basis = all[0].Basis,
            Area = area,
            Done = all.Sum(d => d.Done),
            Open = all.Sum(d => d.Open),
            Late = all.Sum(d => d.Late),
            Soon = all.Sum(d => d.Soon),
        };
    }

    sealed record Kept(Board Board, long Version, long At);
}
