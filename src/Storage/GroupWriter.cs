using System.Collections.Concurrent;
using System.Diagnostics;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// Group commit: one thread and one connection run waiting units one after the other inside one transaction, all but the first behind a
/// savepoint or able to be run again, and answer all of them after the one commit. A unit that is refused or throws takes back only itself; a commit
/// that fails fails every unit of its group, and none of them was acknowledged.
/// </summary>
sealed class GroupWriter : IDisposable
{
    /// <summary>
    /// A group is closed after this much work, so that the first unit of it does not wait for long; after more where commits are slow,
    /// so that waiting for the disk never takes more than a part of the time.
    /// </summary>
    static readonly TimeSpan LongGroup = TimeSpan.FromMilliseconds(60);

    static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(150);

    const int MostUnits = 256;

    readonly IWriterConnection connection;
    readonly StoreChanges changes;
    readonly BlockingCollection<WriteUnit> waiting;
    readonly Thread thread;
    TimeSpan longEnough = LongGroup;

    /// <summary>A large unit that was met while a group was gathered; it begins the next one.</summary>
    WriteUnit? ahead;
    int ended;

    public GroupWriter(string name, int capacity, IWriterConnection connection, StoreChanges changes)
    {
        this.connection = connection;
        this.changes = changes;
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
        while (ahead is { } first || waiting.TryTake(out first, Timeout.Infinite))
        {
            ahead = null;
            group.Clear();
            group.Add(first);
            RunGroup(group);
        }
    }

    void RunGroup(List<WriteUnit> group)
    {
        if (TryGroup(group, savepoints: false))
            return;
        // What one unit wrote could not be taken back alone: nothing was committed, and all are run again.
        TryGroup(group, savepoints: true);
    }

    /// <summary>False when it has to be run again with a savepoint for each unit.</summary>
    bool TryGroup(List<WriteUnit> group, bool savepoints)
    {
        var finished = new List<WriteUnit>(group.Count);
        var taken = 0;
        var isFresh = group.Count == 1;
        try
        {
            var session = connection.Open();
            session.Raw(connection.BeginSql);
            var started = Stopwatch.GetTimestamp();
            do
            {
                var unit = group[taken++];
                if (isFresh && taken == 1)
                {
                    if (!RunFirst(session, unit))
                        return true;
                    finished.Add(unit);
                    savepoints = !unit.Scope.SeldomTakenBack;
                }
                else if (savepoints |= !unit.Scope.SeldomTakenBack)
                    RunUnit(session, unit, finished);
                else if (RunFreely(session, unit, out _))
                    finished.Add(unit);
                else
                {
                    session.Raw("ROLLBACK");
                    return false;
                }
                if (isFresh && taken == group.Count && group.Count < MostUnits && Stopwatch.GetElapsedTime(started) < longEnough
                    && waiting.TryTake(out var next))
                {
                    if (next.Scope.IsLarge)
                        ahead = next;
                    else
                        group.Add(next);
                }
            }
            while (taken < group.Count);
            var worked = Stopwatch.GetTimestamp();
            session.Raw("COMMIT");
            longEnough = Between(LongGroup, Stopwatch.GetElapsedTime(worked) * 3, LongestGroup);
        }
        catch (Exception broken)
        {
            connection.Reset();
            if (finished.Count > 0 && connection.IsLostLock(broken))
                RunOneByOne(group);
            else
                foreach (var unit in group)
                    unit.Fail(broken);
            return true;
        }
        foreach (var unit in finished)
        {
            if (unit.Wrote)
                changes.Note(unit.Scope.Owners);
            unit.Complete();
        }
        connection.Committed();
        return true;
    }

    /// <summary>
    /// The first of a group needs no savepoint, which would copy every page that it touches: where it is taken back, nothing else was written, and the
    /// whole transaction is. False where it was; it has its answer then.
    /// </summary>
    bool RunFirst(WriteSession session, WriteUnit unit)
    {
        if (RunFreely(session, unit, out var broken))
            return true;
        session.Raw("ROLLBACK");
        if (broken is null)
            unit.Complete();
        else
            unit.Fail(broken);
        return false;
    }

    /// <summary>False when the unit was refused after it had written, or threw: the group's transaction is then of no use any more.</summary>
    bool RunFreely(WriteSession session, WriteUnit unit, out Exception? thrown)
    {
        var before = session.Changes;
        thrown = null;
        try
        {
            connection.Lock(unit.Scope.Owners);
            return unit.Run(session) || (before is not null && session.Changes == before);
        }
        catch (Exception broken) when (!connection.IsLostLock(broken))
        {
            thrown = broken;
            return false;
        }
    }

    static TimeSpan Between(TimeSpan least, TimeSpan time, TimeSpan most) => time < least ? least : time > most ? most : time;

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
                if (kept && unit.Wrote)
                    changes.Note(unit.Scope.Owners);
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

    /// <summary>After a commit whose units were answered: the store may tidy up.</summary>
    void Committed();

    /// <summary>Takes back what is not committed; drops the connection where that fails.</summary>
    void Reset();

    /// <summary>Holds other writers of these counties off until the commit.</summary>
    void Lock(IReadOnlyList<string> owners);

    /// <summary>True when the work was right and only the lock was lost, so that it may be run again.</summary>
    bool IsLostLock(Exception broken);
}
