using System.Security.Cryptography;
using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// The duties to decide whether two rows of the register are one person 查重判定: opened when a likely pair is parked, done when somebody has decided or a merge
/// made the two one anyhow, and open again when that merge is undone. Their subject is the pair and not a person, so that a merge does not move them.
/// </summary>
static class PairDuties
{
    /// <summary>Evidence and basis of a pair; the id holds both persons.</summary>
    public const string Pair = "duplicate_pair";

    /// <summary>Evidence: a merge after which the two are one.</summary>
    public const string OnePerson = "one_person";

    /// <summary>Opens those that are still to be decided.</summary>
    public static void Open(WriteSession session, DutiesSettings settings, string owner, IReadOnlyCollection<ParkedPair> pairs)
    {
        var asked = pairs.Where(p => p.Score >= settings.DecidePairsFrom).Select(p => BasisOf(p.PersonA, p.PersonB)).ToHashSet(StringComparer.Ordinal);
        var persons = PersonDirectory.Current(session, [.. pairs.SelectMany(p => new[] { p.PersonA, p.PersonB }).Distinct()]);
        var open = Each(session, owner, pairs.Select(p => p.PersonB).Distinct())
            .Where(p => p.Open && asked.Contains(BasisOf(p.PersonA, p.PersonB)) && persons[p.PersonA].Id != persons[p.PersonB].Id).ToList();
        var units = UnitDirectory.ResponsibleForAll(session, UnitKind.StreetOffice, [.. open.Select(p => p.Residence).Distinct()]);
        Ledger.Open(session, open.ConvertAll(p => new NewDuty
        {
            Owner = owner,
            Kind = DutyKind.DecideDuplicate,
            Subject = SubjectOf(p.PersonA, p.PersonB),
            Basis = new Ref(Pair, BasisOf(p.PersonA, p.PersonB)),
            Area = p.Residence,
            OwnerUnit = units[p.Residence],
            DueAt = p.FoundAt + settings.DecidePairsWithin,
            Note = p.Reasons,
        }));
    }

    /// <summary>Somebody has decided, whichever of the two was named first.</summary>
    public static void Decided(WriteSession session, string owner, Guid a, Guid b) =>
        End(session, Each(session, owner, [a, b]).Where(p => !p.Open && p.IsOf(a, b)), p => new Ref(Pair, BasisOf(p.PersonA, p.PersonB)));

    /// <summary>After a merge: pairs that are one person now need nobody to decide. When it is undone, they do again.</summary>
    public static void Joined(WriteSession session, PersonMove move)
    {
        var evidence = new Ref(OnePerson, move.Merge);
        var all = PersonDirectory.AllOf(session, [move.Loser, move.Survivor]).ToHashSet();
        foreach (var county in PersonDirectory.ByIds(session, all).Values.GroupBy(p => p.Owner))
            if (move.Back)
                Ledger.EvidenceFellFrom(session, """
                    SELECT DISTINCT owner, evidence_kind, evidence_id FROM duty WHERE owner = @owner AND evidence_kind = @Kind AND evidence_id = @Id AND state = 1
                    """, new { owner = county.Key, evidence.Kind, evidence.Id });
            else
                End(session, Each(session, county.Key, county.Select(p => p.Id)).Where(p => p.Open && all.Contains(p.PersonA)), _ => evidence, onlyOpen: true);
    }

    /// <summary>A pair of a low score has no duty.</summary>
    static void End(WriteSession session, IEnumerable<ParkedRow> pairs, Func<ParkedRow, Ref> evidence, bool onlyOpen = false)
    {
        foreach (var pair in pairs)
            if (KeyOf(pair) is var key && session.One<DutyState?>("SELECT state FROM duty WHERE owner = @Owner AND kind = @Kind AND basis_id = @Basis AND subject_id = @Subject",
                new { key.Owner, key.Kind, key.Basis, key.Subject }) is { } state && (!onlyOpen || state == DutyState.Open))
                Ledger.Done(session, [key], evidence(pair));
    }

    static List<ParkedRow> Each(Session session, string owner, IEnumerable<Guid> later) => session.Each<ParkedRow>("""
        SELECT d.owner, d.person_a, d.person_b, d.state, d.reasons, d.found_at, p.residence FROM duplicate_pair d JOIN person p ON p.id = d.person_b
        WHERE d.owner = @owner AND d.person_b = @key
        """, later, new { owner });

    static DutyKey KeyOf(ParkedRow pair) =>
        new(pair.Owner, DutyKind.DecideDuplicate, BasisOf(pair.PersonA, pair.PersonB), SubjectOf(pair.PersonA, pair.PersonB));

    static string BasisOf(Guid a, Guid b) => $"{a:N}.{b:N}";

    static Guid SubjectOf(Guid a, Guid b)
    {
        Span<byte> both = stackalloc byte[32];
        a.TryWriteBytes(both);
        b.TryWriteBytes(both[16..]);
        return new Guid(SHA256.HashData(both).AsSpan(0, 16));
    }

    sealed class ParkedRow
    {
        public string Owner { get; init; } = "";

        public Guid PersonA { get; init; }

        public Guid PersonB { get; init; }

        public PairState State { get; init; }

        public string Reasons { get; init; } = "";

        public DateTimeOffset FoundAt { get; init; }

        public string Residence { get; init; } = "";

        public bool Open => State == PairState.Open;

        public bool IsOf(Guid a, Guid b) => (PersonA, PersonB) == (a, b) || (PersonA, PersonB) == (b, a);
    }
}
