using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Somebody asks for a case's contacts now: ring 1 and the likeliest of ring 2 at once, the others in the background.</summary>
sealed class ProposeHere(Store store, ProposeContactsHandler propose)
{
    /// <summary>The longest queue that may be asked for, so that a slip of the hand does not propose a whole round.</summary>
    const int MostQueueMinutes = 240;

    public async Task<Outcome<ProposalReport>> Handle(Caller caller, Guid id, int? queueMinutes)
    {
        if (store.Read(s => IndexCase.Of(s, id)) is not { } index || !caller.May(Permission.DecideContacts, index.Owner))
            return new CaseUnknownHere();
        TimeSpan? queue = queueMinutes is > 0 ? TimeSpan.FromMinutes(Math.Min(queueMinutes.Value, MostQueueMinutes)) : null;
        return await propose.Handle(new ProposeContacts(id, queue, OnlyFirst: true), caller.Actor);
    }
}
