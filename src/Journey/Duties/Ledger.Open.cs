using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// The ledger of duties 任务台账. Every change goes through here: it is set-wise, keeps the counters in the same transaction and
/// leaves one trail line per act and county. Nothing deletes a duty; it ends by evidence, by a waiver with a reason and a name, or
/// because its basis fell. What was sent already changes nothing. To be called inside a unit that names every county concerned.
/// </summary>
public static partial class Ledger
{
    const string NewColumns = """
        owner, kind, basis_id, subject_id, subject_kind, basis_kind, protocol, area, age_band, owner_unit, due_at, priority, note
        """;

    /// <summary>
    /// Opens duties and returns how many are new. A key that is there already is left as it is, in whatever state; so is every
    /// duty whose basis fell (<see cref="Withdraw"/>). One that evidence was given for before is opened and done at once.
    /// </summary>
    public static int Open(WriteSession session, IReadOnlyCollection<NewDuty> duties)
    {
        if (duties.Count == 0)
            return 0;
        LedgerWork.Ready(session, "duty_new");
        session.Insert(NewDuty.Rows, duties);
        return OpenChosen(session, $"SELECT {NewColumns} FROM duty_new", new { now = session.Now }, "@now");
    }

    /// <summary>As <see cref="Open"/> for as many as a query finds; cut a million into units of 20,000.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">
    /// A SELECT that names its columns: owner, kind, basis_id, subject_id (uuid), subject_kind, basis_kind, protocol, area, age_band,
    /// owner_unit (uuid), due_at (Unix ms), priority, note; in any order. One that walks along the owner and the subject is fastest.
    /// </param>
    /// <param name="args">Its arguments.</param>
    public static int OpenFrom(WriteSession session, string selectSql, object? args = null)
    {
        LedgerWork.Make(session);
        return OpenChosen(session, selectSql, args, Milliseconds(session.Now));
    }

    static string Milliseconds(DateTimeOffset instant) =>
        instant.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    static int OpenChosen(WriteSession session, string selectSql, object? args, string now)
    {
        var delta = new LedgerDelta();
        delta.Add(session.Stream<Written>($"""
            INSERT INTO duty ({NewColumns}, opened_at, state, escalation)
            SELECT {NewColumns}, {now}, 0, 0 FROM ({selectSql}) AS chosen WHERE NOT EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = chosen.owner AND f.role = 1 AND f.fact_kind = chosen.basis_kind AND f.fact_id = chosen.basis_id)
            ON CONFLICT (owner, kind, basis_id, subject_id) DO NOTHING RETURNING {Written.Columns}
            """, args), open: 1);
        if (delta.Misplaced is { } stray)
            throw new ArgumentException($"A duty of {stray.Owner} has a place in another county, where no list would find it.");
        delta.Write(session);
        EndAtOnce(session, delta);
        foreach (var part in delta.Parts)
        {
            var opener = delta.BasisOf(part.Owner) is not { } basis ? null : session.One<Opener>(
                "SELECT basis_kind AS kind, basis_id AS id, protocol FROM duty WHERE owner = @Owner AND kind = @kind AND basis_id = @basis LIMIT 1",
                new { part.Owner, kind = basis.Kind, basis = basis.Basis });
            TrailOfOpening(session, part, opener);
        }
        return delta.Many;
    }

    /// <summary>Facts come in any order: what was shown before the duty was opened ends it now.</summary>
    static void EndAtOnce(WriteSession session, LedgerDelta delta)
    {
        if (delta.Many == 0 || !delta.MayBeShown(session))
            return;
        session.Execute("DELETE FROM duty_claim");
        var shown = session.Execute($"""
            INSERT INTO duty_claim ({ClaimColumns}) {Earliest($"""
                FROM (SELECT DISTINCT owner, kind, basis_id FROM duty_delta) b CROSS JOIN duty_evidence m CROSS JOIN duty d
                WHERE m.owner = b.owner AND m.kind = b.kind AND m.basis_id = b.basis_id AND m.standing = 1 AND d.state = 0
                  AND {LedgerWork.SameDuty}
                """)}
            """);
        if (shown > 0)
            DoneLaid(session, shown, trail: true);
    }

    static void TrailOfOpening(WriteSession session, LedgerPart part, Opener? opener)
    {
        var basis = opener is null ? (Ref?)null : new Ref(opener.Kind, opener.Id);
        var subject = part.Only is { } only ? only.Ref : basis ?? new Ref("ledger", part.Owner);
        session.Trail(part.Owner, "open_duties", subject, basis, opener?.Protocol,
            new { opened = part.Many, kind = part.Kind is { } kind ? DutyKinds.Of(kind).Name : "several" });
    }

    sealed class Opener
    {
        public string Kind { get; init; } = "";

        public string Id { get; init; } = "";

        public string? Protocol { get; init; }
    }
}
