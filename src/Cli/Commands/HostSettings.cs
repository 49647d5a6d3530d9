using System.CommandLine;
using Qipan.Kernel;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>The argument and the option by which every command that needs a store finds it.</summary>
sealed class HostSettings
{
    public Argument<string> Folder { get; } = new("DIR") { Description = "The data folder." };

    public Option<string?> Store { get; } = new("--store") { Description = "A PostgreSQL connection string instead of the embedded store.", HelpName = "CONN" };

    /// <summary>Adds both to the command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Folder);
        command.Add(Store);
    }

    /// <summary>The settings that hold for this call.</summary>
    public Outcome<LoadedSettings> Load(ParseResult parsed, IReadOnlyDictionary<string, string>? more = null)
    {
        var flags = new Dictionary<string, string>(more ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        if (parsed.GetValue(Store) is { } connection)
            flags["storage.connection"] = connection;
        return LoadedSettings.Load(parsed.GetRequiredValue(Folder), flags: flags);
    }
}
