using Qipan.Contracts;
using Qipan.Drill.City;
using Qipan.Kernel.Codes;

namespace Qipan.Drill.Actors;

/// <summary>A closed box on its way.</summary>
/// <param name="Owner">The county whose box it is.</param>
/// <param name="Box">Its id.</param>
/// <param name="Tubes">What is in it: codes, and whose swabs are in each.</param>
public sealed record Shipment(string Owner, Guid Box, IReadOnlyList<(string Code, IReadOnlyList<Citizen> Swabs)> Tubes);

/// <summary>What a desk is set up with.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Point">The sampling point.</param>
/// <param name="Number">The desk's number in the city, from 1; its tube codes begin with it.</param>
/// <param name="Lab">The laboratory's unit that its boxes go to.</param>
public sealed record DeskPlace(string Owner, Guid Point, int Number, Guid Lab);

/// <summary>One desk 采样台 for one day: takes people one after the other into tubes of ten, and tubes into boxes.</summary>
public sealed class SamplingDesk(FieldDevice device, DeskPlace place, Guid round, int day, IReadOnlyList<Citizen> queue, Random random)
{
    const int PerTube = 10;
    const int BoxCapacity = 60;

    /// <summary>What has just been done is not written down yet.</summary>
    static readonly TimeSpan AtHand = TimeSpan.FromMinutes(1);

    /// <summary>Of so many people one is scanned again into the next tube; 0: nobody is. The program finds it, and asks somebody to look.</summary>
    public int ScansTwice { get; init; }

    readonly TimeSpan pace = TimeSpan.FromSeconds(45 + random.Next(40));
    readonly List<Citizen> swabs = [];
    readonly List<(string, IReadOnlyList<Citizen>)> boxed = [];
    Guid session;
    Guid tube;
    Guid box;
    string code = "";
    int next;
    int tubes;
    int boxes;
    DateTimeOffset free;

    public FieldDevice Device => device;

    public bool Done => next == queue.Count;

    /// <summary>Everybody who gave a swab here today.</summary>
    public int Taken => next;

    public void Begin(DateTimeOffset at)
    {
        session = device.Note(at, new SessionOpened
        {
            Point = place.Point,
            Round = round,
            Desk = $"desk {place.Number}",
            Collector = $"S{place.Number:D3}",
            Registrar = $"R{place.Number:D3}",
        });
        free = at + TimeSpan.FromSeconds(random.Next(90));
    }

    /// <summary>Works until an instant, or until nobody is left.</summary>
    public void Work(DateTimeOffset until)
    {
        while (!Done && free <= until - AtHand)
        {
            if (ScansTwice > 0 && swabs.Count == 0 && next > 0 && queue[next - 1].Number % ScansTwice == 0)
                Take(queue[next - 1], free - TimeSpan.FromSeconds(20));
            Take(queue[next++], free);
            if (swabs.Count == PerTube || Done)
                Seal(free + TimeSpan.FromSeconds(6));
            if (Done)
                device.Note(free + TimeSpan.FromMinutes(1), new SessionClosed { Session = session });
            free += pace * (0.6 + (random.NextDouble() * 0.8));
        }
    }

    void Take(Citizen citizen, DateTimeOffset at)
    {
        if (swabs.Count == 0)
        {
            code = CarrierCode.OfTube(place.Owner, (day * 1_000_000L) + (place.Number * 1000L) + ++tubes).Value;
            tube = device.Note(
                at - TimeSpan.FromSeconds(12), new TubeOpened { Code = code, Round = round, TubeKind = PerTube, Session = session });
        }
        swabs.Add(citizen);
        device.Note(at, new SampleRegistered
        {
            Tube = tube,
            Person = new WirePerson { DocType = 1, DocNo = citizen.Document },
            Position = swabs.Count,
            Specimen = "oropharyngeal",
            IdMethod = "id_card_swipe",
        });
    }

    void Seal(DateTimeOffset at)
    {
        device.Note(at, new TubeSealed { Tube = tube });
        if (boxed.Count == 0)
            box = device.Note(at, new BoxOpened
            {
                Code = CarrierCode.OfBox(place.Owner, (day * 1_000_000L) + (place.Number * 1000L) + ++boxes).Value,
                Capacity = BoxCapacity,
                Lab = place.Lab,
            });
        device.Note(at + TimeSpan.FromSeconds(2), new TubeBoxed { Tube = tube, Box = box });
        boxed.Add((code, [.. swabs]));
        swabs.Clear();
    }

    /// <summary>Closes the box for a courier and signs it over; null when there is nothing to take along.</summary>
    public Shipment? HandOver(DateTimeOffset at, FieldDevice courier)
    {
        Work(at);
        if (boxed.Count == 0)
            return null;
        device.Note(at - TimeSpan.FromSeconds(30), new BoxClosed { Box = box });
        device.Note(at, new BoxHandedOver
        {
            Box = box,
            FromHolder = device.Holder,
            FromSignature = device.Sign(device.Holder, box),
            ToHolder = courier.Holder,
        });
        courier.Note(at, new BoxHandedOver { Box = box, ToHolder = courier.Holder, ToSignature = courier.Sign(courier.Holder, box) });
        var shipment = new Shipment(place.Owner, box, [.. boxed]);
        boxed.Clear();
        return shipment;
    }
}
