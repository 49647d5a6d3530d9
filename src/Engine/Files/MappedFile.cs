using System.IO.MemoryMappedFiles;

namespace Qipan.Engine.Files;

/// <summary>A file's bytes in memory, read only. The pointer is valid until disposed; the owner counts its readers.</summary>
sealed unsafe class MappedFile : IDisposable
{
    readonly MemoryMappedFile? map;
    readonly MemoryMappedViewAccessor? view;
    byte* start;

    public MappedFile(string path)
    {
        Path = path;
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(handle);
        if (Length == 0)
            return;
        map = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
    }

    public string Path { get; }

    public long Length { get; }

    public byte* Start => start;

    public ReadOnlySpan<byte> Bytes(long offset, int length) => new(start + offset, length);

    public void Dispose()
    {
        if (start is not null)
            view!.SafeMemoryMappedViewHandle.ReleasePointer();
        start = null;
        view?.Dispose();
        map?.Dispose();
    }
}
