namespace Qipan.Unit.Protocols;

/// <summary>A folder of a test's own that is gone afterwards.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("qipan-protocols-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
