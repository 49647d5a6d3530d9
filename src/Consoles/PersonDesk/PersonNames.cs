using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.PersonDesk;

/// <summary>Names for a list that is about persons.</summary>
static class PersonNames
{
    /// <summary>
    /// The names of those persons who live, or are now, in the caller's territory; the others are left out. Each county's access log
    /// says who saw how many names of which list and why, before any is shown (P-07).
    /// </summary>
    /// <param name="list">The list on which the names are shown.</param>
    public static async Task<Outcome<Dictionary<Guid, string>>> Reveal(Store store, Caller caller, Purpose purpose, Ref list, IEnumerable<Guid> persons)
    {
        var asked = persons.ToHashSet();
        var found = asked.Count == 0 || !caller.May(Permission.SeePersons) ? [] : store.Read(session => session.Query<Named>(
            $"SELECT owner, id, name, residence, present_place FROM person WHERE id {session.InIds("ids")}", new { ids = session.Keys(asked) }));
        found.RemoveAll(p => !caller.May(Permission.SeePersons, p.Residence) && !caller.May(Permission.SeePersons, p.PresentPlace ?? ""));
        if (found.Count == 0)
            return new Dictionary<Guid, string>();
        var owners = found.Select(p => p.Owner).Distinct().ToList();
        return await store.Write(new WriteScope(caller.Actor, owners), session =>
        {
            foreach (var owner in owners)
                AccessLog.Record(session, owner, purpose, "search", list, "name", "residence");
            return Outcome.Of(found.ToDictionary(p => p.Id, p => p.Name));
        });
    }

    sealed class Named
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Residence { get; init; } = "";

        public string? PresentPlace { get; init; }
    }
}
