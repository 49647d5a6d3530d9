using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.PersonDesk;

/// <summary>Names for a list that is about persons.</summary>
static class PersonNames
{
    /// <summary>
    /// The names of those whom the caller may see; the others are left out. Each person's access log has a line before the name is shown (P-07).
    /// </summary>
    public static async Task<Outcome<Dictionary<Guid, string>>> Reveal(
        Store store, PersonViews views, Caller caller, Purpose purpose, IEnumerable<Guid> persons)
    {
        var asked = persons.ToHashSet();
        if (asked.Count == 0 || !caller.May(Permission.SeePersons))
            return new Dictionary<Guid, string>();
        var owners = store.Read(s => PersonDirectory.ByIds(s, asked)).Values.Select(p => p.Owner).Append(caller.Owner).Distinct().ToList();
        return await store.Write(new WriteScope(caller.Actor, owners), session => Outcome.Of(
            views.Show(session, caller, purpose, "search", asked).Where(p => (p.Name ?? p.FirstName) is not null).ToDictionary(p => p.Id, p => p.Name ?? p.FirstName!)));
    }
}
