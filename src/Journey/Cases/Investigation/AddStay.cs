using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>One more item of the itinerary 轨迹.</summary>
public sealed record AddStay(Guid Case, NewStay Stay);

public sealed class AddStayHandler(CaseActs acts)
{
    public Task<Outcome<Guid>> Handle(Caller caller, AddStay command) => acts.Do<Guid>(caller, command.Case, (session, row) =>
    {
        if (row.Class == CaseClass.RuledOut)
            return CaseRefusals.RuledOut;
        var added = Itineraries.Add(session, row, [command.Stay]);
        if (!added.Ok)
            return added.Refusal;
        session.Trail(row.Owner, "add_stay", new Ref("itinerary_item", added.Value[0].Id), row.Ref);
        return added.Value[0].Id;
    });
}
