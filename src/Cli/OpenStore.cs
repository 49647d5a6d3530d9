using Microsoft.AspNetCore.Builder;
using Qipan.Kernel;
using Qipan.Server;
using Qipan.Server.Settings;
using Qipan.Storage;

namespace Qipan.Cli;

/// <summary>Opens what a command looks into, with all modules wired and nothing listening or running beside it.</summary>
static class OpenStore
{
    /// <summary>
    /// The store that is there already: a command that reads never makes a new one. Brings its schema up to date, as `serve` does.
    /// </summary>
    public static async Task<Outcome<WebApplication>> Existing(Outcome<LoadedSettings> settings)
    {
        if (!settings.Ok)
            return settings.Refusal;
        var storage = settings.Value.Get<StorageSettings>();
        return storage.Connection.Length == 0 && !File.Exists(Path.Combine(storage.Folder, Stores.SqliteFile))
            ? new StoreMissing(storage.Folder)
            : await QipanHost.Build(new StartOptions(settings.Value) { Serves = false });
    }

    /// <summary>The settings for <c>--store</c>, which is a data folder or a PostgreSQL connection string.</summary>
    public static Outcome<LoadedSettings> SettingsOf(string store) => store.Contains('=', StringComparison.Ordinal) && !Directory.Exists(store)
        ? LoadedSettings.Load(null, flags: new Dictionary<string, string>(StringComparer.Ordinal) { ["storage.connection"] = store })
        : LoadedSettings.Load(store);
}

/// <summary>There is no store in the folder.</summary>
sealed record StoreMissing(string Folder) : Refusal("store_missing", RefusalKind.NotFound,
    $"There is no store in {Folder}. Name the data folder that `qipan serve` runs on, or a PostgreSQL connection string.",
    $"目录 {Folder} 中没有数据。请指定 qipan serve 使用的数据目录，或 PostgreSQL 连接字符串。");
