using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.DutyDesk;

/// <summary>What the duty list's address says.</summary>
public sealed class DutyListAsked
{
    /// <summary>unit (my unit's, the start), mine (of the cases that I investigate), late, soon (late within some hours), today (due today, or open from before), done (of today's), should (both),
    /// waived, ended (all that was done) or all.</summary>
    public string? View { get; init; }

    public string? Area { get; init; }

    public string? Kind { get; init; }

    public string? After { get; init; }

    /// <summary>owner:kind.basis.subject of the duty whose form is open.</summary>
    public string? Waive { get; init; }
}

/// <summary>The duty list as shown.</summary>
public sealed record DutyListModel(
    DutyListAsked Asked, Territory Territory, IReadOnlyList<DutyCount> Counts, DutyPage<DutyLine> Page,
    IReadOnlyDictionary<string, string> Places, IReadOnlyDictionary<Guid, string> Units)
{
    const int Take = 50;

    /// <summary>Nobody investigates more cases than this at a time.</summary>
    const int MostMine = 200;

    public string View => Known(Asked.View);

    /// <summary>How many the board says there are; null for lists that no figure of the board leads to.</summary>
    public long? Stated { get; init; }

    /// <summary>Of these, those of rounds under way, who are listed under their round.</summary>
    public IReadOnlyList<(Round Round, long Many)> OfRounds { get; init; } = [];

    static string Known(string? view) => view is "mine" or "late" or "soon" or "today" or "done" or "should" or "waived" or "ended" or "all" ? view : "unit";

    public static Outcome<DutyListModel> Load(HttpContext http, Store store, DutyListAsked asked)
    {
        var chosen = Territory.Choose(http, Permission.SeeDuties, asked.Area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var now = store.Clock.GetUtcNow();
        var kind = asked.Kind is null ? null : DutyKinds.Named(asked.Kind);
        var view = Known(asked.View);
        var day = http.RequestServices.GetRequiredService<DayBook>().DayAround(now);
        var hours = new DutyClock(now, now.AddHours(http.RequestServices.GetRequiredService<SituationSettings>().SoonHours), day.From, day.Until);
        var filter = new DutyFilter
        {
            Territory = chosen.Value.Code,
            Kind = kind?.Kind,
            Unit = view is "unit" or "mine" ? http.Caller().Unit.Value : null,
            State = view switch { "done" or "ended" => DutyState.Done, "waived" => DutyState.Waived, _ => null },
            Late = view == "late",
            DueFrom = view switch { "soon" => now, "done" => day.From, _ => null },
            DueBefore = view switch { "soon" => hours.Soon, "today" or "should" or "done" => day.Until, _ => null },
        };
        return store.Read(session =>
        {
            var (stated, ofRounds) = DayFigures.Of(session, new Region(chosen.Value.Code), hours, view, kind?.Kind);
            var counts = DutyCounts.By(session, filter with { Kind = null }, chosen.Value.Below, now, ages: false).GroupBy(c => c.Kind).Select(Sum).ToList();
            var page = view == "mine" ? Mine(session, http.Caller())
                : stated is not null && kind?.Kind == DutyKind.TestInRound ? new DutyPage<DutyLine>([], null)
                : view == "should" ? Should(session, filter, day.From, now, asked.After) : DutyList.Page(session, filter, now, asked.After, Take);
            return new DutyListModel(asked, chosen.Value, counts, page,
                Lookups.Addresses(session, page.Items.Select(d => d.Area).Append(chosen.Value.Code), RequestLanguage.Of(http)),
                Lookups.Units(session, page.Items.Select(d => d.OwnerUnit)))
            {
                Stated = view == "waived" ? counts.Where(c => kind is null || c.Kind == kind.Kind).Sum(c => c.Waived) : stated,
                OfRounds = ofRounds,
            };
        });
    }

    /// <summary>The open ones by deadline, and behind them what was done of the day.</summary>
    static DutyPage<DutyLine> Should(Session session, DutyFilter open, DateTimeOffset from, DateTimeOffset now, string? after)
    {
        const string Behind = "done.";
        var behind = after?.StartsWith(Behind, StringComparison.Ordinal) == true;
        var first = behind ? new DutyPage<DutyLine>([], null) : DutyList.Page(session, open, now, after, Take);
        if (first.Next is not null)
            return first;
        var rest = DutyList.Page(session, open with { State = DutyState.Done, DueFrom = from }, now, behind ? after![Behind.Length..] : null, Take);
        return new DutyPage<DutyLine>([.. first.Items, .. rest.Items], rest.Next is null ? null : Behind + rest.Next);
    }

    /// <summary>The open duties of the cases that the reader investigates and of their persons, the next first.</summary>
    static DutyPage<DutyLine> Mine(Session session, Caller caller)
    {
        var cases = CaseBook.Page(session, new CaseFilter { Territory = "", Assignee = caller.Actor.Id }, null, MostMine).Items;
        var lines = session.Query<DutyLine>($"SELECT * FROM duty WHERE subject_id {session.InIds("subjects")} AND state = 0 ORDER BY due_at, owner, kind, basis_id, subject_id LIMIT @MostMine",
            new { subjects = session.Keys(cases.SelectMany(c => new[] { c.Id, c.Person }).Distinct()), MostMine });
        return new DutyPage<DutyLine>([.. lines.Where(d => caller.May(Permission.SeeDuties, d.Area))], null);
    }

    /// <summary>A duty as the page's address and its form name it.</summary>
    public static string KeyOf(DutyLine duty) => $"{duty.Owner}:{duty.Id}";

    static DutyCount Sum(IGrouping<DutyKind, DutyCount> same) => new()
    {
        Kind = same.Key,
        Should = same.Sum(c => c.Should),
        Done = same.Sum(c => c.Done),
        Open = same.Sum(c => c.Open),
        Late = same.Sum(c => c.Late),
        Waived = same.Sum(c => c.Waived),
    };
}
