using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Ends the taking of samples 采样结束. A sample still belongs to the round by the time at which it was taken, whenever it is reported
/// (INV-14); what was taken after the window is supplement.
/// </summary>
public sealed record CloseSampling(string Owner);

public sealed class CloseSamplingHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, CloseSampling command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) =>
        {
            var moved = RoundAccess.Move(session, its, RoundState.SamplingClosed);
            if (moved.Ok)
                session.Trail(its.Owner, "close_sampling", its.Ref(), protocol: its.Protocol);
            return moved;
        });
}
