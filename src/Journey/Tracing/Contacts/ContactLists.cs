using System.Globalization;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A contact as listed: who it is, the registers tell those who may see it.</summary>
public sealed class ContactLine
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Person { get; init; }

    public string Area { get; init; } = "";

    public Guid IndexCase { get; init; }

    public Guid? IndexContact { get; init; }

    public int Ring { get; init; }

    public ContactKind Kind { get; init; }

    public string Situation { get; init; } = "";

    public DateTimeOffset FirstExposure { get; init; }

    public DateTimeOffset LastExposure { get; init; }

    public string Sources { get; init; } = "";

    public long Seconds { get; init; }

    public double Rating { get; init; }

    public ContactState State { get; init; }

    public string? Flag { get; init; }

    public string Protocol { get; init; } = "";

    public DateTimeOffset? ReleaseAt { get; init; }

    public Guid? Team { get; init; }

    /// <summary>Only where the list shows it.</summary>
    public string? Evidence { get; init; }

    public const string Columns = "owner, id, person, area, index_case, index_contact, ring, kind, situation, first_exposure, last_exposure, sources, seconds, "
        + "rating, state, flag, protocol, release_at, team";
}

/// <summary>A page of a list and where the next begins; null at the end.</summary>
public sealed record ContactPage(IReadOnlyList<ContactLine> Items, string? Next);

/// <summary>Which contacts of a territory are listed.</summary>
/// <param name="State">One state; null: under observation.</param>
/// <param name="Flagged">Only those that somebody has to look at again.</param>
sealed record ContactFilter(string Territory, ContactState? State = null, bool Flagged = false);

/// <summary>How many contacts of a case stand where.</summary>
public sealed class CaseCount
{
    public int Ring { get; init; }

    public ContactState State { get; init; }

    public long People { get; init; }
}

/// <summary>Lists of contacts by key pages: a page costs the same wherever it stands.</summary>
static class ContactLists
{
    public const int MostOnAPage = 200;

    /// <summary>The contacts of a case in one state, the likeliest first, with their evidence.</summary>
    public static ContactPage OfCase(Session session, Guid index, ContactState state, string? after, int take)
    {
        take = Math.Clamp(take, 1, MostOnAPage);
        var mark = after?.Split('_');
        double? rating = mark is [var text, _] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var r) ? r : null;
        var id = mark is [_, var hex] && Guid.TryParseExact(hex, "N", out var at) ? at : Guid.Empty;
        var rows = session.Query<ContactLine>($"""
            SELECT {ContactLine.Columns}, evidence FROM contact WHERE index_case = @index AND state = @state
            {(rating is null ? "" : "AND (rating, id) < (@rating, @id)")} ORDER BY rating DESC, id DESC LIMIT @more
            """, new { index, state = (short)state, rating, id, more = take + 1 });
        return Page(rows, take, last => string.Create(CultureInfo.InvariantCulture, $"{last.Rating:R}_{last.Id:N}"));
    }

    public static List<CaseCount> CountsOfCase(Session session, Guid index) => session.Query<CaseCount>(
        "SELECT ring, state, count(*) AS people FROM contact WHERE index_case = @index GROUP BY ring, state ORDER BY ring, state", new { index });

    /// <summary>
    /// Contacts in the custody of a territory: of one state by id, flagged ones by id, or those under observation by place. Only the caller's
    /// territories.
    /// </summary>
    public static ContactPage Of(Session session, Caller caller, ContactFilter filter, string? after, int take)
    {
        take = Math.Clamp(take, 1, MostOnAPage);
        if (!caller.May(Permission.DecideContacts, filter.Territory) && !caller.May(Permission.FollowContacts, filter.Territory))
            return new ContactPage([], null);
        var mark = after?.Split('_');
        var id = mark is [.., var hex] && Guid.TryParseExact(hex, "N", out var at) ? at : Guid.Empty;
        var area = mark is [var place, _] ? place : "";
        var (which, order) = filter switch
        {
            { Flagged: true } => ("substr(area, 1, 6) = @county AND flag IS NOT NULL AND id > @id", "id"),
            { State: not null } => ("substr(area, 1, 6) = @county AND state = @state AND id > @id", "id"),
            _ => ($"state IN ({ContactStates.ActiveNumbers}) AND (area, id) > (@area, @id)", "area, id"),
        };
        var rows = (filter is { Flagged: false, State: null } ? [""] : Counties(session, filter.Territory)).SelectMany(county => session.Query<ContactLine>($"""
            SELECT {ContactLine.Columns} FROM contact WHERE {which} AND area >= @territory AND area < @beyond ORDER BY {order} LIMIT @more
            """, new
        {
            county,
            state = (short?)filter.State,
            area,
            id,
            territory = filter.Territory,
            beyond = filter.Territory + (filter.Territory.Length <= 12 ? "~" : "/"),
            more = take + 1,
        })).ToList();
        if (order == "id")
            rows = [.. rows.OrderBy(r => r.Id.ToString("N"), StringComparer.Ordinal).Take(take + 1)];
        return Page(rows, take, last => order == "id" ? last.Id.ToString("N") : $"{last.Area}_{last.Id:N}");
    }

    /// <summary>The counties of a territory that have custody of anybody; walked from one to the next, so that many rows cost no more.</summary>
    static List<string> Counties(Session session, string territory) => territory.Length >= 6 ? [territory[..6]] : session.Query<string>("""
        WITH RECURSIVE county(code) AS (
          SELECT min(substr(area, 1, 6)) FROM contact WHERE substr(area, 1, 6) >= @territory
          UNION ALL SELECT (SELECT min(substr(area, 1, 6)) FROM contact WHERE substr(area, 1, 6) > county.code) FROM county WHERE county.code < @beyond)
        SELECT code FROM county WHERE code < @beyond
        """, new { territory, beyond = territory + "~" });

    static ContactPage Page(List<ContactLine> rows, int take, Func<ContactLine, string> mark)
    {
        if (rows.Count <= take)
            return new ContactPage(rows, null);
        rows.RemoveAt(take);
        return new ContactPage(rows, mark(rows[^1]));
    }
}
