using System.CommandLine;
using Qipan.Server.Presence;
using Qipan.Server.Settings;
using Qipan.Storage;

namespace Qipan.Cli.Commands;

/// <summary>The options by which an import finds its store: a data folder, which holds the keys too, and a server if there is one.</summary>
sealed class ImportStore
{
    readonly Option<string> folder = new("--store")
    {
        Description = "The data folder; with PostgreSQL, the folder that holds the keys.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "data",
    };

    readonly Option<string?> connection = new("--conn") { Description = "A PostgreSQL connection string instead of the embedded store.", HelpName = "CONN" };

    public void AddTo(Command command)
    {
        command.Add(folder);
        command.Add(connection);
    }

    /// <summary>Opens what the options name and runs the work on it; the store is closed afterwards.</summary>
    public async Task<int> Run(ParseResult parsed, TextWriter error, Func<Store, Keyring, LoadedSettings, Task<int>> work)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parsed.GetValue(connection) is { } server)
            flags["storage.connection"] = server;
        var settings = LoadedSettings.Load(parsed.GetRequiredValue(folder), flags: flags);
        if (!settings.Ok)
            return ExitCode.Refuse(error, settings.Refusal);
        var storage = settings.Value.Get<StorageSettings>();
        await using var store = await Stores.Open(storage, TimeProvider.System, OpenPresence.Schemas(settings.Value));
        return await work(store, Keyring.Open(storage.Folder), settings.Value);
    }
}
