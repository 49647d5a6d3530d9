using System.Globalization;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Situation;

namespace Qipan.Consoles.BoardDesk;

/// <summary>Where each figure of the board leads: the list that it counts, or nowhere for a reader who may not see it.</summary>
sealed class BoardLinks(Reader reader, string area, IReadOnlyList<RoundFlow> rounds)
{
    /// <summary>Duties of all kinds, or of one: late, soon, today, done or should. Those of one round lie in the round's own lists.</summary>
    public string? Duties(string view, DutyKind? kind = null, string? of = null) =>
        kind == DutyKind.TestInRound && rounds is [var only] ? Roster(only, view switch { "today" => RosterPart.Missing, "done" => RosterPart.Done, "late" => RosterPart.Late, "soon" => RosterPart.Soon, _ => RosterPart.Should }, of)
        : reader.May(Permission.SeeDuties) ? $"/duties?view={view}{(kind is { } its ? $"&kind={DutyKinds.Of(its).Name}" : "")}&area={of ?? area}" : null;

    /// <summary>People of a round's roster.</summary>
    public string? Roster(RoundFlow flow, RosterPart part, string? of = null) => reader.May(Permission.SeeDuties) ? Roster(flow.Round.Id.Value, part, of ?? area) : null;

    public static string Roster(Guid round, RosterPart part, string area) => $"/rounds/{round:N}?area={area}&list={part.ToString().ToLowerInvariant()}#list";

    /// <summary>What waits in a stage: people who are not sampled, or tubes.</summary>
    public string? Stage(RoundFlow flow, FlowStage stage) => stage == FlowStage.Sampling ? Roster(flow, RosterPart.Unsampled)
        : reader.May(Permission.SeeTubes) ? $"/board/tubes?round={flow.Round.Id.Value:N}&stage={stage.ToString().ToLowerInvariant()}&area={area}" : null;

    /// <summary>Cases of some days.</summary>
    public string? Cases(string? disease, DateOnly from, DateOnly to, RouteKind? route = null, CaseClass? its = null, CurveBasis by = CurveBasis.Found, string? of = null) =>
        disease is null || !reader.May(Permission.SeeCases) ? null
            : $"/board/cases?area={of ?? area}&disease={Uri.EscapeDataString(disease)}&by={Lower(by)}&from={Day(from)}&to={Day(to)}"
                + (route is { } way ? $"&route={Lower(way)}" : "") + (its is { } kind ? $"&class={Lower(kind)}" : "");

    static string Lower(Enum word) => word.ToString().ToLowerInvariant();

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
