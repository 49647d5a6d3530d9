using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A case after an act, as the caller is answered.</summary>
/// <param name="Flags">What somebody has to look at; empty: nothing.</param>
public sealed record CaseStatus(Guid Id, string No, CaseClass Class, CaseSeverity Severity, ClinicalState Clinical, InvestigationState Investigation,
    SourceState Source, string Flags, long Version)
{
    internal static CaseStatus Of(CaseRow row) =>
        new(row.Id, row.No, row.Class, row.Severity, row.Clinical, row.Investigation, row.SourceState, row.Flags, row.Version);
}

/// <summary>Runs acts on one case in its county: who may, which version, what changed, what follows, one line of the trail. Safe for all threads.</summary>
public sealed class CaseActs(Store store, LocalDays days)
{
    /// <summary>Changes the case.</summary>
    /// <param name="caller">Who acts; must investigate cases where the case is reported, or where the person is within that county.</param>
    /// <param name="id">The case.</param>
    /// <param name="version">The version that the caller saw; null: whatever it is now.</param>
    /// <param name="action">For the trail.</param>
    /// <param name="reason">Why; stands in the history.</param>
    /// <param name="edit">The case as it shall be.</param>
    /// <param name="follow">What follows in the same unit, with what changed.</param>
    internal Task<Outcome<CaseStatus>> Change(
        Caller caller, Guid id, long? version, string action, string? reason, Func<WriteSession, CaseRow, Outcome<CaseRow>> edit,
        Action<WriteSession, CaseRow, List<CaseChangeRow>>? follow = null) => Do<CaseStatus>(caller, id, (session, row) =>
        {
            if (version is { } seen && seen != row.Version)
                return CaseRefusals.Stale(row.Version);
            if (row.Class == CaseClass.RuledOut)
                return CaseRefusals.RuledOut;
            var edited = edit(session, row);
            if (!edited.Ok)
                return edited.Refusal;
            var judged = CaseDates.Judge(edited.Value, days.DateOf(session.Now), days);
            if (!judged.Ok)
                return judged.Refusal;
            var after = edited.Value with { Flags = judged.Value };
            var changes = CaseHistory.Change(session, row, after, reason?.Trim());
            if (changes.Count == 0)
                return CaseRefusals.NothingChanged;
            after = after with { Version = row.Version + 1 };
            session.Trail(row.Owner, action, row.Ref, protocol: row.Protocol is { Length: > 0 } protocol ? protocol : null,
                detail: new { fields = changes.Select(c => c.Field) });
            follow?.Invoke(session, after, changes);
            return CaseStatus.Of(after);
        });

    /// <summary>Runs an act on the case as it is inside the unit.</summary>
    internal async Task<Outcome<T>> Do<T>(Caller caller, Guid id, Func<WriteSession, CaseRow, Outcome<T>> act)
    {
        var found = store.Read(s => CaseRights.Change(s, caller, id));
        return found.Ok
            ? await store.Write(new WriteScope(caller.Actor, [.. new[] { found.Value.Owner, found.Value.Custody }.Distinct()]), session =>
                session.One<CaseRow>("SELECT * FROM case_record WHERE owner = @Owner AND id = @id", new { found.Value.Owner, id }) is { } now
                    ? act(session, now) : CaseRefusals.Unknown)
            : found.Refusal;
    }
}

/// <summary>Who may see and who may change a case (P-06).</summary>
public static class CaseRights
{
    /// <summary>Seen where it is reported, where it is counted and where the person is.</summary>
    public static bool MaySee(Caller caller, CaseRow row) => MaySee(caller, row.Owner, row.ReportRegion, row.OnsetRegion, row.CurrentRegion, row.Custody);

    /// <summary>As the other, by the regions of a case.</summary>
    public static bool MaySee(Caller caller, params ReadOnlySpan<string> regions)
    {
        foreach (var region in regions)
            if (caller.May(Permission.SeeCases, region))
                return true;
        return false;
    }

    /// <summary>Changed by those who investigate where it is reported, and where another county has taken it over.</summary>
    public static bool MayChange(Caller caller, CaseRow row) => caller.May(Permission.InvestigateCases, row.Owner)
        || caller.May(Permission.InvestigateCases, row.Custody)
        || (row.CurrentRegion.StartsWith(row.Owner, StringComparison.Ordinal) && caller.May(Permission.InvestigateCases, row.CurrentRegion));

    internal static Outcome<CaseRow> Change(Session session, Caller caller, Guid id)
    {
        if (session.One<CaseRow>("SELECT * FROM case_record WHERE id = @id", new { id }) is not { } row)
            return CaseRefusals.Unknown;
        return MayChange(caller, row) ? row : new NotAllowedHere();
    }
}
