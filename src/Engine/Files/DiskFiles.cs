using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Qipan.Engine.Files;

/// <summary>The real file system.</summary>
sealed partial class DiskFiles : FileLayer
{
    public static DiskFiles Instance { get; } = new();

    public override FileWriter Create(string path) => new DiskWriter(path);

    public override MappedFile Map(string path) => new(path);

    public override byte[] ReadAll(string path) => File.ReadAllBytes(path);

    public override void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public override void Delete(string path) => File.Delete(path);

    public override IEnumerable<string> List(string folder) => Directory.EnumerateFiles(folder);

    /// <summary>Windows keeps names without this.</summary>
    public override void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"The folder {folder} cannot be opened to sync it.", Marshal.GetLastPInvokeError());
        try
        {
            if (Fsync(descriptor) != 0)
                throw new IOException($"The folder {folder} cannot be synced.", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    sealed class DiskWriter : FileWriter
    {
        readonly SafeFileHandle handle;
        long length;

        public DiskWriter(string path) =>
            handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        public override long Length => length;

        public override void Append(ReadOnlySpan<byte> bytes)
        {
            RandomAccess.Write(handle, bytes, length);
            length += bytes.Length;
        }

        public override void WriteAt(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public override void CutTo(long newLength)
        {
            RandomAccess.SetLength(handle, newLength);
            length = newLength;
        }

        public override void Flush() => RandomAccess.FlushToDisk(handle);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                handle.Dispose();
        }
    }
}
