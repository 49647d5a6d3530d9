using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A person reviews a run 审核; the second one completes the review.</summary>
public sealed record ReviewRun(Guid Run);

/// <param name="State">ControlOk after the first review, Reviewed after the second.</param>
public sealed record ReviewedRun(Guid Run, string State, int Reviews);

public sealed class ReviewRunHandler(Store store)
{
    public Task<Outcome<ReviewedRun>> Handle(Caller caller, ReviewRun command)
    {
        var found = store.Read(s => Runs.For(s, caller, command.Run, Permission.ReleaseResults));
        return found.Ok
            ? store.Write(new WriteScope(caller.Actor, found.Value.Run.Owner), session => Review(session, command.Run))
            : Task.FromResult<Outcome<ReviewedRun>>(found.Refusal);
    }

    static Outcome<ReviewedRun> Review(WriteSession session, Guid id)
    {
        var run = RunStore.ById(session, id)!;
        if (ReviewRules.MayReview(run, session.Actor) is { Ok: false } refused)
            return refused.Refusal;
        var second = run.Reviewed1By is not null;
        session.Execute(
            second
                ? "UPDATE run SET state = 5, reviewed2_by = @by, reviewed2_at = @Now WHERE owner = @Owner AND id = @Id"
                : "UPDATE run SET reviewed1_by = @by, reviewed1_at = @Now WHERE owner = @Owner AND id = @Id",
            new { run.Owner, run.Id, session.Now, by = session.Actor.ToString() });
        session.Trail(run.Owner, "review_run", new Ref("run", run.Id), detail: new { review = second ? 2 : 1 });
        if (second)
            Ledger.Done(session, [new DutyKey(run.Owner, DutyKind.ReviewRun, new Ref("run", run.Id).Id, run.Id)], new Ref("review", $"{run.Id:N}"));
        return new ReviewedRun(run.Id, second ? nameof(RunState.Reviewed) : run.State.ToString(), second ? 2 : 1);
    }
}

/// <summary>Finds runs for those who belong to their laboratory.</summary>
static class Runs
{
    public static Outcome<(RunRow Run, LaboratoryRow Lab)> For(Session session, Caller caller, Guid id, Permission permission)
    {
        if (RunStore.ById(session, id) is not { } run)
            return RunRefusals.Unknown;
        var lab = Laboratories.For(session, caller, run.Lab, permission);
        return lab.Ok ? (run, lab.Value) : lab.Refusal;
    }
}
