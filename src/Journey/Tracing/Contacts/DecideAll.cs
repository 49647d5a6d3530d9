using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A person decides a whole wave of a case's proposals 批量判定: a ring, from a rating on or up to one.</summary>
/// <param name="Case">The index.</param>
/// <param name="Ring">1 or 2.</param>
/// <param name="Accept">True: they are contacts.</param>
/// <param name="From">The lowest rating that is decided.</param>
/// <param name="UpTo">The highest.</param>
/// <param name="Reason">Needed for a rejection.</param>
sealed record DecideAll(Guid Case, int Ring, bool Accept, double From = 0, double UpTo = 1, string? Reason = null);

sealed class DecideAllHandler(Store store, DecideContactsHandler decide)
{
    /// <summary>As many as one decision takes; more than that need a second one, knowingly.</summary>
    const int Most = 20_000;

    public async Task<Outcome<DecidedReport>> Handle(Caller caller, DecideAll command)
    {
        var ids = store.Read(session => IndexCase.Of(session, command.Case) is { } index && caller.May(Permission.DecideContacts, index.Owner)
            ? session.Query<Guid>("""
                SELECT id FROM contact WHERE index_case = @Case AND state = 1 AND ring = @Ring AND rating >= @From AND rating <= @UpTo
                ORDER BY rating DESC, id LIMIT @Most
                """, new { command.Case, Ring = (short)command.Ring, command.From, command.UpTo, Most })
            : null);
        return ids is null ? new CaseUnknownHere() : await decide.Handle(caller, new DecideContacts(ids, command.Accept, command.Reason));
    }
}
