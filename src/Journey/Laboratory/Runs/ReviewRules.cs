using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Who may review and who may release: the only place where it is written. Pure.</summary>
static class ReviewRules
{
    /// <summary>Two different members of staff review.</summary>
    public static Outcome<Done> MayReview(RunRow run, Actor actor)
    {
        if (actor.Kind != ActorKind.Staff)
            return RunRefusals.NeedsPerson;
        if (run.Reviewed1By == actor.ToString() || run.Reviewed2By == actor.ToString())
            return RunRefusals.SamePerson;
        var to = RunStates.Table.Move(run.State, RunState.Reviewed);
        return to.Ok ? Done.Value : to.Refusal;
    }

    /// <summary>The second reviewer or a third person releases, so that release is never the work of one alone.</summary>
    public static Outcome<Done> MayRelease(RunRow run, Actor actor)
    {
        if (actor.Kind != ActorKind.Staff)
            return RunRefusals.NeedsPerson;
        if (run.State == RunState.ControlOk)
            return RunRefusals.NotReviewed;
        if (run.Reviewed1By == actor.ToString())
            return RunRefusals.FirstReviewer;
        var to = RunStates.Table.Move(run.State, RunState.Released);
        return to.Ok ? Done.Value : to.Refusal;
    }
}
