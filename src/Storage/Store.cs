using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// Where everything is kept. Reads see one snapshot; writes of one county run one after the other, on every node, so that a use
/// case may read, judge and write without another changing what it read. Safe for all threads.
/// </summary>
public abstract class Store(TimeProvider clock) : IAsyncDisposable
{
    public abstract StoreKind Kind { get; }

    public TimeProvider Clock => clock;

    /// <summary>What this process has committed, by county.</summary>
    public StoreChanges Changes { get; } = new();

    /// <summary>
    /// Runs <paramref name="work"/> on one snapshot and returns what it returns. Blocks the calling thread; what is returned must
    /// not hold on to the session.
    /// </summary>
    public abstract T Read<T>(Func<Session, T> work);

    /// <summary>
    /// Runs <paramref name="work"/> as one unit and completes when it is durable. A refusal or an exception takes back everything
    /// the unit wrote; other units that share its commit are not touched. Units are committed in groups, and a unit may be run
    /// again after a lost lock, so <paramref name="work"/> must change nothing but the session. When more units wait than the
    /// store takes, the outcome is <see cref="StoreBusy"/> and nothing was done.
    /// </summary>
    public abstract Task<Outcome<T>> Write<T>(WriteScope scope, Func<WriteSession, Outcome<T>> work);

    /// <summary>Bytes on disk, as the store reports them.</summary>
    public abstract long SizeInBytes();

    public abstract ValueTask DisposeAsync();
}

/// <summary>Who writes, and for which counties. A unit that writes rows of several counties names them all.</summary>
/// <param name="Actor">Stands in the trail.</param>
/// <param name="Owners">6-digit codes of the counties whose rows are written; at least one.</param>
public sealed record WriteScope(Actor Actor, params IReadOnlyList<string> Owners)
{
    /// <summary>The owner of rows that belong to the deployment and to no county: places above the county, settings.</summary>
    public const string Deployment = "000000";

    /// <summary>
    /// For hot paths whose units are taken back next to never. Such a unit runs without a savepoint of its own, which would copy every page
    /// that it touches; when one has to be taken back all the same, the units of its group are run once more, each behind a savepoint.
    /// </summary>
    public bool SeldomTakenBack { get; init; }

    /// <summary>
    /// For units of thousands of rows: it begins a group, and the first unit of a group needs no savepoint. On SQLite a savepoint copies every page
    /// that the unit touches, and each of its statements that may be taken back alone walks through the copies.
    /// </summary>
    public bool IsLarge { get; init; }
}

/// <summary>More writes wait than the store takes; the client waits and sends the same again.</summary>
public sealed record StoreBusy() : Refusal("store_busy", RefusalKind.Busy,
    "The store is over its capacity. Nothing was written; send the same again after the time given.",
    "存储已满负荷，本次未写入任何内容，请在所示时间后原样重发。");
