using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Which county follows a person: one, and the same for every exposure (INV-36, INV-38).</summary>
static class Custodies
{
    /// <summary>
    /// Where a county follows a person: at their place if it lies there, otherwise at the county itself, until the county of the place accepts.
    /// </summary>
    public static string Where(PersonRef person, string county)
    {
        var place = Place(person);
        return PlaceCode.OwnerOf(place) == county ? place : county;
    }

    /// <summary>Where the registers say that a person is, as fine as it is known.</summary>
    public static string Place(PersonRef person) =>
        person.PresentPlace ?? (person.PresentOwner == person.Residence[..6] ? person.Residence : person.PresentOwner);

    /// <summary>Contacts that are about to be followed: whoever is under observation already stays with the county and the team that has them.</summary>
    public static List<ContactRow> WithOthers(Session session, IReadOnlyCollection<ContactRow> rows)
    {
        var followed = ContactRows.OfPersons(session, [.. rows.Select(r => r.Person).Distinct()]).Where(r => r.Active)
            .GroupBy(r => r.Person).ToDictionary(g => g.Key, g => g.MinBy(r => (r.DeterminedAt, r.Id))!);
        return [.. rows.Select(row => followed.TryGetValue(row.Person, out var other) && other.Custody != row.Custody
            ? row with { Area = other.Area, Team = other.Team } : row)];
    }

    /// <summary>The counties that a decision on each contact may write to: its own, those that follow the person, and the one to hand over to.</summary>
    public static Dictionary<Guid, string[]> Concerned(Session session, IReadOnlyCollection<ContactRow> rows)
    {
        var persons = rows.Select(r => r.Person).Distinct().ToList();
        var others = ContactRows.OfPersons(session, persons).ToLookup(r => r.Person);
        var places = PersonDirectory.ByIds(session, persons);
        return rows.GroupBy(r => r.Id).ToDictionary(g => g.Key, g => ContactDuties.Owners(g.Concat(others[g.First().Person].Where(o => o.Active)))
            .Concat(places.TryGetValue(g.First().Person, out var person) ? [PlaceCode.OwnerOf(Place(person))] : []).Distinct().ToArray());
    }
}
