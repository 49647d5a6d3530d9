using System.Text.Json;
using Qipan.Drill.City;
using Qipan.Drill.Spread;

namespace Qipan.Drill.Actors;

/// <summary>Who works in a laboratory, and with how many instruments.</summary>
public sealed record LaboratoryStaff(Guid Lab, Guid Unit, string Name, StaffMember Technician, StaffMember First, StaffMember Second, int Instruments);

/// <summary>A laboratory's day 检·报: receives boxes, fills plates from the queue, loads what its instruments write, reviews twice, releases.</summary>
public sealed class LaboratoryTeam(Agenda agenda, LaboratoryStaff staff, IVirus virus, Random random)
{
    /// <summary>A plate waits for this many tubes, or for so long.</summary>
    const int WorthARun = 60;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(40);

    /// <summary>Extraction and amplification.</summary>
    static readonly TimeSpan Run = TimeSpan.FromMinutes(95);

    readonly Dictionary<string, IReadOnlyList<Citizen>> contents = [];
    readonly PcrInstrument instrument = new(random);
    int idle = staff.Instruments;
    int arrived;
    int plates;
    int waiting;
    bool urgent;
    DateTimeOffset waitingSince;

    /// <summary>As hand-overs name it.</summary>
    public string Holder => $"unit:{staff.Unit:N}";

    /// <summary>The number of a plate whose negative control will be contaminated; 0 for none.</summary>
    public int SpoiledPlate { get; init; }

    /// <summary>After so many plates it happens again.</summary>
    const int SpoilsAgain = 60;

    /// <summary>Of the tubes that come, counted from 1, the one that is not in its box; 0 for none.</summary>
    public int LosesTube { get; set; }

    /// <summary>Of the tubes that come, the one that has leaked; 0 for none.</summary>
    public int SpoilsTube { get; set; }

    /// <summary>Of so many tubes one is lost again, and one leaks; 0: only the first ones.</summary>
    public int LosesAgain { get; set; }

    /// <summary>Runs whose results are out.</summary>
    public int Released { get; private set; }

    public async Task Receive(Shipment shipment, CancellationToken cancel)
    {
        var scanned = new List<(string Code, bool Leaks, bool Single)>();
        foreach (var (code, swabs) in shipment.Tubes)
        {
            contents[code] = swabs;
            var turn = LosesAgain > 0 ? ++arrived % LosesAgain : ++arrived;
            if (turn != LosesTube)
                scanned.Add((code, turn == SpoilsTube, swabs.Count == 1));
        }
        await staff.Technician.Post("/api/laboratory/boxes/receive", new
        {
            lab = staff.Lab,
            owner = shipment.Owner,
            box = shipment.Box,
            tubes = scanned.Select(t => new { code = t.Code, rejected = t.Leaks ? "leaking" : "none" }),
        }, cancel);
        if (waiting == 0)
            waitingSince = agenda.Now;
        waiting += scanned.Count(t => !t.Leaks);
        urgent |= scanned.Exists(t => t.Single);
    }

    /// <summary>Fills plates while an instrument is free and enough is waiting, or something urgent is.</summary>
    public async Task Start(CancellationToken cancel)
    {
        while (idle > 0 && waiting > 0 && (urgent || waiting >= WorthARun || agenda.Now - waitingSince >= Patience))
        {
            var name = $"{staff.Name}-{agenda.Now.AddHours(8):MMdd}-{++plates:D2}";
            var planned = await staff.Technician.Post("/api/laboratory/plates", new { lab = staff.Lab, name, wells = 96 }, cancel);
            var wells = Fill(planned.GetProperty("wells"), spoiled: SpoiledPlate > 0 && plates % SpoilsAgain == SpoiledPlate);
            waiting -= wells.Count(w => w.Task == "UNKNOWN");
            (urgent, waitingSince) = (false, agenda.Now);
            idle--;
            agenda.In(Run, stop => Load(name, wells, stop));
        }
    }

    List<FilledWell> Fill(JsonElement planned, bool spoiled) =>
    [
        .. planned.EnumerateObject().Select(w => w.Value.TryGetProperty("tube", out var tube)
                ? new FilledWell(w.Name, tube.GetString()!, "UNKNOWN", virus.CtOf(contents[tube.GetString()!]), HasMaterial: true)
                : w.Value.GetProperty("role").GetString() == "positive_control"
                    ? new FilledWell(w.Name, "POS", "POSITIVE", 24, HasMaterial: true)
                    : new FilledWell(w.Name, "NTC", "NTC", spoiled ? 33 : null, HasMaterial: false)),
    ];

    async Task Load(string name, List<FilledWell> wells, CancellationToken cancel)
    {
        idle++;
        var file = instrument.Export(name, agenda.Now, wells);
        var receipt = await staff.Technician.PostFile(
            $"/api/laboratory/laboratories/{staff.Lab}/runs?fileName={name}.txt&layout={name}", file, "text/plain", cancel);
        var run = receipt.GetProperty("runs")[0];
        if (run.GetProperty("state").GetString() == "ControlFailed")
        {
            waiting += wells.Count(w => w.Task == "UNKNOWN");
            urgent = true;
        }
        else
            agenda.In(TimeSpan.FromMinutes(4), stop => Review(run.GetProperty("run").GetGuid(), stop));
        await Start(cancel);
    }

    async Task Review(Guid run, CancellationToken cancel)
    {
        await staff.First.Post("/api/laboratory/runs/review", new { run }, cancel);
        agenda.In(TimeSpan.FromMinutes(3), async stop =>
        {
            await staff.Second.Post("/api/laboratory/runs/review", new { run }, stop);
            agenda.In(TimeSpan.FromMinutes(2), async last =>
            {
                await staff.Second.Post("/api/laboratory/runs/release", new { runs = new[] { run } }, last);
                Released++;
            });
        });
    }
}
