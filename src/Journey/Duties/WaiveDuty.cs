using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>Excuses one open duty 豁免, under the caller's name.</summary>
/// <param name="Owner">The county of the duty.</param>
/// <param name="Duty">kind.basis.subject.</param>
/// <param name="Reason">Why, without a person's data; at most 500 characters.</param>
public sealed record WaiveDuty(string Owner, string Duty, string Reason);

/// <summary>Judges role and territory by the duty's own place.</summary>
public sealed class WaiveDutyHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, WaiveDuty command) =>
        EndByHand.Write(store, caller, command.Owner, command.Duty, (session, duty) => Ledger.Waive(session, duty.Key, command.Reason));
}

/// <summary>What waiving, withdrawing and reinstating by hand have in common.</summary>
static class EndByHand
{
    public static Task<Outcome<Done>> Write(Store store, Caller caller, string? owner, string? duty, Func<WriteSession, DutyLine, Outcome<Done>> end)
    {
        if (owner is not { Length: 6 } || !owner.All(char.IsAsciiDigit) || !DutyKey.TryParse(owner, duty, out var key))
            return Task.FromResult<Outcome<Done>>(new DutyUnknown());
        return store.Write(new WriteScope(caller.Actor, owner), session =>
        {
            if (DutyList.One(session, key) is not { } line)
                return new DutyUnknown();
            var allowed = caller.Must(Permission.EndDuties, line.Area);
            return allowed.Ok ? end(session, line) : allowed.Refusal;
        });
    }
}
