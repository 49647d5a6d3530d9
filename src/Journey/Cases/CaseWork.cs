using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Opens cases, one or many: numbers, history, investigation, clocks, news. Safe for all threads.</summary>
public sealed class CaseWork(ProtocolBook protocols, LocalDays days, CasesSettings settings)
{
    /// <summary>As the other for one case.</summary>
    public Outcome<OpenedCase> Open(WriteSession session, NewCase wanted) => Open(session, [wanted])[0];

    /// <summary>
    /// Opens many cases in a few queries; the answers stand in the order asked. The unit's scope names their counties. Refused: a person who
    /// is not registered, days that cannot be (<c>death_before_onset</c>, <c>date_in_future</c>), a county that is none. One person is one
    /// case of a disease, wherever it was opened (INV-38), unless the one before was ruled out.
    /// </summary>
    public IReadOnlyList<Outcome<OpenedCase>> Open(WriteSession session, IReadOnlyList<NewCase> wanted)
    {
        var answers = new Outcome<OpenedCase>[wanted.Count];
        var persons = PersonDirectory.Current(session, [.. wanted.Select(w => w.Person).Distinct()]);
        var known = new Dictionary<(Guid, string), CaseRow>();
        var ids = persons.Values.Select(p => p.Id).Concat(persons.Keys).Distinct().ToList();
        foreach (var there in CaseBook.OfPersons(session, ids).Where(c => c.Class != CaseClass.RuledOut))
            known[(persons.TryGetValue(there.Person, out var now) ? now.Id : there.Person, there.Disease.ToUpperInvariant())] = there;
        var bases = Bases(session, wanted);
        var fresh = new List<(CaseRow Row, NewCase Wanted)>();
        var again = new List<(CaseRow Row, NewCase Wanted)>();
        var numbers = new CaseNumbers(session);
        for (var i = 0; i < wanted.Count; i++)
        {
            var one = wanted[i];
            if (!persons.TryGetValue(one.Person, out var person))
            {
                answers[i] = CaseRefusals.PersonUnknown;
                continue;
            }
            if (string.IsNullOrWhiteSpace(one.Disease))
            {
                answers[i] = CaseRefusals.DiseaseMissing;
                continue;
            }
            if (bases.TryGetValue((one.Owner, one.BasisKind, one.BasisId, one.Disease), out var had))
            {
                answers[i] = new OpenedCase(had, OpenVerdict.AlreadyHad);
                continue;
            }
            var key = (person.Id, one.Disease.ToUpperInvariant());
            if (known.TryGetValue(key, out var same))
            {
                var sample = same.Clinical is ClinicalState.Discharged or ClinicalState.Monitoring or ClinicalState.Done ? one.FirstPositiveAt : null;
                var back = sample is { } taken && Repositives.After(same, taken, days);
                answers[i] = new OpenedCase(same, back ? OpenVerdict.Repositive : OpenVerdict.SamePerson);
                if (sample is not null)
                    again.Add((same, one));
                continue;
            }
            var row = Row(session, one, person);
            if (!row.Ok)
            {
                answers[i] = row.Refusal;
                continue;
            }
            var numbered = row.Value with { No = numbers.Next(one.Owner, days.DateOf(row.Value.FoundAt).Year) };
            known[key] = numbered;
            bases[(one.Owner, one.BasisKind, one.BasisId, one.Disease)] = numbered;
            fresh.Add((numbered, one));
            answers[i] = new OpenedCase(numbered, OpenVerdict.Opened);
        }
        numbers.Keep();
        Write(session, fresh);
        foreach (var (row, one) in again)
            session.Publish(row.Owner, new CasePositiveAgain(row.Id, one.FirstPositiveAt!.Value, one.BasisKind, one.BasisId));
        return answers;
    }

