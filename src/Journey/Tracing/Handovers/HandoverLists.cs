using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// A hand-over as both sides see it: what the receiver needs to find the person and to answer, and nothing else (P-25).
/// </summary>
/// <param name="LastExposure">Of a contact; null for a case.</param>
/// <param name="ReleaseAt">When the observation ends, as the sender counts it.</param>
public sealed record HandoverLine(
    Guid Id, HandoverSubject Kind, Guid Subject, Guid Person, string Disease, string From, string To, string Place, bool Outside, HandoverState State, int Level,
    DateTimeOffset RequestedAt, DateTimeOffset? DueAt, DateTimeOffset? DecidedAt, string? Reason, string? Answer, DateTimeOffset? LastExposure, DateTimeOffset? ReleaseAt,
    bool MayAnswer, bool MaySend);

/// <summary>A page of hand-overs; null: the last.</summary>
public sealed record HandoverPage(IReadOnlyList<HandoverLine> Items, string? Next);

/// <summary>The hand-overs of a territory: those it has to answer, those it sent.</summary>
static class HandoverLists
{
    /// <param name="session">The snapshot.</param>
    /// <param name="caller">Sees those of the counties where they decide contacts or investigate cases.</param>
    /// <param name="territory">A county, or what lies above some; empty is everything.</param>
    /// <param name="incoming">True: sent to it; false: sent by it.</param>
    /// <param name="waiting">Only those that nobody has answered.</param>
    /// <param name="after">The page before.</param>
    /// <param name="take">1 to 200.</param>
    public static HandoverPage Of(Session session, Caller caller, string territory, bool incoming, bool waiting, string? after, int take)
    {
        take = Math.Clamp(take, 1, ContactLists.MostOnAPage);
        var mark = Guid.TryParseExact(after, "N", out var id) ? id : Guid.Empty;
        const string Sent = "owner >= @from AND owner < @beyond";
        var which = incoming ? $"(to_owner >= @from AND to_owner < @beyond AND outside = 0 OR {Sent} AND outside = 1)" : Sent;
        var rows = session.Query<HandoverRow>($"""
            SELECT * FROM handover WHERE {which} {(waiting ? "AND state = 1" : "")} AND id > @mark ORDER BY id LIMIT @more
            """, new { from = territory[..Math.Min(territory.Length, 6)], beyond = territory[..Math.Min(territory.Length, 6)] + "~", mark, more = take + 1 });
        string? next = null;
        if (rows.Count > take)
        {
            rows.RemoveAt(take);
            next = rows[^1].Id.ToString("N");
        }
        rows.RemoveAll(r => !HandoverRights.MaySee(caller, r));
        var contacts = ContactRows.ByIds(session, [.. rows.Where(r => r.SubjectKind == HandoverSubject.Contact).Select(r => r.SubjectId)]).ToDictionary(c => c.Id);
        return new HandoverPage([.. rows.Select(row => Line(caller, row, contacts.GetValueOrDefault(row.SubjectId)))], next);
    }

    /// <summary>Those of one contact or case, the latest first, for those who may see them.</summary>
    public static List<HandoverLine> OfSubject(Session session, Caller caller, Guid subject) =>
        [.. HandoverRow.Of(session, subject).Where(r => HandoverRights.MaySee(caller, r)).Select(row => Line(caller, row, null))];

    static HandoverLine Line(Caller caller, HandoverRow row, ContactRow? contact) => new(
        row.Id, row.SubjectKind, row.SubjectId, row.Person, row.Disease, row.Owner, row.ToOwner, row.Place, row.Outside, row.State, row.Level, row.RequestedAt,
        row.LateAt, row.DecidedAt, row.Reason, row.Answer, contact?.LastExposure, contact?.ReleaseAt, HandoverRights.MayAnswer(caller, row),
        HandoverRights.MaySend(caller, row));
}
