using System.Globalization;
using BenchmarkDotNet.Running;
using Qipan.Bench.PersonsImport;

// Timed runs print a table each; everything else goes to BenchmarkDotNet.
switch (args)
{
    case ["persons-import", .. var rest]:
        return await PersonsImportRun.Run(rest is [var rows, ..] ? int.Parse(rows, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 1_000_000);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
