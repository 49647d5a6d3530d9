using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// Keeps coverage true when tubes change after their results, or after their members were covered by others: a second tube makes its
/// person wait again until it is negative too, a rejected one lets them go (INV-01).
/// </summary>
sealed class FollowTubes : ITubeFollower
{
    public void Changed(WriteSession session, string owner, IReadOnlyCollection<Guid> tubes) => FanOut.Settle(
        session,
        $"SELECT owner, id AS tube, {(session.Kind == StoreKind.Sqlite ? "NULL" : "NULL::uuid")} AS fallen FROM tube WHERE owner = @owner AND id {session.InIds("tubes")}",
        new { owner, tubes = session.Keys(tubes) }, first: false);
}
