using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The persons in tubes 混管成员: who is in which, and whether all of a person's tubes have spoken (INV-01).</summary>
public static class Members
{
    const string Columns = "r.owner, r.id, r.round, r.person, r.person_owner, r.tube, r.position, r.occurred_at, r.corrected_at, r.specimen, r.session, "
        + "r.device, r.id_method, r.scope_version, r.supplement, r.duplicate, r.state, r.void_reason, r.result_state, r.area";

    /// <summary>Everybody registered in these tubes and not voided, by tube and position.</summary>
    public static List<Registration> OfTubes(Session session, string owner, IReadOnlyCollection<Guid> tubes) => tubes.Count == 0 ? [] : session.Query<Registration>(
        $"SELECT {Columns} FROM registration r WHERE r.tube {session.InIds("tubes")} AND r.owner = @owner AND r.state <> 3 ORDER BY r.tube, r.position, r.id",
        new { owner, tubes = session.Keys(tubes) });

    /// <summary>All registrations of a person, the newest first, voided ones too; in any county.</summary>
    public static List<Registration> OfPerson(Session session, Guid person) => session.Query<Registration>(
        $"SELECT {Columns} FROM registration r WHERE r.person = @person ORDER BY r.corrected_at DESC, r.id", new { person });

    /// <summary>
    /// SQL for <c>Ledger.DoneFrom</c>: the duties to be tested in the round that are done now, for the members of some tubes.
    /// A member's is done when <b>all</b> of the member's own tubes of the round are negative (INV-01): one that is pending keeps the
    /// person pending, one that is held keeps the person held, whatever the others say. Yields
    /// <c>owner</c> (the county of the person's duty), <c>kind, basis_id, subject_id, evidence_kind, evidence_id</c>.
    /// </summary>
    /// <param name="session">Only for its dialect.</param>
    /// <param name="tubes">A select that yields <c>owner, tube, result</c>; the result becomes the evidence.</param>
    public static string WhoseTubesAreAllNegative(Session session, string tubes) => $"""
        SELECT r.person_owner AS owner, 1 AS kind, {Dialect.Hex(session, "r.round")} AS basis_id, r.person AS subject_id,
               'result' AS evidence_kind, min({Dialect.Hex(session, "x.result")}) AS evidence_id
        FROM ({tubes}) x JOIN registration r ON r.tube = x.tube AND r.owner = x.owner
        WHERE r.state <> 3 AND r.round IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM registration o WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state <> 1)
        GROUP BY r.person_owner, r.round, r.person
        """;

    /// <summary>
    /// The same for persons whose tubes are all resulted and of which at least one is held: yields
    /// <c>person_owner, person, round</c>. They are tested, and not covered.
    /// </summary>
    public static string WhoseTubesAreAllResultedAndOneHeld(string tubes) => $"""
        SELECT r.person_owner, r.person, r.round
        FROM ({tubes}) x JOIN registration r ON r.tube = x.tube AND r.owner = x.owner
        WHERE r.state <> 3 AND r.round IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM registration o WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state = 0)
          AND EXISTS (SELECT 1 FROM registration o WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state = 2)
        GROUP BY r.person_owner, r.person, r.round
        """;
}

/// <summary>The few places where the two stores differ.</summary>
static class Dialect
{
    /// <summary>A text column compared byte by byte, so that a place's subtree is one range.</summary>
    public static string Bytes(Session session, string column) => session.Kind == StoreKind.Sqlite ? column : $"{column} COLLATE \"C\"";

    /// <summary>An id column as 32 lower-case hex digits.</summary>
    public static string Hex(Session session, string column) =>
        session.Kind == StoreKind.Sqlite ? $"lower(hex({column}))" : $"replace(({column})::text, '-', '')";
}
