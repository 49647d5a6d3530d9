namespace Qipan.Engine.Files;

/// <summary>
/// What the store asks of a file system, small enough that a test can let the n-th call fail. A failed call throws
/// <see cref="IOException"/> and may have done its work in part. Paths are absolute.
/// </summary>
abstract class FileLayer
{
    /// <summary>An empty file, also where one was.</summary>
    public abstract FileWriter Create(string path);

    /// <summary>The whole file, read only, until disposed.</summary>
    public abstract MappedFile Map(string path);

    public abstract byte[] ReadAll(string path);

    /// <summary>Puts a file in place of another in one step; lasts once the folder is synced.</summary>
    public abstract void Rename(string from, string to);

    public abstract void Delete(string path);

    /// <summary>Makes new and renamed names of this folder last.</summary>
    public abstract void SyncFolder(string folder);

    public abstract IEnumerable<string> List(string folder);
}

/// <summary>A file being written by one thread. Nothing lasts before <see cref="Flush"/> returned.</summary>
abstract class FileWriter : IDisposable
{
    /// <summary>Bytes written so far, which is where the next append goes.</summary>
    public abstract long Length { get; }

    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Replaces bytes that were appended before.</summary>
    public abstract void WriteAt(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file back to what was good.</summary>
    public abstract void CutTo(long length);

    public abstract void Flush();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
