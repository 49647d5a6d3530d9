using Qipan.Duties;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// What must be done because of a batch: a sealed tube has a result by a time, a sent box is received, a disagreement is settled,
/// the members of doubled tubes are sampled again; and what is done by it: who was sampled again singly.
/// </summary>
static class DeskDuties
{
    public static void Write(WriteSession session, Desk desk, DeskChanges changes, FactBatch batch, SamplingSettings settings)
    {
        var duties = new List<NewDuty>();
        var place = batch.Device.Territory;
        if (changes.Sealed.Count > 0 || changes.Sent.Count > 0)
        {
            var lab = UnitDirectory.ResponsibleFor(session, UnitKind.Laboratory, place);
            duties.AddRange(changes.Sealed.Select(t => ResultTube(desk, t, place, lab, settings)));
            duties.AddRange(changes.Sent.Select(b => ReceiveBox(desk, b, place, b.Lab is { } its ? new UnitId(its) : lab, settings)));
        }
        Ledger.Open(session, duties);
        if (changes.Quarantined.Count > 0)
            ResampleDuties.Settle(session, desk.Owner, [.. changes.Quarantined.Select(t =>
                (Discrepancies.IdOf(DiscrepancyKinds.CodeConflict, "tube", t.Id, ""), t.Id, DiscrepancyKinds.CodeConflict))], settings);
        foreach (var voided in changes.ChangedRegistrations.Where(r => !r.Stands && desk.Tubes[r.Tube].Now.Kind == TubeKind.Single))
            Ledger.EvidenceFell(session, desk.Owner, new Ref("registration", voided.Id));
        SampledAgain(session, desk, changes);
    }

    static NewDuty ResultTube(Desk desk, TubeRow tube, string place, UnitId lab, SamplingSettings settings)
    {
        var rules = tube.Round is { } round ? desk.Rounds.GetValueOrDefault(round) : null;
        var hours = rules is null ? settings.ResultHours : tube.Kind == TubeKind.Single ? rules.SingleDueHours : rules.PooledDueHours;
        return new NewDuty
        {
            Owner = desk.Owner,
            Kind = DutyKind.ResultTube,
            Subject = tube.Id,
            Basis = new Ref("tube", tube.Id),
            Protocol = rules?.Protocol,
            Area = place,
            OwnerUnit = lab,
            DueAt = DateTimeOffset.FromUnixTimeMilliseconds(tube.SealedAt!.Value).AddHours(hours),
            Priority = (short)tube.Priority,
        };
    }

    static NewDuty ReceiveBox(Desk desk, BoxRow box, string place, UnitId lab, SamplingSettings settings) => new()
    {
        Owner = desk.Owner,
        Kind = DutyKind.ReceiveBox,
        Subject = box.Id,
        Basis = new Ref("box", box.Id),
        Area = place,
        OwnerUnit = lab,
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(box.SentAt!.Value).AddHours(settings.ReceiveBoxHours),
    };

    /// <summary>A person who had to be sampled again, singly, and was: the newer registration is the evidence.</summary>
    static void SampledAgain(WriteSession session, Desk desk, DeskChanges changes)
    {
        var singles = changes.NewRegistrations.FindAll(r => r.Stands && desk.Tubes[r.Tube].Now.Kind == TubeKind.Single);
        if (singles.Count == 0)
            return;
        var open = session.Query<OpenResample>($"""
            SELECT basis_id, subject_id, opened_at FROM duty
            WHERE subject_id {session.InIds("persons")} AND owner = @Owner AND kind = 5 AND state = 0 AND basis_kind IN ('discrepancy', 'antigen')
            """, new { desk.Owner, persons = session.Keys(singles.Select(r => r.Person).Distinct()) });
        if (open.Count == 0)
            return;
        var claims = new List<(DutyKey, Ref, DateTimeOffset)>();
        foreach (var duty in open)
        {
            // A swab from before the duty answers nothing. Alerts look for their members' samples themselves.
            var again = singles.Where(r => r.Person == duty.SubjectId && r.At >= duty.OpenedAt).MinBy(r => r.At);
            if (again is not null)
                claims.Add((new DutyKey(desk.Owner, DutyKind.ResampleMember, duty.BasisId, duty.SubjectId), new Ref("registration", again.Id),
                    DateTimeOffset.FromUnixTimeMilliseconds(again.At)));
        }
        Ledger.Done(session, claims);
    }

    sealed class OpenResample
    {
        public string BasisId { get; init; } = "";

        public Guid SubjectId { get; init; }

        public long OpenedAt { get; init; }
    }
}
