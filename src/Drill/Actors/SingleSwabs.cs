using Qipan.Contracts;
using Qipan.Drill.City;
using Qipan.Kernel.Codes;

namespace Qipan.Drill.Actors;

/// <summary>
/// Swabs one by one at people's doors 单采单管: each in a tube of its own, those of a tour in one box, which a courier brings to the laboratory at once.
/// </summary>
/// <param name="agenda">The drill's calendar.</param>
/// <param name="teams">Who goes.</param>
/// <param name="place">Its county and laboratory.</param>
/// <param name="courier">Brings the box.</param>
/// <param name="doors">Who stands behind which.</param>
/// <param name="serial">Where its codes begin, apart from everybody else's in the county.</param>
public sealed class SingleSwabs(Agenda agenda, DoorTeams teams, DeskPlace place, Courier courier, Doors doors, long serial)
{
    /// <summary>Doors of a tour, and so the tubes of a box.</summary>
    const int Tour = 20;

    static readonly TimeSpan AtDoor = TimeSpan.FromSeconds(70);

    int tubes;

    /// <summary>Takes a swab of each; a person who stands twice in the list gives two. The laboratory has them half an hour after the last of a tour.</summary>
    /// <param name="persons">By id.</param>
    /// <param name="alert">The alert whose members they are; null: none.</param>
    /// <param name="cancel">Stops between two people.</param>
    public async Task Take(IReadOnlyList<Guid> persons, Guid? alert, CancellationToken cancel)
    {
        foreach (var tour in persons.Chunk(Tour))
        {
            var people = new List<(Guid Person, Citizen Citizen)>();
            foreach (var person in tour)
                people.Add((person, await doors.Of(person, cancel)));
            Shipment? shipment = null;
            teams.Ask(
                people.Count,
                (device, at) => Swab(device, at, people, alert, out shipment),
                () => agenda.In(TimeSpan.FromMinutes(15), last => courier.Deliver(agenda, [shipment!], last)));
        }
    }

    DateTimeOffset Swab(FieldDevice device, DateTimeOffset at, List<(Guid Person, Citizen Citizen)> people, Guid? alert, out Shipment shipment)
    {
        var box = device.Note(at, new BoxOpened { Code = CarrierCode.OfBox(place.Owner, serial + tubes + 1).Value, Capacity = 60, Lab = place.Lab });
        var contents = new List<(string, IReadOnlyList<Citizen>)>();
        foreach (var (person, citizen) in people)
        {
            var code = CarrierCode.OfTube(place.Owner, serial + ++tubes).Value;
            var tube = device.Note(at, new TubeOpened { Code = code, TubeKind = 1, Priority = 1, Alert = alert });
            device.Note(at += AtDoor, new SampleRegistered
            {
                Tube = tube,
                Person = new WirePerson { Id = person },
                Position = 1,
                Specimen = "nasopharyngeal",
                IdMethod = "manual",
            });
            device.Note(at, new TubeSealed { Tube = tube });
            device.Note(at, new TubeBoxed { Tube = tube, Box = box });
            contents.Add((code, [citizen]));
        }
        device.Note(at, new BoxClosed { Box = box });
        shipment = new Shipment(place.Owner, box, contents);
        return at;
    }
}
