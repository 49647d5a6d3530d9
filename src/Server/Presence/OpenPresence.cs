using Qipan.Engine;
using Qipan.Kernel;
using Qipan.PresenceOnPostgres;
using Qipan.Server.Settings;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Server.Presence;

/// <summary>The presence store of this process, and what has to be closed with it.</summary>
/// <param name="Door">For the modules; shut where nothing is open.</param>
/// <param name="Folder">Closed after the last request; null where the database keeps the visits.</param>
public sealed record OpenedPresence(PresenceDoor Door, VisitStore? Folder);

/// <summary>Opens the presence store 到访库 where the settings say.</summary>
public static class OpenPresence
{
    /// <summary>The tables that the store needs besides the modules': those of the visits, where the database keeps them.</summary>
    public static IReadOnlyList<ModuleSchema> Schemas(LoadedSettings settings) =>
        Where(settings) == PresenceStore.Database && settings.Get<StorageSettings>().Connection.Length > 0
            ? [.. Modules.Schemas, PostgresPresence.Schema] : Modules.Schemas;

    /// <summary>
    /// Opens it for writing, or, for a command that only looks, as it is now. <c>presence_not_opened</c> when another process writes to
    /// the folder, or the settings name a database that is none.
    /// </summary>
    public static Outcome<OpenedPresence> Open(LoadedSettings settings, Store store, bool writes)
    {
        if (Where(settings) == PresenceStore.Database)
            return store.Kind != StoreKind.Postgres
                ? new PresenceNotOpened("presence.store is Database, and this deployment has no PostgreSQL", "presence.store 设为 Database，但未使用 PostgreSQL")
                : new OpenedPresence(new PresenceDoor(new PostgresPresence(store, WriteScope.Deployment, Actor.System)), null);
        var folder = Path.Combine(settings.Get<StorageSettings>().Folder, "presence");
        var opened = writes ? VisitStore.OpenForWriting(folder) : VisitStore.OpenForReading(folder);
        if (opened.Ok)
            return new OpenedPresence(new PresenceDoor(new EnginePresence(opened.Value)), opened.Value);
        return writes ? new PresenceNotOpened(opened.Refusal.Sentence, opened.Refusal.Chinese) : new OpenedPresence(new PresenceDoor(null), null);
    }

    static PresenceStore Where(LoadedSettings settings) => settings.Get<PresenceSettings>().Store switch
    {
        PresenceStore.Auto => settings.Get<StorageSettings>().Connection.Length > 0 ? PresenceStore.Database : PresenceStore.Folder,
        var said => said,
    };
}

/// <summary>The presence store cannot be opened, so the program does not start: contacts would be missed without a word.</summary>
public sealed record PresenceNotOpened(string Why, string WhyChinese) : Refusal("presence_not_opened", RefusalKind.Conflict,
    $"The presence store cannot be opened: {Why} End the other program, or set presence.store.",
    $"无法打开到访库：{WhyChinese} 请停止占用它的程序，或修改 presence.store 设置。");
