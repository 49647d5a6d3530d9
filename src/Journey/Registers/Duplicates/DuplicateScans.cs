using System.Collections.Concurrent;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>A scan that runs in the background, or ran.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Report">Once it is done.</param>
/// <param name="Refusal">The code, where it was refused or broke off.</param>
public sealed record RunningScan(Guid Id, string? County, DuplicateProgress Progress, DuplicateReport? Report, string? Refusal)
{
    public bool Ended => Report is not null || Refusal is not null;
}

/// <summary>Runs scans for duplicates beside the requests, one at a time. Forgotten when the process ends: the pairs that it parked stay. Safe for all threads.</summary>
public sealed class DuplicateScans(FindDuplicatesHandler handler, TimeProvider clock)
{
    readonly ConcurrentDictionary<Guid, RunningScan> scans = new();
    readonly Lock gate = new();

    /// <summary>Begins a scan; while one runs, that one is the answer.</summary>
    public Outcome<RunningScan> Begin(FindDuplicates command, Caller caller)
    {
        if (caller.Must(Permission.MergePersons, command.County ?? "") is { Ok: false } no)
            return no.Refusal;
        lock (gate)
        {
            if (scans.Values.FirstOrDefault(s => !s.Ended) is { } running)
                return running.County == command.County ? running : new ScanRuns();
            var scan = new RunningScan(Uuid7.New(clock), command.County, new DuplicateProgress("begun", 0, 0), null, null);
            scans[scan.Id] = scan;
            _ = Task.Run(() => Run(scan, command, caller));
            return scan;
        }
    }

    /// <summary>The scan that began last; null where none did since the process began.</summary>
    public RunningScan? Latest => scans.Values.MaxBy(s => s.Id);

    public RunningScan? Of(Guid id) => scans.GetValueOrDefault(id);

    async Task Run(RunningScan scan, FindDuplicates command, Caller caller)
    {
        try
        {
            var done = await handler.Handle(command, caller.Actor, caller, new Told(p => scans[scan.Id] = scan with { Progress = p }));
            scans[scan.Id] = scans[scan.Id] with { Report = done.Ok ? done.Value : null, Refusal = done.Refusal?.Code };
        }
        catch (Exception)
        {
            scans[scan.Id] = scans[scan.Id] with { Refusal = "broken" };
            throw;
        }
    }

    sealed class Told(Action<DuplicateProgress> tell) : IProgress<DuplicateProgress>
    {
        public void Report(DuplicateProgress value) => tell(value);
    }
}

/// <summary>Another scan is running.</summary>
public sealed record ScanRuns() : Refusal("scan_runs", RefusalKind.Conflict, "Another scan is running. Wait until it has ended.", "另一次查重正在进行，请稍候。");
