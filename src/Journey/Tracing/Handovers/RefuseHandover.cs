using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>The receiver does not take the person, for a reason 拒收: the sender keeps the duties, as before.</summary>
sealed record RefuseHandover(Guid Handover, string Reason);

/// <summary>The sender takes its request back 撤回.</summary>
sealed record CancelHandover(Guid Handover, string Reason);

sealed class RefuseHandoverHandler(Store store)
{
    public Task<Outcome<HandoverRow>> Handle(Caller caller, RefuseHandover command) =>
        End(caller, command.Handover, HandoverState.Refused, command.Reason, HandoverRights.MayAnswer);

    public Task<Outcome<HandoverRow>> Handle(Caller caller, CancelHandover command) =>
        End(caller, command.Handover, HandoverState.Cancelled, command.Reason, HandoverRights.MaySend);

    async Task<Outcome<HandoverRow>> End(Caller caller, Guid id, HandoverState to, string reason, Func<Caller, HandoverRow, bool> may)
    {
        if (store.Read(s => HandoverRow.One(s, id)) is not { } found || !may(caller, found))
            return new HandoverUnknown();
        if (string.IsNullOrWhiteSpace(reason))
            return new ReasonNeeded();
        return await store.Write(new WriteScope(caller.Actor, [.. new[] { found.Owner, found.ToOwner, caller.Owner }.Distinct()]),
            session => HandoverWork.Answer(session, HandoverRow.One(session, id)!, to, reason.Trim()));
    }
}
