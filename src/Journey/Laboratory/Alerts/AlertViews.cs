using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>An alert with its clocks.</summary>
public sealed record AlertView(
    Guid Id, string Owner, Guid Tube, Guid? Round, Guid? Result, AlertState State, string? Reason, string Protocol, DateTimeOffset RaisedAt,
    DateTimeOffset AckDue, DateTimeOffset? AckAt, DateTimeOffset HoldDue, DateTimeOffset? HeldAt, DateTimeOffset ResampleDue, DateTimeOffset? ResampledAt,
    DateTimeOffset DecideDue, DateTimeOffset? DecidedAt, DateTimeOffset? ClosedAt, int Members, int Unhandled);

/// <summary>A member by id: names are revealed by the registers, with a purpose.</summary>
/// <param name="Antigen">The latest antigen result since the alert, shown beside; it decides nothing (INV-18).</param>
public sealed record AlertMemberView(
    Guid Person, string PresentOwner, string PresentPlace, PresentKind PresentKind, DateTimeOffset? HeldAt, Guid? ResampleTube, DateTimeOffset? ResampleAt,
    Guid? Resample2Tube, DateTimeOffset? Resample2At, IReadOnlyList<OwnSample> Own, MemberOutcome Outcome, DateTimeOffset? OutcomeAt, string? Antigen);

/// <param name="Members">Those whom the caller may see: all in the alert's own territory, elsewhere those present in the caller's.</param>
public sealed record AlertDetail(AlertView Alert, IReadOnlyList<AlertMemberView> Members);

/// <summary>What the alert's team and the counties of its members read.</summary>
public static class AlertViews
{
    public static LaboratoryPage<AlertView> Page(Session session, Caller caller, bool closed, Guid? after, int take)
    {
        var territories = caller.Territories(Permission.HandleAlerts);
        var rows = session.Query<AlertRow>($"""
            SELECT DISTINCT a.* FROM pool_alert a JOIN pool_alert_member m ON m.owner = a.owner AND m.alert = a.id
            WHERE a.state {(closed ? "=" : "<")} 8{(after is null ? "" : " AND a.id < @after")}
              AND EXISTS (SELECT 1 WHERE {Within(territories, "a.owner")} OR {Within(territories, "m.present_place")})
            ORDER BY a.id DESC LIMIT @take
            """, new { after, take });
        return new LaboratoryPage<AlertView>([.. AlertCase.Load(session, rows).Select(View)], rows.Count == take ? rows[^1].Id : null);
    }

    public static Outcome<AlertDetail> One(Session session, Caller caller, Guid id)
    {
        if (AlertCase.Load(session, id) is not { } found)
            return AlertRefusals.Unknown;
        var all = caller.May(Permission.HandleAlerts, found.Alert.Owner);
        var seen = found.Members.Where(m => all || caller.May(Permission.HandleAlerts, m.PresentPlace)).ToList();
        if (seen.Count == 0)
            return new NotAllowedHere();
        var antigens = session.Query<AntigenRow>(
            $"SELECT person, result FROM antigen WHERE person {session.InIds("persons")} AND corrected_at >= @from ORDER BY corrected_at, id",
            new { persons = session.Keys(seen.Select(m => m.Person)), from = found.Alert.RaisedAt }).ToLookup(a => a.Person);
        return new AlertDetail(View(found), [.. seen.Select(m => new AlertMemberView(
            m.Person, m.PresentOwner, m.PresentPlace, m.PresentKind, m.HeldAt, m.ResampleTube, m.ResampleAt, m.Resample2Tube, m.Resample2At,
            [.. found.Own(m)], m.Outcome, m.OutcomeAt, antigens[m.Person].LastOrDefault()?.Word))]);
    }

    static AlertView View(AlertCase found)
    {
        var a = found.Alert;
        return new AlertView(
            a.Id, a.Owner, a.Tube, a.Round, a.Result, a.State, a.Reason, a.Protocol, a.RaisedAt, a.AckDue, a.AckAt, a.HoldDue, a.HeldAt,
            a.ResampleDue, a.ResampledAt, a.DecideDue, a.DecidedAt, a.ClosedAt, found.Members.Count,
            found.Members.Count(m => m.Outcome == MemberOutcome.Open));
    }

    /// <summary>Territories are the program's own codes: digits and dotted segments, checked when they were granted.</summary>
    static string Within(IReadOnlyList<string> territories, string column) => territories.Count == 0
        ? "1 = 0"
        : string.Join(" OR ", territories.Select(t => $"substr({column}, 1, {t.Length}) = '{string.Concat(t.Where(c => char.IsAsciiLetterOrDigit(c) || c == '.'))}'"));

    sealed class AntigenRow
    {
        public Guid Person { get; init; }

        public int Result { get; init; }

        public string Word => Result switch { 1 => "negative", 2 => "positive", _ => "invalid" };
    }
}
