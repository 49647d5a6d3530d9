using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// INV-18: an antigen test never confirms a case. A positive one asks for a single tube; in a round of strategy B a negative one is
/// the test, unless the same person has a positive one in the round, whichever arrived first.
/// </summary>
static class AntigenDuties
{
    public static void Write(WriteSession session, Desk desk, SamplingSettings settings)
    {
        if (desk.Antigens.Count == 0)
            return;
        var positives = desk.Antigens.FindAll(a => a.Result == AntigenResult.Positive);
        Ledger.Open(session, Resamples(session, desk, positives, settings));
        var inB = desk.Antigens.FindAll(a => a.Round is { } round && desk.Rounds.TryGetValue(round, out var rules)
            && rules.Strategy == Strategy.AntigenThenSingle && a.PersonOwner == desk.Owner);
        if (inB.Count > 0)
            Tested(session, desk, inB);
    }

    static List<NewDuty> Resamples(WriteSession session, Desk desk, List<AntigenRow> positives, SamplingSettings settings)
    {
        if (positives.Count == 0)
            return [];
        var teams = UnitDirectory.ResponsibleForAll(session, UnitKind.SamplingTeam, [.. positives.Select(a => a.Area).Distinct()]);
        return positives.ConvertAll(a => new NewDuty
        {
            Owner = desk.Owner,
            Kind = DutyKind.ResampleMember,
            Subject = a.Person,
            Basis = new Ref("antigen", a.Id),
            Protocol = a.Round is { } round ? desk.Rounds.GetValueOrDefault(round)?.Protocol : null,
            Area = a.Area,
            OwnerUnit = teams[a.Area],
            DueAt = DateTimeOffset.FromUnixTimeMilliseconds(a.At)
                .AddHours(a.Round is { } its && desk.Rounds.TryGetValue(its, out var rules) ? rules.ResampleDueHours : settings.ResampleHours),
            Priority = 1,
            Note = "antigen_positive",
        });
    }

    static void Tested(WriteSession session, Desk desk, List<AntigenRow> antigens)
    {
        var all = session.Query<Line>($"""
            SELECT id, round, person, corrected_at, result FROM antigen
            WHERE person {session.InIds("persons")} AND owner = @Owner AND round IS NOT NULL
            """, new { desk.Owner, persons = session.Keys(antigens.Select(a => a.Person).Distinct()) }).ToLookup(a => (a.Round, a.Person));
        var done = new List<(DutyKey, Ref, DateTimeOffset)>();
        foreach (var (round, person) in antigens.Select(a => (a.Round!.Value, a.Person)).Distinct())
        {
            var its = all[(round, person)].ToList();
            var negatives = its.Where(a => a.Result == AntigenResult.Negative).OrderBy(a => a.CorrectedAt).ThenBy(a => a.Id).ToList();
            if (its.Exists(a => a.Result == AntigenResult.Positive))
            {
                foreach (var negative in negatives)
                    Ledger.EvidenceFell(session, desk.Owner, new Ref("antigen", negative.Id));
            }
            else if (negatives.Count > 0)
            {
                done.Add((new DutyKey(desk.Owner, DutyKind.TestInRound, round.ToString("N"), person), new Ref("antigen", negatives[0].Id),
                    DateTimeOffset.FromUnixTimeMilliseconds(negatives[0].CorrectedAt)));
            }
        }
        Ledger.Done(session, done);
    }

    sealed class Line
    {
        public Guid Id { get; init; }

        public Guid Round { get; init; }

        public Guid Person { get; init; }

        public long CorrectedAt { get; init; }

        public AntigenResult Result { get; init; }
    }
}
