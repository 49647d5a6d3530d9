using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A case is reported 报告: by a clinic, a hospital, a person who calls. Sent again with the same report it opens nothing.</summary>
/// <param name="Person">Who; registered before.</param>
/// <param name="Disease">As protocols name it.</param>
/// <param name="Class">Suspect unless said otherwise.</param>
/// <param name="Report">The report's own id, minted by who sends it.</param>
/// <param name="Owner">The county that reports; null: the caller's.</param>
/// <param name="Onset">First day of symptoms.</param>
/// <param name="FirstPositiveAt">When a positive sample was taken, if one was.</param>
/// <param name="HandedOverBy">The county outside this deployment that found the case and reports it 移入; it is counted there (INV-38).</param>
/// <param name="HandoverNo">The number under which that county handed it over; the same number again opens nothing.</param>
public sealed record OpenCase(
    Guid Person, string Disease, CaseClass Class = CaseClass.Suspect, Guid? Report = null, string? Owner = null, DateOnly? Onset = null, bool OnsetAbout = false,
    DateTimeOffset? FirstPositiveAt = null, Discovery Discovery = Discovery.Clinic, CaseOrigin Origin = CaseOrigin.Unknown,
    CaseSeverity Severity = CaseSeverity.Unknown, string? OnsetRegion = null,
    string? HandedOverBy = null, string? HandoverNo = null);

public sealed class OpenCaseHandler(Store store, CaseWork work)
{
    /// <summary>The case, and whether it is new.</summary>
    public async Task<Outcome<OpenedCase>> Handle(Caller caller, OpenCase command)
    {
        var owner = command.Owner ?? caller.Owner;
        if (caller.Must(Permission.InvestigateCases, owner) is { Ok: false } refused && !Inside(caller, owner))
            return refused.Refusal!;
        if ((command.HandedOverBy is null) != string.IsNullOrWhiteSpace(command.HandoverNo))
            return CaseRefusals.HandoverIncomplete;
        if (store.Read(s => PersonDirectory.ByIds(s, [command.Person])).Count == 0)
            return CaseRefusals.PersonUnknown;
        return await store.Write(new WriteScope(caller.Actor, owner), session => work.Open(session, new NewCase
        {
            Owner = owner,
            Person = command.Person,
            Disease = command.Disease,
            Class = command.Class == CaseClass.RuledOut ? CaseClass.Suspect : command.Class,
            BasisKind = command.HandedOverBy is null ? "report" : "handover",
            BasisId = command.HandedOverBy is { } sender ? $"{sender}/{command.HandoverNo!.Trim()}" : (command.Report ?? session.NewId()).ToString("N"),
            ReportRegion = command.HandedOverBy,
            Onset = command.Onset,
            OnsetAbout = command.OnsetAbout,
            FirstPositiveAt = command.FirstPositiveAt,
            Discovery = command.Discovery,
            Origin = command.Origin,
            Severity = command.Severity,
            OnsetRegion = command.OnsetRegion,
        }));
    }

    /// <summary>An investigator of a street opens cases in its county.</summary>
    static bool Inside(Caller caller, string owner) =>
        caller.Territories(Permission.InvestigateCases).Any(t => t.StartsWith(owner, StringComparison.Ordinal));
}
