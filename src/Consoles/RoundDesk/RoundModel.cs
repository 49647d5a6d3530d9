using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Sampling;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.RoundDesk;

/// <summary>What the round page's address says.</summary>
public sealed class RoundAsked
{
    public string? Area { get; init; }

    public string? After { get; init; }

    /// <summary>missing (the start), late, soon, unsampled, sampled, done, should or waived: <see cref="RosterPart"/>.</summary>
    public string? List { get; init; }

    /// <summary>True when the names of the listed are to be shown, which is written into the access log.</summary>
    public bool? Names { get; init; }
}

/// <summary>One line of the breakdown by area.</summary>
public sealed record AreaLine(DutyCount Count, string Name, long Sampled);

/// <summary>The round page: coverage by area, stages, who is missing, what waits for a result, what does not agree.</summary>
public sealed record RoundModel(
    Round Round, RoundAsked Asked, Territory Territory, IReadOnlyList<(string Code, string Name)> Way, IReadOnlyList<AreaLine> Areas,
    RoundStages Stages, RosterPage Roster, IReadOnlyList<Discrepancy> Discrepancies, IReadOnlyDictionary<string, string> Places)
{
    const int Take = 50;

    const int MostDiscrepancies = 20;

    /// <summary>Names of the missing by person id; empty until they are asked for.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; init; } = new Dictionary<Guid, string>();

    public long Should => Areas.Sum(a => a.Count.Should);

    public long Done => Areas.Sum(a => a.Count.Done);

    public long Open => Areas.Sum(a => a.Count.Open);

    public long Late => Areas.Sum(a => a.Count.Late);

    public long Waived => Areas.Sum(a => a.Count.Waived);

    public long Sampled => Areas.Sum(a => a.Sampled);

    /// <summary>Who is missing by building, within one community; empty above it.</summary>
    public IReadOnlyList<(string Code, string Name, long Missing)> Buildings { get; init; } = [];

    /// <summary>Who is listed.</summary>
    public RosterPart Listed => PartOf(Asked);

    static RosterPart PartOf(RoundAsked asked) => Enum.TryParse<RosterPart>(asked.List, ignoreCase: true, out var part) && Enum.IsDefined(part) ? part : RosterPart.Missing;

    /// <summary>Figures are counted down to a community; below it there are only names.</summary>
    public bool Counted => Territory.Code.Length <= 12;

    public static Outcome<RoundModel> Load(HttpContext http, Store store, Guid id, RoundAsked asked)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, asked.Area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var territory = chosen.Value;
        var (from, beyond) = territory.Owners;
        var now = store.Clock.GetUtcNow();
        return store.Read<Outcome<RoundModel>>(session =>
        {
            var round = session.Query<Round>("SELECT * FROM round WHERE owner >= @from AND owner < @beyond AND id = @id ORDER BY owner LIMIT 1",
                new { from, beyond, id }).FirstOrDefault();
            if (round is null)
                return new RoundUnknown();
            var basis = id.ToString("N");
            var counts = DutyCounts.By(session,
                new DutyFilter { Territory = territory.Code, Kind = DutyKind.TestInRound, Basis = basis }, territory.Below, now, ages: false);
            var sampled = SampledBy(session, id, territory);
            var soon = now.AddHours(http.RequestServices.GetRequiredService<SituationSettings>().SoonHours);
            var roster = http.Caller().May(Permission.SeeDuties)
                ? RosterPages.Of(session, round.Id, new Region(territory.Code), PartOf(asked), now, soon, asked.After, Take) : new RosterPage(0, [], null);
            var discrepancies = session.Query<Discrepancy>("""
                SELECT * FROM discrepancy WHERE owner >= @from AND owner < @beyond AND round = @id AND state = 0 ORDER BY found_at LIMIT @most
                """, new { from, beyond, id, most = MostDiscrepancies });
            var places = Lookups.Places(session, counts.Select(c => c.Area).Concat(PlaceCode.SelfAndAbove(territory.Code)), RequestLanguage.Of(http));
            foreach (var (home, address) in Lookups.Addresses(session, roster.Items.Select(m => m.Area), RequestLanguage.Of(http)))
                places.TryAdd(home, address);
            var buildings = http.Caller().May(Permission.SeeDuties) && territory.Code.Length == 12 ? MissingByBuilding(session, basis, territory, RequestLanguage.Of(http)) : [];
            return new RoundModel(round, asked, territory, WayTo(territory, places),
                [.. counts.Select(c => new AreaLine(c, places.GetValueOrDefault(c.Area, c.Area), sampled.GetValueOrDefault(c.Area)))],
                RoundStages.Load(session, id, territory, now), roster, discrepancies, places)
            {
                Buildings = buildings,
            };
        });
    }

    static Dictionary<string, long> SampledBy(Session session, Guid round, Territory territory)
    {
        var digits = territory.Below switch { PlaceLevel.Province => 2, PlaceLevel.City => 4, PlaceLevel.County => 6, PlaceLevel.Street => 9, _ => 12 };
        var (from, beyond) = territory.Owners;
        return session.Query<Part>($"""
            SELECT substr(area, 1, {digits}) AS area, sum(persons) AS persons FROM round_sampled
            WHERE owner >= @from AND owner < @beyond AND round = @round AND area >= @code AND area < @end GROUP BY substr(area, 1, {digits})
            """, new { from, beyond, round, code = territory.Code, end = territory.Code + "~" }).ToDictionary(p => p.Area, p => p.Persons, StringComparer.Ordinal);
    }

    /// <summary>A community has some thousand people: the open duties of one are read along their index, and counted here.</summary>
    static List<(string Code, string Name, long Missing)> MissingByBuilding(Session session, string basis, Territory territory, string language)
    {
        var counted = session.Query<Part>("""
            SELECT area, count(*) AS persons FROM duty WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND state = 0 AND area >= @code AND area < @end GROUP BY area
            """, new { owner = territory.Code[..6], basis, code = territory.Code, end = territory.Code + "~" })
            .GroupBy(p => string.Join('.', p.Area.Split('.').Take(3)), p => p.Persons).Select(g => (Code: g.Key, Missing: g.Sum())).ToList();
        var names = Lookups.Places(session, counted.Select(c => c.Code), language);
        return [.. counted.OrderByDescending(c => c.Missing).ThenBy(c => c.Code, StringComparer.Ordinal).Select(c => (c.Code, names[c.Code], c.Missing))];
    }

    static List<(string Code, string Name)> WayTo(Territory territory, Dictionary<string, string> places) =>
        [.. PlaceCode.SelfAndAbove(territory.Code).Reverse().Where(c => territory.Own.Any(o => c.StartsWith(o, StringComparison.Ordinal)))
            .Select(c => (c, places.GetValueOrDefault(c, c)))];

    sealed class Part
    {
        public string Area { get; init; } = "";

        public long Persons { get; init; }
    }
}
