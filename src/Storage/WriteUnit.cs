using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>One use case that waits for its commit.</summary>
abstract class WriteUnit(WriteScope scope)
{
    public WriteScope Scope => scope;

    /// <summary>After <see cref="Run"/>: false where nothing was written, because it was refused or there was nothing to do. A store that does not say which counts as having written.</summary>
    public abstract bool Wrote { get; }

    /// <summary>Runs the work. False when it was refused, and what it wrote has to be taken back.</summary>
    public abstract bool Run(WriteSession session);

    /// <summary>Tells the caller what <see cref="Run"/> found, after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception broken);
}

sealed class WriteUnit<T>(WriteScope scope, Func<WriteSession, Outcome<T>> work) : WriteUnit(scope)
{
    readonly TaskCompletionSource<Outcome<T>> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Outcome<T> outcome;
    long? before;
    long? after;

    public override bool Wrote => outcome.Ok && (before is null || after != before);

    public Task<Outcome<T>> Task => done.Task;

    public override bool Run(WriteSession session)
    {
        session.Begin(Scope.Actor);
        before = session.Changes;
        outcome = work(session);
        after = session.Changes;
        return outcome.Ok;
    }

    public override void Complete() => done.TrySetResult(outcome);

    public override void Fail(Exception broken) => done.TrySetException(broken);
}
