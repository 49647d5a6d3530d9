using Qipan.Contracts;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>A session that may write, inside one unit of <see cref="Store.Write"/>.</summary>
public abstract class WriteSession : Session
{
    private protected WriteSession(StoreKind kind, Dialect dialect, TimeProvider clock)
        : base(kind, dialect) => Clock = clock;

    /// <summary>The unit's one instant: everything written in it carries the same time.</summary>
    public DateTimeOffset Now { get; private set; }

    public Actor Actor { get; private set; } = Actor.System;

    public TimeProvider Clock { get; }

    public int Execute(string sql, object? args = null) => Dialect.Execute(sql, args);

    /// <summary>
    /// Runs a statement for each key, which it compares with <c>= @key</c>, and returns how many rows it changed. Where a statement over a set
    /// would lay down what it found before it writes, as SQLite does, this writes a key's rows where it finds them.
    /// </summary>
    public int ExecuteEach(string sql, IEnumerable<Guid> keys, object? args = null) => Dialect.ExecuteEach(sql, keys, args);

    /// <summary>Writes many rows at the store's best speed. Returns how many were new.</summary>
    /// <param name="table">The columns and where their values come from.</param>
    /// <param name="rows">Any number, in any order.</param>
    /// <param name="ifThere">What to do when the primary key is there already.</param>
    public abstract int Insert<T>(Table<T> table, IReadOnlyCollection<T> rows, IfThere ifThere = IfThere.Fail);

    /// <summary>Sets all columns that are not keys of the rows whose keys match. Returns how many rows were there.</summary>
    public abstract int Update<T>(Table<T> table, IReadOnlyCollection<T> rows);

    /// <summary>Appends to the trail: what was done to what, on which fact, under which protocol.</summary>
    public void Trail(string owner, string action, Ref subject, Ref? basis = null, string? protocol = null, object? detail = null) =>
        TrailRow.Append(this, owner, action, subject, basis, protocol, detail);

    /// <summary>Tells later modules; handled at least once after the commit, by every subscriber of the event's kind.</summary>
    public void Publish<TEvent>(string owner, TEvent news)
        where TEvent : IEvent => OutboxRow.Append(this, owner, news);

    /// <summary>A new id of this unit's clock.</summary>
    public Guid NewId() => Uuid7.New(Clock);

    /// <summary>Rows changed on this connection so far; null where the store does not say.</summary>
    internal virtual long? Changes => null;

    internal void Begin(Actor actor)
    {
        Actor = actor;
        Now = DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds());
    }
}

/// <summary>What an insert does when the primary key is there already.</summary>
public enum IfThere
{
    /// <summary>Throws; the unit is taken back.</summary>
    Fail,

    /// <summary>Leaves the row that is there and goes on.</summary>
    Skip,
}
