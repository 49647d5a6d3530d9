using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Duties to sample the members of lost, rejected or doubled tubes again, singly. They stand on the discrepancy of the tube, in the
/// county that sampled it.
/// </summary>
static class ResampleDuties
{
    /// <summary>The kinds of disagreement after which a tube says nothing of its members.</summary>
    public static bool Asks(string kind) => kind is DiscrepancyKinds.CodeConflict or DiscrepancyKinds.TubeMissing or DiscrepancyKinds.TubeRejected;

    /// <summary>
    /// One duty for every standing member of these tubes. Who was voided since need not come again; who stands again must.
    /// </summary>
    public static void Settle(
        WriteSession session, string owner, IReadOnlyCollection<(DiscrepancyId Discrepancy, Guid Tube, string Why)> tubes, SamplingSettings settings)
    {
        var members = Members.OfTubes(session, owner, [.. tubes.Select(t => t.Tube)]);
        foreach (var (discrepancy, tube, _) in tubes)
        {
            var args = new
            {
                owner,
                basis = discrepancy.Value.ToString("N"),
                standing = session.Keys(members.Where(m => m.Tube.Value == tube).Select(m => m.Person.Value).Distinct()),
            };
            const string Duties = "SELECT owner, kind, basis_id, subject_id FROM duty WHERE owner = @owner AND kind = 5 AND basis_id = @basis";
            Ledger.ReinstateFrom(session, $"{Duties} AND state = 3 AND subject_id {session.InIds("standing")}", args);
            _ = Ledger.WithdrawFrom(session, $"{Duties} AND state = 0 AND NOT subject_id {session.InIds("standing")}", args, "voided").Value;
        }
        Open(session, owner, tubes, members, settings);
    }

    /// <summary>The tube speaks for its members again.</summary>
    public static void Withdraw(WriteSession session, string owner, DiscrepancyId discrepancy, string reason) => _ = Ledger.WithdrawFrom(session,
        "SELECT owner, kind, basis_id, subject_id FROM duty WHERE owner = @owner AND kind = 5 AND basis_id = @basis AND state = 0",
        new { owner, basis = discrepancy.Value.ToString("N") }, reason).Value;

    static void Open(WriteSession session, string owner, IReadOnlyCollection<(DiscrepancyId Discrepancy, Guid Tube, string Why)> tubes,
        List<Registration> members, SamplingSettings settings)
    {
        if (members.Count == 0)
            return;
        var persons = PersonDirectory.ByIds(session, [.. members.Select(m => m.Person.Value).Distinct()]);
        var rounds = Rounds.ByIds(session, owner, [.. members.Select(m => m.Round?.Value).OfType<Guid>().Distinct()]).ToDictionary(r => r.Id);
        var areas = members.Select(m => AreaOf(m)).Distinct().ToList();
        var teams = UnitDirectory.ResponsibleForAll(session, UnitKind.SamplingTeam, areas);
        var byTube = members.ToLookup(m => m.Tube.Value);
        Ledger.Open(session, [.. tubes.SelectMany(t => byTube[t.Tube].Select(m => Of(t.Discrepancy, t.Why, m))).DistinctBy(d => (d.Basis, d.Subject))]);

        string AreaOf(Registration member) =>
            persons.TryGetValue(member.Person.Value, out var person) && person.Residence.Length > 0 ? person.Residence : owner;

        NewDuty Of(DiscrepancyId discrepancy, string why, Registration member)
        {
            var round = member.Round is { } id ? rounds.GetValueOrDefault(id) : null;
            return new NewDuty
            {
                Owner = owner,
                Kind = DutyKind.ResampleMember,
                Subject = member.Person.Value,
                Basis = new Ref("discrepancy", discrepancy.Value),
                Protocol = round?.Protocol,
                Area = AreaOf(member),
                AgeBand = AgeBands.Of(persons.GetValueOrDefault(member.Person.Value)?.Birth, LocalDays.China.DateOf(session.Now)),
                OwnerUnit = teams[AreaOf(member)],
                DueAt = session.Now.AddHours(round?.ResampleDueHours ?? settings.ResampleHours),
                Priority = 1,
                Note = why,
            };
        }
    }
}
