using BenchmarkDotNet.Running;
using Qipan.Bench;

// Whole use cases are timed by runners of their own; everything else by BenchmarkDotNet.
switch (args)
{
    case ["ledger", ..]:
        await LedgerBench.Run(args);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
