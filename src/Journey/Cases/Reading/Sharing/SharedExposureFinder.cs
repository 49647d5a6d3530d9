using Qipan.Cases.Reading;
using Qipan.Protocols;

namespace Qipan.Cases;

/// <summary>
/// Finds what several itineraries share: homes, relations that are named, vehicles by the protocol's transport rule (domain 2.2), places at
/// one time. Pure. Persons are compared only where they share a key, so the time grows with what is shared, not with pairs of persons.
/// </summary>
public static class SharedExposureFinder
{
    /// <summary>Proposals, the strongest first; each pair, kind, place and day once.</summary>
    /// <param name="persons">From one text or several; the proposals name them by their place in this list.</param>
    /// <param name="transport">Which part of a vehicle counts.</param>
    public static SharedExposures Find(IReadOnlyList<ReadPerson> persons, TransportRule transport)
    {
        var people = persons.Select((p, i) => new SharingPerson(i, p)).ToList();
        var homes = SharedHomes.Find(people);
        var household = homes.Select(h => (h.First, h.Second)).ToHashSet();
        var places = SharedPlaces.Find(people, out var complete);
        return new SharedExposures([.. homes
            .Concat(NamedRelations.Find(people).Where(n => !household.Contains((n.First, n.Second))))
            .Concat(SharedRides.Find(people, transport))
            .Concat(places)
            .OrderBy(e => e.Strength).ThenBy(e => e.First).ThenBy(e => e.Second).ThenBy(e => e.Day).ThenBy(e => e.Kind)
                .ThenBy(e => e.What, StringComparer.Ordinal)], complete);
    }
}
