using System.Text;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Samples, antigen tests, rosters' guests and discrepancies about a person follow when the person turns out to be another. Who was in two tubes of a
/// round under two ids counts once from then on (INV-01).
/// </summary>
sealed class SamplingHolding(Keyring keyring) : IHoldsPersons
{
    /// <summary>Duties to settle what was found about a person: their basis is that person.</summary>
    const string OfDiscrepancies = "subject_id IN (SELECT y.id FROM discrepancy y WHERE y.subject_id IN (@a, @b))";

    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("registration", "person", "owner", "tube", "id") { County = "person_owner" },
        new("antigen", "person", "owner", "id") { County = "person_owner" },
        new("round_guest", "person", "round", "person") { BothHave = MergeIssues.GuestsOfOneRound },
        new("duty", "basis_id", "owner", "kind", "basis_id", "subject_id") { Found = $"basis_kind = 'person' AND {OfDiscrepancies}", Special = true },
        new("duty_evidence", "basis_id", "owner", "kind", "basis_id", "subject_id", "evidence_kind", "evidence_id")
        {
            Found = $"{OfDiscrepancies} AND basis_id IN (@hexA, @hexB)",
            Special = true,
            Derived = true,
        },
        new("discrepancy", "subject_id", "owner", "id") { Where = "subject_kind = 'person'" },
    ];

    public void Move(WriteSession session, PersonMove move)
    {
        var args = new { move.Loser, move.Survivor, move.SurvivorOwner, from = move.Loser.ToString("N"), to = move.Survivor.ToString("N") };
        foreach (var round in session.Query<Guid>("""
            SELECT DISTINCT a.round FROM registration a JOIN registration b ON b.person = @Survivor AND b.round = a.round AND b.state <> 3
            WHERE a.person = @Loser AND a.state <> 3
            """, args))
            move.Raise(MergeIssues.TwoTubes, new Ref("round", round));
        foreach (var table in new[] { "duty", "duty_evidence" })
            session.Execute($"UPDATE {table} SET basis_id = @to WHERE basis_id = @from AND subject_id IN (SELECT y.id FROM discrepancy y WHERE y.subject_id = @Loser)", args);
        PersonMoves.Follow(session, move, Columns);
        // Whose duty stands in a county that is not the one of the register is on that county's roster by name.
        session.Execute($"""
            INSERT INTO round_guest (round, person, owner)
            SELECT n.id, @Survivor, d.owner FROM duty d JOIN round n ON n.owner = d.owner AND {Dialect.Hex(session, "n.id")} = d.basis_id
            WHERE d.subject_id = @Survivor AND d.kind = 1 AND d.state <> 3 AND d.owner <> @SurvivorOwner ON CONFLICT DO NOTHING
            """, args);
    }

    /// <summary>A sample goes back to whom its fact names, by id or by document.</summary>
    public void Return(WriteSession session, PersonMove move, DateTimeOffset since)
    {
        var all = PersonDirectory.AllOf(session, [move.Loser]).ToHashSet();
        var payloads = new FactPayloads(keyring);
        foreach (var (table, kind) in new[] { ("registration", "sample_registered"), ("antigen", "antigen_read") })
            foreach (var row in session.Query<Arrived>(
                $"SELECT r.owner, r.id FROM {table} r JOIN fact f ON f.owner = r.owner AND f.id = r.id WHERE r.person = @Survivor AND f.received_at >= @since ORDER BY r.id",
                new { move.Survivor, since }))
                if (Named(session, payloads, kind, row) is { } named && all.Contains(named))
                    session.Execute($"UPDATE {table} SET person = @Loser, person_owner = @LoserOwner WHERE owner = @Owner AND id = @Id AND person = @Survivor",
                        new { move.Loser, LoserOwner = move.Owner, row.Owner, row.Id, move.Survivor });
    }

    /// <summary>The row of the register that the fact means, before any following.</summary>
    Guid? Named(Session session, FactPayloads payloads, string kind, Arrived row)
    {
        if (SentFacts.Of(session, keyring, row.Owner, row.Id) is not { } sent
            || payloads.Read(kind, Encoding.UTF8.GetBytes(sent.GetRawText())) is not { Ok: true } read)
            return null;
        var who = read.Value switch { Sampling s => s.Who, AntigenReading a => a.Who, _ => null };
        return who?.DocumentKey is { } key && PersonDirectory.ByDocuments(session, [key]).TryGetValue(key, out var holder) ? holder.Id : who?.IfUnknown.Id;
    }

    public void Balance(WriteSession session, PersonMove move, HeldRows before, HeldRows after)
    {
        Sampled(session, before, after);
        session.Execute("""
            UPDATE registration SET duplicate = CASE WHEN state <> 3 AND (SELECT count(*) FROM registration n WHERE n.person = registration.person
              AND n.round = registration.round AND n.owner = registration.owner AND n.state <> 3) > 1 THEN 1 ELSE 0 END
            WHERE person IN (@Loser, @Survivor) AND round IS NOT NULL
            """, new { move.Loser, move.Survivor });
        foreach (var (owner, tube) in after.Of("registration").Select(r => (r["owner"]!, r.Id("tube"))).Distinct())
            session.Execute("""
                UPDATE tube SET count = (SELECT count(DISTINCT r.person) FROM registration r WHERE r.owner = @owner AND r.tube = @tube AND r.state <> 3)
                WHERE owner = @owner AND id = @tube
                """, new { owner, tube });
    }

    /// <summary>Persons sampled, by round and community, move by the difference: the first standing sample of a person decides where they count.</summary>
    static void Sampled(WriteSession session, HeldRows before, HeldRows after)
    {
        var by = new Dictionary<(string Owner, Guid Round, string Area), int>();
        void Count(HeldRows rows, int many)
        {
            foreach (var own in rows.Of("registration").Where(r => r["round"] is not null && r["state"] != "3").GroupBy(r => (r["owner"], r["round"], r["person"])))
            {
                var first = own.MinBy(r => r["id"], StringComparer.Ordinal);
                var key = (own.Key.Item1!, first.Id("round"), first["area"]!);
                by[key] = by.GetValueOrDefault(key) + many;
            }
        }

        Count(before, -1);
        Count(after, 1);
        foreach (var ((owner, round, area), many) in by)
            if (many != 0)
                RoundSampled.Add(session, owner, round, area, many);
    }

    sealed class Arrived
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }
    }
}
