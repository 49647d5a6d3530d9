using System.Globalization;
using Qipan.Contracts;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// The one place that changes a case: what was before and what is now of every field that counts, who, when and why, and the news that
/// others have to hear. Nothing else writes <c>case_record</c>.
/// </summary>
static class CaseHistory
{
    static readonly (string Field, Func<CaseRow, string?> Value)[] Counted =
    [
        ("class", r => Words.Of(r.Class)),
        ("severity", r => Words.Of(r.Severity)),
        ("clinical", r => Words.Of(r.Clinical)),
        ("onset", r => Day(r.Onset)),
        ("onset_about", r => r.OnsetAbout ? "1" : "0"),
        ("first_positive_at", r => Time(r.FirstPositiveAt)),
        ("found_at", r => Time(r.FoundAt)),
        ("report_at", r => Time(r.ReportAt)),
        ("reviewed_at", r => Time(r.ReviewedAt)),
        ("isolated_at", r => Time(r.IsolatedAt)),
        ("outcome", r => Words.Of(r.Outcome)),
        ("outcome_on", r => Day(r.OutcomeOn)),
        ("death_on", r => Day(r.DeathOn)),
        ("discovery", r => Words.Of(r.Discovery)),
        ("origin", r => Words.Of(r.Origin)),
        ("report_region", r => r.ReportRegion),
        ("onset_region", r => r.OnsetRegion),
        ("current_region", r => r.CurrentRegion),
        ("cluster", r => r.Cluster?.ToString("N")),
        ("contacts_asked_at", r => Time(r.ContactsAskedAt)),
        ("source_state", r => Words.Of(r.SourceState)),
        ("source_reason", r => r.SourceReason),
        ("investigation", r => Words.Of(r.Investigation)),
        ("flags", r => r.Flags),
        ("person", r => r.Person.ToString("N")),
        ("outside_no", r => r.OutsideNo),
        ("custody", r => r.Custody),
    ];

    /// <summary>The fields whose history is kept.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Counted.Select(c => c.Field)];

    /// <summary>
    /// Writes the new rows and their history, and tells what follows from them. Rows in which nothing that counts differs are left alone.
    /// Returns the changes by case; each is evidence.
    /// </summary>
    public static List<CaseChangeRow> Change(WriteSession session, IReadOnlyCollection<(CaseRow Before, CaseRow After)> changes, string? reason)
    {
        var rows = new List<CaseRow>();
        var history = new List<CaseChangeRow>();
        foreach (var (before, after) in changes)
        {
            var next = after with { Version = before.Version + 1 };
            var fields = Between(session, before, next, reason);
            if (fields.Count == 0)
                continue;
            rows.Add(next);
            history.AddRange(fields);
            Tell(session, before, next);
        }
        session.Update(CaseRow.Rows, rows);
        session.Insert(CaseChangeRow.Rows, history);
        return history;
    }

    /// <summary>As the other for one case.</summary>
    public static List<CaseChangeRow> Change(WriteSession session, CaseRow before, CaseRow after, string? reason) =>
        Change(session, [(before, after)], reason);

    /// <summary>The first lines of new cases: what each was opened as.</summary>
    public static ILookup<Guid, CaseChangeRow> Begin(WriteSession session, IReadOnlyCollection<CaseRow> rows)
    {
        var lines = new List<CaseChangeRow>(rows.Count * Counted.Length);
        var actor = session.Actor.ToString();
        foreach (var row in rows)
            for (var place = 0; place < Counted.Length; place++)
                if (Counted[place].Value(row) is { Length: > 0 } value)
                    lines.Add(new CaseChangeRow
                    {
                        Owner = row.Owner,
                        CaseId = row.Id,
                        Seq = (row.Version * 1000) + place,
                        At = session.Now,
                        Actor = actor,
                        Field = Counted[place].Field,
                        NewValue = value,
                    });
        session.Insert(CaseRow.Rows, rows);
        session.Insert(CaseChangeRow.Rows, lines);
        return lines.ToLookup(l => l.CaseId);
    }

    /// <summary>Everything that a case was, oldest first.</summary>
    public static List<CaseChangeRow> Of(Session session, string owner, Guid id) => session.Query<CaseChangeRow>(
        "SELECT * FROM case_change WHERE owner = @owner AND case_id = @id ORDER BY seq", new { owner, id });

    static List<CaseChangeRow> Between(WriteSession session, CaseRow before, CaseRow after, string? reason) =>
    [
        .. Counted.Select((c, place) => (c.Field, Old: c.Value(before), New: c.Value(after), Seq: (after.Version * 1000) + place))
            .Where(c => c.Old != c.New)
            .Select(c => Line(session, after, c.Seq, c.Field, c.Old, c.New, reason)),
    ];

    static CaseChangeRow Line(WriteSession session, CaseRow row, long seq, string field, string? old, string? now, string? reason) => new()
    {
        Owner = row.Owner,
        CaseId = row.Id,
        Seq = seq,
        At = session.Now,
        Actor = session.Actor.ToString(),
        Field = field,
        OldValue = old,
        NewValue = now,
        Reason = reason,
    };

    static void Tell(WriteSession session, CaseRow before, CaseRow after)
    {
        if (before.Class != after.Class)
            session.Publish(after.Owner, new CaseReclassified(after.Id, after.Person, Words.Of(before.Class), Words.Of(after.Class)));
        if (before.Onset != after.Onset)
            session.Publish(after.Owner, new OnsetCorrected(after.Id, before.Onset, after.Onset));
        if (after.IsolatedAt is { } at && before.IsolatedAt != at)
            session.Publish(after.Owner, new CaseIsolated(after.Id, at));
    }

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Names of enum members as they stand in the history, in events and on the wire.</summary>
static class Words
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Known<TEnum>.Names.TryGetValue(value, out var name) ? name : Snake(value.ToString());

    static string Snake(string pascal) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(pascal);

    static class Known<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>().ToDictionary(v => v, v => Snake(v.ToString()));
    }
}
