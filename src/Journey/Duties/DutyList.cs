using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>A duty as listed. Its subject is an id; who it is, the registers tell those who may see it.</summary>
public sealed class DutyLine
{
    public string Owner { get; init; } = "";

    public DutyKind Kind { get; init; }

    public string BasisKind { get; init; } = "";

    public string BasisId { get; init; } = "";

    public string SubjectKind { get; init; } = "";

    public Guid SubjectId { get; init; }

    /// <summary>id@version.</summary>
    public string? Protocol { get; init; }

    public string Area { get; init; } = "";

    public AgeBand AgeBand { get; init; }

    /// <summary>Who has to do it now.</summary>
    public Guid OwnerUnit { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DutyState State { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>An actor's id.</summary>
    public string? EndedBy { get; init; }

    public string? EvidenceKind { get; init; }

    public string? EvidenceId { get; init; }

    public string? Reason { get; init; }

    public int Priority { get; init; }

    /// <summary>How many levels it has moved up because it was overdue.</summary>
    public int Escalation { get; init; }

    public string? Note { get; init; }

    [JsonIgnore]
    public DutyKey Key => new(Owner, Kind, BasisId, SubjectId);

    /// <summary>kind.basis.subject.</summary>
    public string Id => Key.Id;
}

/// <summary>A page of a list, and where the next begins; null at the end.</summary>
public sealed record DutyPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Lists of duties by key pages: a page costs the same wherever it stands.</summary>
public static class DutyList
{
    /// <summary>The most that one page holds.</summary>
    public const int MostOnAPage = 200;

    /// <summary>
    /// A page of the duties that the filter names, county by county. Within a county: of a subject by kind and basis; the open ones of a
    /// round, of a kind or of a basis by place; other open ones by deadline; ended ones by kind, basis and subject. A list by deadline
    /// (of a unit, of what is late, of everything) holds the test duties of a round once they have moved up: before, there is one for
    /// every person, and they are listed by naming their kind or round. What was done of some days (state, both ends) holds no test duties of rounds.
    /// </summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="filter">Which.</param>
    /// <param name="now">What counts as overdue.</param>
    /// <param name="after">The <see cref="DutyPage{T}.Next"/> of the page before; null for the first. A mark that is none is the first.</param>
    /// <param name="take">1 to 200.</param>
    public static DutyPage<DutyLine> Page(Session session, DutyFilter filter, DateTimeOffset now, string? after = null, int take = MostOnAPage)
    {
        take = Math.Clamp(take, 1, MostOnAPage);
        var order = Order(filter);
        var mark = Mark.Read(after, order.Length + 1);
        var lines = new List<DutyLine>(take + 1);
        foreach (var owner in Within.Owners(session, filter.Territory))
        {
            if (mark is not null && string.CompareOrdinal(owner, mark[0]) < 0)
                continue;
            var begun = mark is not null && owner == mark[0] ? mark : null;
            lines.AddRange(session.Query<DutyLine>(Sql(filter, order, begun), new
            {
                owner,
                now,
                kind = filter.Kind is { } kind ? (short)kind : (short)0,
                filter.Basis,
                filter.Subject,
                filter.Unit,
                filter.DueFrom,
                filter.DueBefore,
                state = (short)(filter.State ?? DutyState.Open),
                territory = filter.Territory,
                beyond = Within.Beyond(filter.Territory),
                take = take + 1 - lines.Count,
                after_area = Text(order, begun, "area"),
                after_basis = Text(order, begun, "basis_id"),
                after_subject = Guid.TryParse(Text(order, begun, "subject_id"), out var subject) ? subject : Guid.Empty,
                after_due = Number(order, begun, "due_at"),
                after_kind = Number(order, begun, "kind"),
            }));
            if (lines.Count > take)
                break;
        }
        if (lines.Count <= take)
            return new DutyPage<DutyLine>(lines, null);
        lines.RemoveAt(take);
        return new DutyPage<DutyLine>(lines, Mark.Write([lines[^1].Owner, .. order.Select(column => Value(lines[^1], column))]));
    }

    /// <summary>One duty, or null.</summary>
    public static DutyLine? One(Session session, DutyKey key) => session.One<DutyLine>(
        "SELECT * FROM duty WHERE owner = @Owner AND kind = @Kind AND basis_id = @Basis AND subject_id = @Subject",
        new { key.Owner, key.Kind, key.Basis, key.Subject });

    static bool OnlyOpen(DutyFilter filter) => filter.Late || (filter.State ?? (filter.Subject is null ? DutyState.Open : null)) == DutyState.Open;

    /// <summary>The order that an index has, so that a page is a walk along it.</summary>
    static string[] Order(DutyFilter filter) =>
        filter.Subject is not null || !OnlyOpen(filter) ? ["kind", "basis_id", "subject_id"]
        : ByDeadline(filter) ? ["due_at", "kind", "basis_id", "subject_id"]
        : ["kind", "basis_id", "area", "subject_id"];

    static bool ByDeadline(DutyFilter filter) => filter.Basis is null && filter.Kind != DutyKind.TestInRound
        && (filter.Unit is not null || filter.Late || filter.DueBefore is not null || filter.Kind is null);

    static string Sql(DutyFilter filter, string[] order, string[]? begun)
    {
        var sql = new StringBuilder("SELECT * FROM duty WHERE owner = @owner");
        if (filter.Kind is not null)
            sql.Append(" AND kind = @kind");
        else if (order[0] == "kind")
            sql.Append(CultureInfo.InvariantCulture, $" AND kind IN ({DutyKinds.Numbers})");
        if (filter.Basis is not null)
            sql.Append(" AND basis_id = @Basis");
        if (filter.Subject is not null)
            sql.Append(" AND subject_id = @Subject");
        if (filter.Unit is not null)
            sql.Append(" AND owner_unit = @Unit");
        if (OnlyOpen(filter))
            sql.Append(" AND state = 0");
        else if (filter.State is { } state)
            sql.Append(CultureInfo.InvariantCulture, $" AND state = {(int)state}{(state >= DutyState.Waived ? " AND state >= 2" : "")}");
        if (order[0] == "due_at")
            sql.Append(" AND (kind <> 1 OR escalation > 0)");
        if (filter.Late)
            sql.Append(" AND due_at < @now");
        if (filter.DueFrom is not null)
            sql.Append(" AND due_at >= @DueFrom");
        if (filter.DueBefore is not null)
            sql.Append(" AND due_at < @DueBefore");
        // What was done of a day is found by the counters, which have an order by deadline: the ledger keeps one of what is open alone.
        if (filter is { State: DutyState.Done, DueFrom: not null, DueBefore: not null })
            sql.Append(" AND (kind, basis_id) IN (SELECT kind, basis_id FROM duty_count WHERE owner = @owner AND kind > 1 AND due_at >= @DueFrom AND due_at < @DueBefore AND done > 0)");
        sql.Append(" AND ").Append(Within.Area(filter.Territory, "area"));
        if (begun is not null)
            sql.Append(CultureInfo.InvariantCulture, $" AND ({string.Join(", ", order)}) > ({string.Join(", ", order.Select(Parameter))})");
        return sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {string.Join(", ", order)} LIMIT @take").ToString();
    }

    static string Parameter(string column) => column switch
    {
        "area" => "@after_area",
        "basis_id" => "@after_basis",
        "subject_id" => "@after_subject",
        "due_at" => "@after_due",
        _ => "@after_kind",
    };

    static string Value(DutyLine line, string column) => column switch
    {
        "area" => line.Area,
        "basis_id" => line.BasisId,
        "subject_id" => line.SubjectId.ToString("N"),
        "due_at" => line.DueAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        _ => ((int)line.Kind).ToString(CultureInfo.InvariantCulture),
    };

    static string Text(string[] order, string[]? begun, string column) =>
        begun is not null && Array.IndexOf(order, column) is >= 0 and var at ? begun[at + 1] : "";

    static long Number(string[] order, string[]? begun, string column) =>
        long.TryParse(Text(order, begun, column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>Where a page ended, as one opaque word of an address.</summary>
static class Mark
{
    public static string Write(IEnumerable<string> parts) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>Null for no mark, and for one that this list did not give.</summary>
    public static string[]? Read(string? mark, int parts)
    {
        if (string.IsNullOrEmpty(mark))
            return null;
        try
        {
            var read = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(mark)).Split('\n');
            return read.Length == parts ? read : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
