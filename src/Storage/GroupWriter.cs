using System.Collections.Concurrent;
using System.Diagnostics;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// Group commit: one thread and one connection run waiting units one after the other inside one transaction, each behind a
/// savepoint, and answer all of them after the one commit. A unit that is refused or throws takes back only itself; a commit
/// that fails fails every unit of its group, and none of them was acknowledged.
/// </summary>
sealed class GroupWriter : IDisposable
{
    /// <summary>A group is closed after this much work, so that the first unit of it does not wait for long.</summary>
    static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(15);

    const int MostUnits = 256;

    readonly IWriterConnection connection;
    readonly BlockingCollection<WriteUnit> waiting;
    readonly Thread thread;
    int ended;

    public GroupWriter(string name, int capacity, IWriterConnection connection)
    {
        this.connection = connection;
        waiting = new BlockingCollection<WriteUnit>(capacity);
        thread = new Thread(Loop) { IsBackground = true, Name = name };
        thread.Start();
    }

    public Task<Outcome<T>> Add<T>(WriteScope scope, Func<WriteSession, Outcome<T>> work)
    {
        var unit = new WriteUnit<T>(scope, work);
        if (Volatile.Read(ref ended) == 1 || waiting.IsAddingCompleted || !waiting.TryAdd(unit))
            return Task.FromResult<Outcome<T>>(new StoreBusy { RetryAfterSeconds = 1 });
        return unit.Task;
    }

    /// <summary>Ends after the units that wait already; later ones are refused as busy. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) == 1)
            return;
        waiting.CompleteAdding();
        thread.Join();
        connection.Dispose();
        waiting.Dispose();
    }

    void Loop()
    {
        var group = new List<WriteUnit>(MostUnits);
        while (waiting.TryTake(out var first, Timeout.Infinite))
        {
            group.Clear();
            group.Add(first);
            RunGroup(group);
        }
    }

    void RunGroup(List<WriteUnit> group)
    {
        var finished = new List<WriteUnit>(group.Count);
        var taken = 0;
        try
        {
            var session = connection.Open();
            session.Raw(connection.BeginSql);
            var started = Stopwatch.GetTimestamp();
            do
            {
                RunUnit(session, group[taken++], finished);
                if (taken == group.Count && group.Count < MostUnits && Stopwatch.GetElapsedTime(started) < LongestGroup
                    && waiting.TryTake(out var next))
                    group.Add(next);
            }
            while (taken < group.Count);
            session.Raw("COMMIT");
        }
        catch (Exception broken)
        {
            connection.Reset();
            if (finished.Count > 0 && connection.IsLostLock(broken))
                RunOneByOne(group);
            else
                foreach (var unit in group)
                    unit.Fail(broken);
            return;
        }
        foreach (var unit in finished)
            unit.Complete();
    }

    void RunUnit(WriteSession session, WriteUnit unit, List<WriteUnit> finished)
    {
        session.Raw("SAVEPOINT unit");
        try
        {
            connection.Lock(unit.Scope.Owners);
            if (!unit.Run(session))
                session.Raw("ROLLBACK TO SAVEPOINT unit");
            session.Raw("RELEASE SAVEPOINT unit");
            finished.Add(unit);
        }
        catch (Exception broken) when (!connection.IsLostLock(broken))
        {
            session.Raw("ROLLBACK TO SAVEPOINT unit");
            session.Raw("RELEASE SAVEPOINT unit");
            unit.Fail(broken);
        }
    }

    /// <summary>After a deadlock each unit gets a transaction of its own; then each takes its locks in one order and none is lost.</summary>
    void RunOneByOne(List<WriteUnit> units)
    {
        foreach (var unit in units.ToArray())
        {
            try
            {
                var session = connection.Open();
                session.Raw(connection.BeginSql);
                connection.Lock(unit.Scope.Owners);
                var kept = unit.Run(session);
                session.Raw(kept ? "COMMIT" : "ROLLBACK");
                unit.Complete();
            }
            catch (Exception broken)
            {
                connection.Reset();
                unit.Fail(broken);
            }
        }
    }
}

/// <summary>The writer's own connection, opened again after it broke.</summary>
interface IWriterConnection : IDisposable
{
    string BeginSql { get; }

    /// <summary>The session, open; the same one until <see cref="Reset"/>.</summary>
    WriteSession Open();

    /// <summary>Takes back what is not committed; drops the connection where that fails.</summary>
    void Reset();

    /// <summary>Holds other writers of these counties off until the commit.</summary>
    void Lock(IReadOnlyList<string> owners);

    /// <summary>True when the work was right and only the lock was lost, so that it may be run again.</summary>
    bool IsLostLock(Exception broken);
}
