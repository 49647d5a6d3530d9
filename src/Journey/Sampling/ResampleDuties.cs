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

    /// <summary>One duty for every standing member; those that are there already change nothing. Returns how many are new.</summary>
    public static int Open(
        WriteSession session, string owner, IReadOnlyCollection<(DiscrepancyId Discrepancy, Guid Tube, string Why)> tubes, SamplingSettings settings)
    {
        var members = Members.OfTubes(session, owner, [.. tubes.Select(t => t.Tube)]);
        if (members.Count == 0)
            return 0;
        var persons = PersonDirectory.ByIds(session, [.. members.Select(m => m.Person.Value).Distinct()]);
        var rounds = Rounds.ByIds(session, owner, [.. members.Select(m => m.Round?.Value).OfType<Guid>().Distinct()]).ToDictionary(r => r.Id);
        var areas = members.Select(m => AreaOf(m)).Distinct().ToList();
        var teams = UnitDirectory.ResponsibleForAll(session, UnitKind.SamplingTeam, areas);
        var byTube = members.ToLookup(m => m.Tube.Value);
        return Ledger.Open(session, [.. tubes.SelectMany(t => byTube[t.Tube].Select(m => Of(t.Discrepancy, t.Why, m))).DistinctBy(d => (d.Basis, d.Subject))]);

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
