using System.CommandLine;
using Qipan.Cli.Commands;

namespace Qipan.Cli;

/// <summary>`qipan`: wiring over the same use cases as the server. Exit codes: 0 done, 1 refused, 2 usage, 3 broken.</summary>
public static class Program
{
    public static int Main(string[] args) => Run(args, new InvocationConfiguration { EnableDefaultExceptionHandler = false });

    /// <summary>Runs one command line and returns its exit code; what it prints goes to the configuration's writers.</summary>
    public static int Run(string[] args, InvocationConfiguration configuration)
    {
        var root = new RootCommand("Qipan 棋盘: who must be tested, traced, moved, isolated, treated, supplied and told; by when; by whom; and who has been missed.")
        {
            ServeCommand.Make(),
            DemoCommand.Make(),
            DrillCommand.Make(),
            ImportCommand.Make(),
            ProtocolCommand.Make(),
            MappingCommand.Make(),
            ExportCommand.Make(),
            EngineCommand.Make(),
            SettingsCommand.Make(),
            StaffCommand.Make(),
            PersonsCommand.Make(),
            ChainsCommand.Make(),
            TrailCommand.Make(),
            VerifyCommand.Make(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors)
                configuration.Error.WriteLine($"usage: {wrong.Message}");
            configuration.Error.WriteLine("usage: qipan --help lists the commands.");
            return ExitCode.Usage;
        }
        try
        {
            return parsed.Invoke(configuration);
        }
        catch (Exception e)
        {
            // The type and place are for whoever repairs it; messages of exceptions may hold data and are not printed.
            configuration.Error.WriteLine($"broken: {e.GetType().Name}{Environment.NewLine}{e.StackTrace}");
            return ExitCode.Broken;
        }
    }
}
