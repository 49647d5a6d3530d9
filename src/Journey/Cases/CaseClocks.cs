using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The protocol's deadlines of a case, and where they come from.</summary>
/// <param name="Version">id@version; empty where no protocol rules and the settings stand in.</param>
sealed record CaseClocks(TimeSpan Report, TimeSpan Review, TimeSpan Core, TimeSpan Full, string Version)
{
    /// <summary>What holds for the disease at the place on the day of the finding.</summary>
    public static CaseClocks Of(ProtocolBook protocols, LocalDays days, CasesSettings settings, string disease, string place, DateTimeOffset found)
    {
        if (protocols.Resolve(disease, place, days.DateOf(found)) is { Ok: true } ruling && ruling.Value.Deadlines is { Ok: true } ruled)
            return new CaseClocks(ruled.Value.Rule.DirectReport, ruled.Value.Rule.Review, ruled.Value.Rule.InvestigationCore,
                ruled.Value.Rule.InvestigationFull, ruled.Value.Version.ToString());
        return new CaseClocks(TimeSpan.FromHours(settings.ReportHours), TimeSpan.FromHours(settings.ReviewHours),
            TimeSpan.FromHours(settings.InvestigationCoreHours), TimeSpan.FromHours(settings.InvestigationFullHours), "");
    }
}

/// <summary>The clocks of a case as duties: each is ended by the change of the case that shows it was done.</summary>
static class CaseDuties
{
    const short Urgent = 8;

    /// <summary>The kinds that every case opens.</summary>
    public static IReadOnlyList<DutyKind> Clocks { get; } =
        [DutyKind.ReportCase, DutyKind.ReviewCase, DutyKind.InvestigateCore, DutyKind.InvestigateFull, DutyKind.TraceContacts, DutyKind.FindSource];

    /// <summary>What goes with the custody of a case; the report and its review stay with the county that reports.</summary>
    static readonly DutyKind[] Followed = [DutyKind.InvestigateCore, DutyKind.InvestigateFull, DutyKind.TraceContacts, DutyKind.FindSource];

    public static DutyKey Key(CaseRow row, DutyKind kind) => Key(row, kind, Followed.Contains(kind) ? row.Custody : row.Owner);

    static DutyKey Key(CaseRow row, DutyKind kind, string owner) => new(owner, kind, row.Ref.Id, row.Id);

    /// <summary>
    /// When each is due. The report and the investigation count from the finding; the review from the latest time at which the report was
    /// due; contacts are asked for with the core, and the source is found with the whole.
    /// </summary>
    public static DateTimeOffset Due(CaseClocks clocks, DutyKind kind, DateTimeOffset found) => kind switch
    {
        DutyKind.ReportCase => found + clocks.Report,
        DutyKind.ReviewCase => found + clocks.Report + clocks.Review,
        DutyKind.InvestigateCore or DutyKind.TraceContacts => found + clocks.Core,
        DutyKind.InvestigateFull or DutyKind.FindSource => found + clocks.Full,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This duty is no clock of a case."),
    };

    /// <summary>The clock duties of new cases. Reports and reviews are the disease control centre's; so is the investigation.</summary>
    public static void Open(WriteSession session, IReadOnlyCollection<(CaseRow Row, CaseClocks Clocks)> cases)
    {
        if (cases.Count == 0)
            return;
        var units = cases.GroupBy(c => c.Row.Owner).ToDictionary(c => c.Key, c =>
            UnitDirectory.ResponsibleForAll(session, UnitKind.Cdc, [.. c.Select(x => Area(x.Row, c.Key)).Distinct()]));
        Ledger.Open(session, [.. cases.SelectMany(c => Clocks.Select(kind => new NewDuty
        {
            Owner = c.Row.Owner,
            Kind = kind,
            Subject = c.Row.Id,
            Basis = c.Row.Ref,
            Protocol = c.Clocks.Version.Length > 0 ? c.Clocks.Version : null,
            Area = Area(c.Row, c.Row.Owner),
            OwnerUnit = units[c.Row.Owner][Area(c.Row, c.Row.Owner)],
            DueAt = Due(c.Clocks, kind, c.Row.FoundAt),
            Priority = Urgent,
        }))]);
    }

    /// <summary>The change of this field ended the duty; the last one of the field among the changes.</summary>
    public static void Done(WriteSession session, CaseRow row, DutyKind kind, IEnumerable<CaseChangeRow> changes, string field)
    {
        if (changes.LastOrDefault(c => c.Field == field) is { } change)
            Ledger.Done(session, [Key(row, kind)], change.Evidence);
    }

    /// <summary>What had ended the duty does not hold any more; the duty is open again, with the county that has custody now.</summary>
    public static void Fell(WriteSession session, CaseRow row, DutyKind kind)
    {
        foreach (var owner in new[] { row.Owner, row.Custody }.Distinct())
            foreach (var evidence in Standing(session, Key(row, kind, owner)))
                Ledger.EvidenceFell(session, owner, evidence);
        if (row.Owner != row.Custody)
            Move(session, row, row.Owner, "another county has custody");
    }

    /// <summary>What is open of the case in one county's ledger is open in that of its custody instead, with the same deadline.</summary>
    public static void Move(WriteSession session, CaseRow row, string from, string reason)
    {
        var open = Followed.Select(kind => DutyList.One(session, Key(row, kind, from))).OfType<DutyLine>().Where(d => d.State == DutyState.Open).ToList();
        if (open.Count == 0)
            return;
        const string Same = "SELECT owner, kind, basis_id, subject_id FROM duty WHERE owner = @owner AND basis_id = @basis AND subject_id = @Id AND kind";
        string kinds = string.Join(", ", open.Select(d => (int)d.Kind));
        Ledger.WithdrawFrom(session, $"{Same} IN ({kinds})", new { owner = from, basis = row.Ref.Id, row.Id }, reason);
        var unit = UnitDirectory.ResponsibleFor(session, UnitKind.Cdc, Area(row, row.Custody));
        Ledger.Open(session, open.ConvertAll(d => new NewDuty
        {
            Owner = row.Custody,
            Kind = d.Kind,
            Subject = row.Id,
            Basis = row.Ref,
            Protocol = d.Protocol,
            Area = Area(row, row.Custody),
            OwnerUnit = unit,
            DueAt = d.DueAt,
            Priority = Urgent,
        }));
        // A case that comes back finds its duties there, withdrawn when it went.
        Ledger.ReinstateFrom(session, $"{Same} IN ({kinds}) AND state = {(int)DutyState.Withdrawn}", new { owner = row.Custody, basis = row.Ref.Id, row.Id });
    }

    static List<Ref> Standing(Session session, DutyKey key)
    {
        var standing = Ledger.StandingEvidence(session, key);
        if (DutyList.One(session, key) is { EvidenceKind: { } evidence, EvidenceId: { } id } && !standing.Contains(new Ref(evidence, id)))
            standing.Add(new Ref(evidence, id));
        return standing;
    }

    /// <summary>Where the case is, if that lies in the county; otherwise the county.</summary>
    static string Area(CaseRow row, string county) => row.CurrentRegion.StartsWith(county, StringComparison.Ordinal) ? row.CurrentRegion : county;
}
