using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The item was wrong; this is how it was. The first one stays in the history.</summary>
public sealed record CorrectStay(Guid Case, Guid Item, NewStay Stay, string Reason);

/// <summary>The item does not hold at all.</summary>
public sealed record WithdrawStay(Guid Case, Guid Item, string Reason);

public sealed class CorrectStayHandler(CaseActs acts)
{
    public Task<Outcome<Guid>> Handle(Caller caller, CorrectStay command) => acts.Do<Guid>(caller, command.Case, (session, row) =>
    {
        var ended = End(session, row, command.Item, ItemState.Corrected, command.Reason);
        if (!ended.Ok)
            return ended.Refusal;
        var added = Itineraries.Add(session, row, [command.Stay], replaces: command.Item);
        if (!added.Ok)
            return added.Refusal;
        session.Trail(row.Owner, "correct_stay", new Ref("itinerary_item", added.Value[0].Id), new Ref("itinerary_item", command.Item));
        return added.Value[0].Id;
    });

    public Task<Outcome<Done>> Handle(Caller caller, WithdrawStay command) => acts.Do(caller, command.Case, (session, row) =>
    {
        var ended = End(session, row, command.Item, ItemState.Withdrawn, command.Reason);
        if (ended.Ok)
            session.Trail(row.Owner, "withdraw_stay", new Ref("itinerary_item", command.Item), row.Ref);
        return ended;
    });

    static Outcome<Done> End(WriteSession session, CaseRow row, Guid item, ItemState state, string reason)
    {
        if (CaseRefusals.Reason(reason) is { } missing)
            return missing;
        var there = session.One<ItineraryRow>("SELECT * FROM itinerary_item WHERE owner = @Owner AND id = @item", new { row.Owner, item });
        if (there is null || there.CaseId != row.Id)
            return new Refusal("item_unknown", RefusalKind.NotFound, "This case has no such item.", "该病例没有此轨迹条目。");
        if (there.State != ItemState.Holds)
            return CaseRefusals.Conflict("item_ended", "This item was corrected or withdrawn before.", "该条目此前已更正或撤回。");
        session.Update(ItineraryRow.Rows, [there with { State = state, Reason = reason.Trim() }]);
        return Done.Value;
    }
}
