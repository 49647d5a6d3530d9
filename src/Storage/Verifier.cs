namespace Qipan.Storage;

/// <summary>
/// Recomputes what one module derives and keeps (states, counters, chains) from the facts and says where the two differ.
/// `qipan verify` runs all that are registered, on one snapshot; it changes nothing.
/// </summary>
public interface IVerifier
{
    /// <summary>What is verified, as printed: "duties".</summary>
    string Name { get; }

    /// <summary>
    /// The differences, one sentence each: where, what is kept, what the facts say. Empty when all holds. Never personal data. Must not
    /// hold more than a page of rows in memory, and may be stopped early.
    /// </summary>
    /// <param name="session">One snapshot, the same for all verifiers.</param>
    /// <param name="tally">Told how many of what were checked, so that "no differences" cannot mean "nothing was looked at".</param>
    IEnumerable<string> Verify(Session session, Tally tally);
}

/// <summary>How many of what a verifier has looked at. Not safe for several threads.</summary>
public sealed class Tally
{
    readonly Dictionary<string, long> counts = [];

    /// <summary>Adds to the number of things of this sort that were checked.</summary>
    /// <param name="what">In the plural: "duties", "counters".</param>
    /// <param name="many">How many more.</param>
    public void Add(string what, long many = 1) => counts[what] = counts.GetValueOrDefault(what) + many;

    /// <summary>In the order in which they were first named.</summary>
    public IReadOnlyCollection<KeyValuePair<string, long>> Counts => counts;
}

/// <summary>The access log's chain of hashes holds (P-07).</summary>
public sealed class VerifyAccessLog : IVerifier
{
    public string Name => "access log";

    public IEnumerable<string> Verify(Session session, Tally tally)
    {
        tally.Add("rows", session.Scalar<long>("SELECT count(*) FROM access_log"));
        return AccessLog.Verify(session);
    }
}
