using Qipan.Contracts;
using Qipan.Drill.City;
using Qipan.Kernel.Codes;

namespace Qipan.Drill.Actors;

/// <summary>
/// Swabs one by one at people's doors 单采单管: each in a tube of its own, all in one box, which a courier brings to the laboratory at once.
/// </summary>
/// <param name="agenda">The drill's calendar.</param>
/// <param name="device">The team's.</param>
/// <param name="place">Its county and laboratory.</param>
/// <param name="courier">Brings the box.</param>
/// <param name="doors">Who stands behind which.</param>
/// <param name="serial">Where its codes begin, apart from everybody else's in the county.</param>
public sealed class SingleSwabs(Agenda agenda, FieldDevice device, DeskPlace place, Courier courier, Doors doors, long serial)
{
    int tubes;

    /// <summary>Items that the server refused.</summary>
    public int Refused => device.Refused.Count;

    /// <summary>Takes a swab of each; a person who stands twice in the list gives two. The laboratory has them half an hour later.</summary>
    /// <param name="persons">By id.</param>
    /// <param name="alert">The alert whose members they are; null: none.</param>
    /// <param name="cancel">Stops between two people.</param>
    public async Task Take(IReadOnlyList<Guid> persons, Guid? alert, CancellationToken cancel)
    {
        var at = agenda.Now;
        var box = device.Note(at, new BoxOpened { Code = CarrierCode.OfBox(place.Owner, serial + tubes + 1).Value, Capacity = 60, Lab = place.Lab });
        var contents = new List<(string, IReadOnlyList<Citizen>)>();
        foreach (var person in persons)
        {
            var citizen = await doors.Of(person, cancel);
            var code = CarrierCode.OfTube(place.Owner, serial + ++tubes).Value;
            var tube = device.Note(at, new TubeOpened { Code = code, TubeKind = 1, Priority = 1, Alert = alert });
            device.Note(at += TimeSpan.FromSeconds(70), new SampleRegistered
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
        agenda.At(at, async stop =>
        {
            await device.Sync(stop);
            agenda.In(TimeSpan.FromMinutes(15), last => courier.Deliver(agenda, [new Shipment(place.Owner, box, contents)], last));
        });
    }
}
