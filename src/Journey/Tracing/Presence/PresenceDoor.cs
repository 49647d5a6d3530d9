using Qipan.Engine;

namespace Qipan.Tracing;

/// <summary>
/// The way to the presence store 到访库 of this process: the host sets it when it opens the store. Null where a process has opened none, as when
/// another one writes to the folder. Safe for all threads.
/// </summary>
/// <param name="Open">The store; null: none is open here.</param>
public sealed record PresenceDoor(IPresence? Open);
