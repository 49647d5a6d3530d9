using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Somebody settles a discrepancy 处理差异 and says how. It stays in the list of what was found.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Discrepancy">Open.</param>
/// <param name="Resolution">One word in snake_case: found, relabelled, discarded, resampled, no_fault.</param>
/// <param name="Note">What was done, in at most 500 characters; never personal data.</param>
public sealed record ResolveDiscrepancy(string Owner, DiscrepancyId Discrepancy, string? Resolution, string? Note);

public sealed class ResolveDiscrepancyHandler(Store store)
{
    public async Task<Outcome<Done>> Handle(Caller caller, ResolveDiscrepancy command)
    {
        if (command.Resolution?.Trim() is not { Length: >= 1 and <= 60 } resolution || command.Note?.Trim() is not { Length: >= 1 and <= 500 } note)
            return new ResolutionMissing { Field = "note" };
        if (!caller.May(Permission.RunRounds, command.Owner) && !caller.May(Permission.WorkInLaboratory, command.Owner))
            return new NotAllowedHere();
        return await store.Write(new WriteScope(caller.Actor, command.Owner), session =>
        {
            if (Discrepancies.Get(session, command.Owner, command.Discrepancy.Value) is not { } found)
                return (Outcome<Done>)new DiscrepancyUnknown();
            if (found.Closed)
                return new DiscrepancyClosed();
            session.Execute("""
                UPDATE discrepancy SET state = 1, closed_at = @Now, closed_by = @actor, resolution = @resolution, note = @note WHERE owner = @Owner AND id = @id
                """, new { session.Now, actor = caller.Actor.ToString(), resolution, note, command.Owner, id = command.Discrepancy });
            session.Trail(command.Owner, "resolve_discrepancy", new Ref("discrepancy", found.Id.Value), new Ref(found.SubjectKind, found.SubjectId), detail: new { resolution });
            Ledger.Done(session, [Discrepancies.KeyOf(command.Owner, found)], new Ref("discrepancy", found.Id.Value));
            return Done.Value;
        });
    }
}

/// <summary>No such discrepancy.</summary>
public sealed record DiscrepancyUnknown() : Refusal("discrepancy_unknown", RefusalKind.NotFound,
    "There is no such discrepancy in this county. Take it from the list.", "本县（区）没有该差异记录，请从列表中选择。");

/// <summary>Settled before.</summary>
public sealed record DiscrepancyClosed() : Refusal("discrepancy_closed", RefusalKind.Conflict,
    "This discrepancy was settled already. Open the list again.", "该差异已处理，请刷新列表。");

/// <summary>Closed by nobody for nothing.</summary>
public sealed record ResolutionMissing() : Refusal("resolution_missing", RefusalKind.Invalid,
    "Say how it was settled, in one word, and what was done, in at most 500 characters and without a person's data.",
    "请用一个词说明处理结果，并写明处理经过（500字以内，不得包含个人信息）。");
