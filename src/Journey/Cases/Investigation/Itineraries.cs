using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The itineraries of cases, for other modules and the desks.</summary>
public static class Itineraries
{
    /// <summary>The items of a case that hold, in the order of their days and times.</summary>
    public static List<ItineraryRow> Of(Session session, string owner, Guid caseId) =>
        [.. All(session, owner, caseId).Where(i => i.State == ItemState.Holds).OrderBy(i => i.OnDay).ThenBy(i => i.FromAt ?? DateTimeOffset.MinValue).ThenBy(i => i.Seq)];

    /// <summary>As <see cref="Of(Session, string, Guid)"/> for many cases in one query.</summary>
    public static ILookup<Guid, ItineraryRow> Of(Session session, IReadOnlyCollection<CaseRow> cases) => session.Query<ItineraryRow>($"""
        SELECT * FROM itinerary_item WHERE owner {session.In("owners")} AND case_id {session.InIds("cases")} AND state = 1
        ORDER BY case_id, on_day, from_at, seq
        """, new { owners = session.Keys(cases.Select(c => c.Owner).Distinct()), cases = session.Keys(cases.Select(c => c.Id)) }).ToLookup(i => i.CaseId);

    /// <summary>Every item that was ever written of a case, as written.</summary>
    public static List<ItineraryRow> All(Session session, string owner, Guid caseId) => session.Query<ItineraryRow>(
        "SELECT * FROM itinerary_item WHERE owner = @owner AND case_id = @caseId ORDER BY seq", new { owner, caseId });

    /// <summary>
    /// Writes items of a case, all or none: <c>stay_ends_before_it_begins</c>, <c>stay_nowhere</c>, <c>stay_in_future</c>. The unit's scope names
    /// the county of the case. The caller writes the trail.
    /// </summary>
    public static Outcome<IReadOnlyList<ItineraryRow>> Add(WriteSession session, CaseRow row, IReadOnlyList<NewStay> stays, Guid? replaces = null)
    {
        var next = session.Scalar<long?>("SELECT max(seq) FROM itinerary_item WHERE owner = @Owner AND case_id = @Id", new { row.Owner, row.Id }) ?? 0;
        var rows = new List<ItineraryRow>(stays.Count);
        foreach (var stay in stays)
        {
            if (Wrong(stay, session.Now) is { } refusal)
                return refusal;
            rows.Add(Row(session, row, stay, ++next, replaces));
        }
        session.Insert(ItineraryRow.Rows, rows);
        if (rows.Count > 0)
            session.Publish(row.Owner, new ItineraryChanged(row.Id));
        return rows;
    }

    /// <summary>Why a stay cannot be, or null.</summary>
    internal static Refusal? Wrong(NewStay stay, DateTimeOffset now) => stay switch
    {
        { ToAt: { } to, FromAt: { } from } when to < from => CaseRefusals.Invalid("toAt", "stay_ends_before_it_begins",
            "The stay ends before it begins.", "停留的结束时间早于开始时间。"),
        { FromAt: { } from } when from > now => CaseRefusals.Invalid("fromAt", "stay_in_future", "The stay begins in the future.", "停留时间晚于现在。"),
        _ when stay.OnDay > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)) =>
            CaseRefusals.Invalid("onDay", "stay_in_future", "The stay begins in the future.", "停留时间晚于现在。"),
        { Place: null, Venue: null, VehicleNo: null } when string.IsNullOrWhiteSpace(stay.PlaceText) => CaseRefusals.Invalid("placeText", "stay_nowhere",
            "Say where: a place, a venue, a vehicle, or words.", "请填写地点：场所、交通工具或文字描述。"),
        _ => null,
    };

    static ItineraryRow Row(WriteSession session, CaseRow row, NewStay stay, long seq, Guid? replaces) => new(stay)
    {
        Owner = row.Owner,
        Id = session.NewId(),
        CaseId = row.Id,
        Seq = seq,
        Replaces = replaces,
        At = session.Now,
        Actor = session.Actor.ToString(),
    };
}
