using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Something that was done because of a result version that does not hold any more.</summary>
/// <param name="Action">duty_done, alert_raised, member_held, member_cleared, member_confirmed.</param>
/// <param name="SubjectKind">person or pool_alert.</param>
/// <param name="Undo">reopened: done by the program. review: a person decides.</param>
public sealed record ListedAction(string Action, string SubjectKind, string SubjectId, string Undo);

/// <summary>INV-12: every action taken under a version that fell is listed, before anything is undone.</summary>
static class ResultActions
{
    /// <param name="fallen">Yields <c>owner, id, tube</c> of the versions that fall.</param>
    public static void List(WriteSession session, string fallen, object args)
    {
        var now = session.Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        string Insert(string kind, string subject, string action, string undo, string from) => $"""
            INSERT INTO result_action (owner, result, subject_kind, subject_id, action, listed_at, undo)
            SELECT DISTINCT f.owner, f.id, '{kind}', {Hex.Of(session, subject)}, {action}, {now}, '{undo}' FROM ({fallen}) f {from}
            ON CONFLICT DO NOTHING
            """;
        session.Execute(Insert("person", "d.subject_id", "'duty_done'", "reopened", $"""
            JOIN registration r ON r.tube = f.tube AND r.owner = f.owner JOIN duty d ON d.owner = {RosterOwner.Of(session)} AND d.kind = 1
              AND d.basis_id = {Hex.Of(session, "r.round")} AND d.subject_id = r.person
            WHERE d.state = 1 AND d.evidence_id = {Hex.Of(session, "f.id")}
            """), args);
        session.Execute(Insert("pool_alert", "a.id", "'alert_raised'", "review", "JOIN pool_alert a ON a.tube = f.tube WHERE true"), args);
        session.Execute(Insert("person", "m.person", "'member_held'", "review",
            "JOIN pool_alert a ON a.tube = f.tube JOIN pool_alert_member m ON m.owner = a.owner AND m.alert = a.id WHERE m.held_at IS NOT NULL"), args);
        foreach (var own in new[] { "resample_tube", "resample2_tube" })
            session.Execute(Insert("person", "m.person", "CASE m.outcome WHEN 1 THEN 'member_cleared' ELSE 'member_confirmed' END", "review",
                $"JOIN pool_alert_member m ON m.{own} = f.tube WHERE m.outcome IN (1, 2)"), args);
        session.Execute(Insert("person", "m.person", "CASE m.outcome WHEN 1 THEN 'member_cleared' ELSE 'member_confirmed' END", "review",
            "JOIN pool_alert a ON a.tube = f.tube JOIN pool_alert_member m ON m.owner = a.owner AND m.alert = a.id WHERE m.outcome IN (1, 2)"), args);
    }

    public static List<ListedAction> Of(Session session, Guid result) => [.. session.Query<Row>(
        "SELECT action, subject_kind, subject_id, undo FROM result_action WHERE result = @result ORDER BY action, subject_id", new { result })
        .Select(r => new ListedAction(r.Action, r.SubjectKind, r.SubjectId, r.Undo))];

    sealed class Row
    {
        public string Action { get; init; } = "";

        public string SubjectKind { get; init; } = "";

        public string SubjectId { get; init; } = "";

        public string Undo { get; init; } = "";
    }
}
