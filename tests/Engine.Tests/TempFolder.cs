namespace Qipan.Engine.Tests;

/// <summary>
/// A folder of its own for one test; gone afterwards. In memory where there is a file system for that: the tests flush thousands of
/// times, and a killed process, unlike a power cut, loses nothing that was written.
/// </summary>
sealed class TempFolder : IDisposable
{
    static int made;

    public TempFolder()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(parent, $"qipan-engine-{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public VisitStore Open(VisitStoreSettings? settings = null) => VisitStore.OpenForWriting(Path, settings).Value;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
