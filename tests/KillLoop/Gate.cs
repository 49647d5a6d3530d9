namespace Qipan.KillLoop;

/// <summary>Lets senders wait for the server's next life. Safe for all threads.</summary>
sealed class Gate
{
    readonly Lock change = new();
    TaskCompletionSource<Life> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open(Life life)
    {
        TaskCompletionSource<Life> waiting;
        lock (change)
            (waiting, next) = (next, new TaskCompletionSource<Life>(TaskCreationOptions.RunContinuationsAsynchronously));
        Current = life;
        waiting.SetResult(life);
    }

    public Life? Current { get; private set; }

    /// <summary>The life after this one; at once when it has begun already.</summary>
    public Task<Life> After(Life? life)
    {
        lock (change)
        {
            return Current is { } current && current != life ? Task.FromResult(current) : next.Task;
        }
    }
}

/// <summary>From a start of the server to its end.</summary>
sealed record Life(int Number, Uri Address, DateTimeOffset Began);