    void Write(WriteSession session, List<(CaseRow Row, NewCase Wanted)> fresh)
    {
        if (fresh.Count == 0)
            return;
        var lines = CaseHistory.Begin(session, [.. fresh.Select(f => f.Row)]);
        session.Insert(InvestigationRow.Rows, [.. fresh.Select(f => InvestigationRow.First(session, f.Row))]);
        CaseDuties.Open(session, [.. fresh.Where(f => f.Wanted.Clocks).Select(f => (f.Row, Clocks(f.Row)))]);
        var reported = new List<(DutyKey Key, Ref Evidence, DateTimeOffset At)>();
        foreach (var (row, wanted) in fresh)
        {
            if (row.ReportAt is not null && wanted.Clocks)
                reported.Add((CaseDuties.Key(row, DutyKind.ReportCase), lines[row.Id].First(l => l.Field == "report_at").Evidence, row.ReportAt.Value));
            if (wanted.Clocks)
                session.Publish(row.Owner, new CaseOpened(row.Id, row.Person, row.Disease, Words.Of(row.Class)));
        }
        Ledger.Done(session, reported);
        foreach (var county in fresh.GroupBy(f => f.Row.Owner))
        {
            if (county.Count() == 1)
                session.Trail(county.Key, "open_case", county.First().Row.Ref, new Ref(county.First().Row.OpenedByKind, county.First().Row.OpenedById),
                    county.First().Row.Protocol is { Length: > 0 } protocol ? protocol : null, new { @class = Words.Of(county.First().Row.Class) });
            else
                session.Trail(county.Key, "open_cases", new Ref("county", county.Key), detail: new { cases = county.Count() });
        }
    }

    internal CaseClocks Clocks(CaseRow row) => CaseClocks.Of(protocols, days, settings, row.Disease, row.Owner, row.FoundAt);

    Outcome<CaseRow> Row(WriteSession session, NewCase wanted, PersonRef person)
    {
        if (wanted.Owner.Length != 6 || !PlaceCode.Parse(wanted.Owner).Ok)
            return CaseRefusals.RegionWrong;
        var found = wanted.FoundAt ?? session.Now;
        var present = person.PresentPlace ?? person.PresentOwner;
        var row = new CaseRow
        {
            Owner = wanted.Owner,
            Id = session.NewId(),
            Person = person.Id,
            PersonOwner = person.Owner,
            Disease = wanted.Disease.Trim(),
            Protocol = CaseClocks.Of(protocols, days, settings, wanted.Disease, wanted.Owner, found).Version,
            Class = wanted.Class,
            Severity = wanted.Severity,
            Clinical = wanted.DeathOn is null && wanted.Outcome != CaseOutcome.Died ? wanted.Clinical : ClinicalState.Dead,
            Onset = wanted.Onset,
            OnsetAbout = wanted.OnsetAbout,
            FirstPositiveAt = wanted.FirstPositiveAt,
            FoundAt = found,
            ReportAt = wanted.ReportAt,
            ReportedBy = wanted.ReportAt is null ? null : session.Actor.ToString(),
            IsolatedAt = wanted.IsolatedAt,
            Outcome = wanted.DeathOn is null ? wanted.Outcome : CaseOutcome.Died,
            OutcomeOn = wanted.OutcomeOn ?? wanted.DeathOn,
            DeathOn = wanted.DeathOn ?? (wanted.Outcome == CaseOutcome.Died ? wanted.OutcomeOn : null),
            Discovery = wanted.Discovery,
            Origin = wanted.Origin,
            ReportRegion = wanted.ReportRegion ?? wanted.Owner,
            OnsetRegion = wanted.OnsetRegion ?? wanted.ReportRegion ?? wanted.Owner,
            CurrentRegion = wanted.CurrentRegion ?? present,
            Custody = wanted.Owner,
            Cluster = wanted.Cluster,
            OpenedByKind = wanted.BasisKind,
            OpenedById = wanted.BasisId,
            OutsideNo = wanted.OutsideNo,
            OpenedAt = session.Now,
        };
        if (!Regions.Right(row.ReportRegion) || !Regions.Right(row.OnsetRegion) || !Regions.Right(row.CurrentRegion))
            return CaseRefusals.RegionWrong;
        var judged = CaseDates.Judge(row, days.DateOf(session.Now), days);
        return judged.Ok ? row with { Flags = judged.Value } : judged.Refusal;
    }

    static Dictionary<(string, string, string, string), CaseRow> Bases(Session session, IReadOnlyList<NewCase> wanted)
    {
        var found = new Dictionary<(string, string, string, string), CaseRow>();
        foreach (var same in wanted.GroupBy(w => (w.Owner, w.BasisKind)))
            foreach (var row in session.Query<CaseRow>(
                $"SELECT * FROM case_record WHERE owner = @owner AND opened_by_kind = @kind AND opened_by_id {session.In("ids")}",
                new { owner = same.Key.Owner, kind = same.Key.BasisKind, ids = session.Keys(same.Select(w => w.BasisId).Distinct()) }))
                found.TryAdd((row.Owner, row.OpenedByKind, row.OpenedById, row.Disease), row);
        return found;
    }
}

/// <summary>Codes of the regions that a case is counted to.</summary>
static class Regions
{
    public static bool Right(string code) => code.Length >= 6 && PlaceCode.Parse(code).Ok;
}
