using Qipan.Contracts;

namespace Qipan.Drill.Actors;

/// <summary>A courier 转运员 of a district: goes round the desks, and signs what was collected over to the laboratory.</summary>
public sealed class Courier(FieldDevice device, IReadOnlyList<SamplingDesk> desks, LaboratoryTeam laboratory)
{
    static readonly TimeSpan AtDesk = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Drive = TimeSpan.FromMinutes(18);

    /// <summary>Goes from desk to desk; the laboratory has the boxes when the tour is over. A desk without a network keeps its box.</summary>
    public Task Tour(Agenda agenda, CancellationToken cancel)
    {
        var collected = new List<Shipment>();
        for (var i = 0; i < desks.Count; i++)
        {
            var desk = desks[i];
            agenda.In(AtDesk * (i + 1), stop => Collect(agenda, desk, collected, stop));
        }
        agenda.In((AtDesk * desks.Count) + Drive, stop => Deliver(agenda, collected, stop));
        return Task.CompletedTask;
    }

    async Task Collect(Agenda agenda, SamplingDesk desk, List<Shipment> collected, CancellationToken cancel)
    {
        if (desk.Device.Offline || desk.HandOver(agenda.Now, device) is not { } shipment)
            return;
        collected.Add(shipment);
        await desk.Device.Sync(cancel);
        await device.Sync(cancel);
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
