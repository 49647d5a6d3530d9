using System.Globalization;
using BenchmarkDotNet.Running;
using Qipan.Bench;
using Qipan.Bench.Boards;
using Qipan.Bench.Chains;
using Qipan.Bench.Desks;
using Qipan.Bench.Intake;
using Qipan.Bench.LineLists;
using Qipan.Bench.Persons;
using Qipan.Bench.PersonsImport;
using Qipan.Bench.Rounds;
using Qipan.Bench.Trace;

// Whole use cases are timed by runners of their own, each printing a table; everything else goes to BenchmarkDotNet.
switch (args)
{
    case ["ledger", ..]:
        await LedgerBench.Run(args);
        return 0;
    case ["fan-out", ..]:
        await FanOutBench.Run(args);
        return 0;
    case ["persons-import", .. var rest]:
        return await PersonsImportRun.Run(rest is [var rows, ..] ? int.Parse(rows, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 1_000_000);
    case ["intake", ..]:
        return await IntakeRun.Run(args);
    case ["roster", ..]:
        return await RosterRun.Run(args);
    case ["trace", ..]:
        return await TraceRun.Run(args);
    case ["line-lists", ..]:
        return await ListBench.Run(args);
    case ["duplicates", ..]:
        return await DuplicatesRun.Run(args);
    case ["search", ..]:
        return await SearchRun.Run(args);
    case ["chains", ..]:
        return await ChainsRun.Run(args);
    case ["board", ..]:
        return await BoardRun.Run(args);
    case ["live", ..]:
        return await LiveRun.Run(args);
    case ["live-server", ..]:
        await LiveRun.Serve(args);
        return 0;
    case ["memory", ..]:
        return await MemoryRun.Run(args);
    case ["desks", ..]:
        return await DeskRun.Run(args);
    case ["memory-server", ..]:
        await MemoryRun.Serve(args);
        return 0;
    case ["intake-client", ..]:
        await IntakeClient.Run(args);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
