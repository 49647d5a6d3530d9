using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A unit that joins persons or takes them apart names every county whose rows it writes; which those are is asked first.</summary>
static class MergeScope
{
    const int Tries = 5;

    /// <summary>Runs <paramref name="work"/> with the counties of these persons' rows; again where rows of another county came meanwhile.</summary>
    public static async Task<Outcome<T>> Write<T>(
        Store store, PersonMerges merges, Actor actor, IReadOnlyCollection<Guid> persons, Func<WriteSession, IReadOnlyCollection<string>, Outcome<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            var scope = store.Read(s => merges.Owners(s, persons));
            var done = await store.Write(new WriteScope(actor, scope), session => work(session, scope));
            if (done.Ok || done.Refusal is not StoreBusy || attempt == Tries || !store.Read(s => merges.Owners(s, persons)).Except(scope).Any())
                return done;
        }
    }
}
