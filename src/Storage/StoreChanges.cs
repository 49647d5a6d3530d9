using System.Collections.Concurrent;

namespace Qipan.Storage;

/// <summary>
/// How often something of a county was committed by this process, in memory: whoever shows figures asks whether they may have changed since. It says that
/// something was written, not what. Safe for all threads.
/// </summary>
public sealed class StoreChanges
{
    readonly ConcurrentDictionary<string, long> byOwner = new(StringComparer.Ordinal);
    long last;

    /// <summary>The number of the last change of anything; grows with each.</summary>
    public long Last => Volatile.Read(ref last);

    /// <summary>The number of the last change in a territory; 0 before the first. From a county down it is the county's, and empty is everything.</summary>
    public long Of(string territory)
    {
        if (territory.Length >= 6)
            return byOwner.GetValueOrDefault(territory[..6]);
        var most = 0L;
        foreach (var (owner, change) in byOwner)
            if (change > most && owner.StartsWith(territory, StringComparison.Ordinal))
                most = change;
        return most;
    }

    /// <summary>Something of these counties was committed. What belongs to the deployment and to no county changes no figure.</summary>
    public void Note(IReadOnlyList<string> owners)
    {
        var change = Interlocked.Increment(ref last);
        foreach (var owner in owners)
            if (owner != WriteScope.Deployment)
                byOwner[owner] = change;
    }
}
