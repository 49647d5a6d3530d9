using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    /// <summary>What speaks for a duty and stands, whether the duty was opened or not; the earliest first.</summary>
    public static List<Ref> StandingEvidence(Session session, DutyKey key) => session.Query<Noted>("""
            SELECT evidence_kind AS kind, evidence_id AS id FROM duty_evidence
            WHERE owner = @Owner AND kind = @Kind AND basis_id = @Basis AND subject_id = @Subject AND standing = 1 ORDER BY at, evidence_kind, evidence_id
            """, new { key.Owner, key.Kind, key.Basis, key.Subject })
        .ConvertAll(n => new Ref(n.Kind, n.Id));

    sealed class Noted
    {
        public string Kind { get; init; } = "";

        public string Id { get; init; } = "";
    }
}
