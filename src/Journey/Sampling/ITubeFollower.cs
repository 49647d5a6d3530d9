using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Hears that tubes 采样管 count otherwise than before: somebody was added to a tube that has its result, a person is in a second tube
/// (INV-01), a registration was taken back, a tube is missing or rejected. A later module implements it, because what follows for
/// coverage stands in its results. Called seldom: never for a first registration into a tube on its way.
/// </summary>
public interface ITubeFollower
{
    /// <summary>Called in the unit that changed them, after its rows are written.</summary>
    void Changed(WriteSession session, string owner, IReadOnlyCollection<Guid> tubes);
}
