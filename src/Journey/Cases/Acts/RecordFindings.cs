using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>One finding: it holds, or it was looked for and is not there.</summary>
/// <param name="Finding">As the protocol's case definition names it.</param>
public sealed record CaseFinding(string Finding, bool Holds, DateOnly? On = null);

/// <summary>What is known for the classification: symptoms, exposures, laboratory 分类依据. The latest word of each finding stands.</summary>
/// <param name="Version">The latest of the findings that the caller saw (<see cref="FindingRow.LatestOf"/>); null: whatever they are now.</param>
public sealed record RecordFindings(Guid Case, IReadOnlyList<CaseFinding> Findings, long? Version = null);

/// <summary>A row of <c>case_finding</c>.</summary>
public sealed class FindingRow
{
    internal static readonly Table<FindingRow> Rows = new("case_finding",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("case_id", ColumnType.Uuid, r => r.CaseId, Key: true),
        new("finding", ColumnType.Text, r => r.Finding, Key: true),
        new("holds", ColumnType.Small, r => r.Holds),
        new("on_day", ColumnType.Text, r => r.OnDay),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor));

    public string Owner { get; init; } = "";

    public Guid CaseId { get; init; }

    public string Finding { get; init; } = "";

    public bool Holds { get; init; }

    public DateOnly? OnDay { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    /// <summary>Which state of a case's findings this is: when the latest was recorded, in Unix milliseconds; 0 for none.</summary>
    public static long LatestOf(IReadOnlyCollection<FindingRow> findings) => findings.Count == 0 ? 0 : findings.Max(f => f.At).ToUnixTimeMilliseconds();
}

public sealed class RecordFindingsHandler(CaseActs acts, CaseDefinitions definitions)
{
    public Task<Outcome<Done>> Handle(Caller caller, RecordFindings command) => acts.Do<Done>(caller, command.Case, (session, row) =>
    {
        var rule = definitions.Of(row);
        if (!rule.Ok)
            return rule.Refusal;
        if (command.Findings.FirstOrDefault(f => rule.Value.Rule.Findings.All(k => k.Code != f.Finding)) is not null)
            return CaseRefusals.Invalid("finding", "finding_unknown",
                "The case definition has no finding of this name.", "病例定义中没有该项。");
        var known = CaseDefinitions.Known(session, row);
        if (command.Version is { } seen && seen != FindingRow.LatestOf(known))
            return CaseRefusals.Stale(row.Version);
        var there = known.Select(f => f.Finding).ToHashSet();
        var rows = command.Findings.DistinctBy(f => f.Finding).Select(f => new FindingRow
        {
            Owner = row.Owner,
            CaseId = row.Id,
            Finding = f.Finding,
            Holds = f.Holds,
            OnDay = f.On,
            At = session.Now,
            Actor = session.Actor.ToString(),
        }).ToList();
        session.Update(FindingRow.Rows, rows.FindAll(r => there.Contains(r.Finding)));
        session.Insert(FindingRow.Rows, rows.FindAll(r => !there.Contains(r.Finding)));
        session.Trail(row.Owner, "record_findings", row.Ref, protocol: rule.Value.Version.ToString(), detail: new { findings = rows.Count });
        return Done.Value;
    });
}
