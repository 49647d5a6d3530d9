using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.DutyDesk;

/// <summary>What the duty list's address says.</summary>
public sealed class DutyListAsked
{
    /// <summary>unit (my unit's, the start), mine (of the cases that I investigate), late, soon (late within some hours), today (due today, or open from before) or all.</summary>
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

    public string View => Asked.View is "mine" or "late" or "soon" or "today" or "all" ? Asked.View : "unit";

    public static Outcome<DutyListModel> Load(HttpContext http, Store store, DutyListAsked asked)
    {
        var chosen = Territory.Choose(http, Permission.SeeDuties, asked.Area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var now = store.Clock.GetUtcNow();
        var kind = asked.Kind is null ? null : DutyKinds.Named(asked.Kind);
        var filter = new DutyFilter
        {
            Territory = chosen.Value.Code,
            Kind = kind?.Kind,
            Unit = asked.View is "late" or "soon" or "today" or "all" ? null : http.Caller().Unit.Value,
            Late = asked.View == "late",
            DueFrom = asked.View == "soon" ? now : null,
            DueBefore = asked.View switch
            {
                "soon" => now.AddHours(http.RequestServices.GetRequiredService<SituationSettings>().SoonHours),
                "today" => http.RequestServices.GetRequiredService<DayBook>().DayAround(now).Until,
                _ => null,
            },
        };
        return store.Read(session =>
        {
            var page = asked.View == "mine" ? Mine(session, http.Caller()) : DutyList.Page(session, filter, now, asked.After, Take);
            var counts = DutyCounts.By(session, filter with { Kind = null }, chosen.Value.Below, now, ages: false);
            return new DutyListModel(asked, chosen.Value, [.. counts.GroupBy(c => c.Kind).Select(Sum)], page,
                Lookups.Addresses(session, page.Items.Select(d => d.Area).Append(chosen.Value.Code), RequestLanguage.Of(http)),
                Lookups.Units(session, page.Items.Select(d => d.OwnerUnit)));
        });
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
