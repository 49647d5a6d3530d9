namespace Qipan.Engine.Tests;

/// <summary>A folder of its own for one test; gone afterwards.</summary>
sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("qipan-engine-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public VisitStore Open(VisitStoreSettings? settings = null) => VisitStore.OpenForWriting(Path, settings).Value;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
