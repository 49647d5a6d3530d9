using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.TubeDesk;

/// <summary>One step of a tube's life, as kept.</summary>
public sealed class TubeStep
{
    public DateTimeOffset At { get; init; }

    public TubeState FromState { get; init; }

    public TubeState ToState { get; init; }

    public Guid? Fact { get; init; }

    public string Actor { get; init; } = "";
}

/// <summary>A tube with its whole life and its members, who are shown as ids.</summary>
public sealed record TubeModel(
    Tube Tube, string? RoundName, Box? Box, IReadOnlyList<Registration> Members, IReadOnlyList<TubeStep> Life, IReadOnlyList<Discrepancy> Discrepancies)
{
    /// <summary>The reader's laboratory, where it holds the tube and may still reject it.</summary>
    public Guid? Laboratory { get; init; }

    public static Outcome<TubeModel> Load(HttpContext http, Store store, Guid id) => store.Read<Outcome<TubeModel>>(session =>
    {
        if (Lookups.OwnerOf(session, "tube", id) is not { } owner)
            return new TubeUnknown();
        if (Territory.Touches(http.Caller(), Permission.SeeTubes, owner) is { Ok: false } no)
            return no.Refusal;
        var tube = Tubes.ByIds(session, owner, [id])[0];
        return new TubeModel(
            tube,
            tube.Round is { } round ? Rounds.Get(session, owner, round.Value)?.Name : null,
            tube.Box is { } box ? Boxes.Get(session, owner, box.Value) : null,
            Qipan.Sampling.Members.OfTubes(session, owner, [id]),
            session.Query<TubeStep>("SELECT at, from_state, to_state, fact, actor FROM tube_event WHERE owner = @owner AND tube = @id ORDER BY at, id", new { owner, id }),
            Qipan.Sampling.Discrepancies.Of(session, id))
        {
            Laboratory = http.Caller().May(Permission.WorkInLaboratory) && TubeStates.Table.Move(tube.State, TubeState.Rejected).Ok
                ? LabViews.Laboratories(session, http.Caller()).Find(l => l.Unit == http.Caller().Unit && l.Unit.Value == tube.Lab)?.Id : null,
        };
    });
}
