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
        var collected = new List<(SamplingDesk Desk, Shipment Shipment)>();
        for (var i = 0; i < desks.Count; i++)
        {
            var desk = desks[i];
            agenda.In(AtDesk * (i + 1), _ => Collect(agenda, desk, collected));
        }
        agenda.In((AtDesk * desks.Count) + Drive, async stop =>
        {
            // Both sides have signed by now; who gave must have sent it before the laboratory can receive.
            await FieldDevice.Sync(collected.ConvertAll(c => c.Desk.Device), stop);
            await Deliver(agenda, collected.ConvertAll(c => c.Shipment), stop);
        });
        return Task.CompletedTask;
    }

    Task Collect(Agenda agenda, SamplingDesk desk, List<(SamplingDesk Desk, Shipment Shipment)> collected)
    {
        if (!desk.Device.Offline && desk.HandOver(agenda.Now, device) is { } shipment)
            collected.Add((desk, shipment));
        return Task.CompletedTask;
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
