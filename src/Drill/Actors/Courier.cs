using Qipan.Contracts;

namespace Qipan.Drill.Actors;

/// <summary>A courier 转运员 of a district: goes round the desks, and signs what was collected over to the laboratory.</summary>
public sealed class Courier(FieldDevice device, IReadOnlyList<SamplingDesk> desks, LaboratoryTeam laboratory)
{
    static readonly TimeSpan AtDesk = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Drive = TimeSpan.FromMinutes(18);

    /// <summary>Collects from every desk that has a network; the laboratory has the boxes when the tour is over.</summary>
    public async Task Tour(Agenda agenda, CancellationToken cancel)
    {
        var collected = new List<Shipment>();
        var at = agenda.Now;
        foreach (var desk in desks.Where(d => !d.Device.Offline))
        {
            at += AtDesk;
            if (desk.HandOver(at, device) is { } shipment)
                collected.Add(shipment);
            await desk.Device.Sync(cancel);
        }
        await device.Sync(cancel);
        if (collected.Count > 0)
            agenda.At(at + Drive, stop => Deliver(agenda, collected, stop));
    }

    /// <summary>Also what an alert's team brings by itself.</summary>
    public async Task Deliver(Agenda agenda, IReadOnlyList<Shipment> shipments, CancellationToken cancel)
    {
        foreach (var shipment in shipments)
            device.Note(agenda.Now, new BoxHandedOver
            {
                Box = shipment.Box,
                FromHolder = device.Holder,
                FromSignature = device.Sign(device.Holder, shipment.Box),
                ToHolder = laboratory.Holder,
                ToSignature = device.Sign(laboratory.Holder, shipment.Box),
            });
        await device.Sync(cancel);
        foreach (var shipment in shipments)
            await laboratory.Receive(shipment, cancel);
        await laboratory.Start(cancel);
    }
}
