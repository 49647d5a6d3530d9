using Qipan.Engine.Files;

namespace Qipan.Engine.Tests;

/// <summary>What a file layer is about to do.</summary>
enum FileAct
{
    Create,
    Append,
    WriteAt,
    Cut,
    Flush,
    Map,
    Read,
    Rename,
    Delete,
    SyncFolder,
}

/// <summary>
/// The real file system behind a watch that is told of every act before it is done, by its number from 1 on. The watch may throw;
/// for an append it says how many of the bytes are still written before it does.
/// </summary>
class WatchedFiles : FileLayer
{
    readonly DiskFiles disk = DiskFiles.Instance;

    public int Acts { get; private set; }

    /// <summary>Called before an act; half of an append is written when it returns false, and then <see cref="Fail"/> is called.</summary>
    public Func<int, FileAct, bool> MayGoOn { get; set; } = (_, _) => true;

    public Action Fail { get; set; } = () => throw new IOException("No space left on device");

    public override FileWriter Create(string path)
    {
        Watch(FileAct.Create);
        return new Writer(this, disk.Create(path));
    }

    public override MappedFile Map(string path)
    {
        Watch(FileAct.Map);
        return disk.Map(path);
    }

    public override byte[] ReadAll(string path)
    {
        Watch(FileAct.Read);
        return disk.ReadAll(path);
    }

    public override void Rename(string from, string to)
    {
        Watch(FileAct.Rename);
        disk.Rename(from, to);
    }

    public override void Delete(string path)
    {
        Watch(FileAct.Delete);
        disk.Delete(path);
    }

    public override void SyncFolder(string folder)
    {
        Watch(FileAct.SyncFolder);
        disk.SyncFolder(folder);
    }

    public override IEnumerable<string> List(string folder) => disk.List(folder);

    /// <summary>What an append really writes; a broken writer changes it.</summary>
    protected virtual ReadOnlySpan<byte> Written(ReadOnlySpan<byte> bytes) => bytes;

    void Watch(FileAct act)
    {
        if (!MayGoOn(++Acts, act))
            Fail();
    }

    sealed class Writer(WatchedFiles files, FileWriter file) : FileWriter
    {
        public override long Length => file.Length;

        public override void Append(ReadOnlySpan<byte> bytes)
        {
            if (!files.MayGoOn(++files.Acts, FileAct.Append))
            {
                file.Append(bytes[..(bytes.Length / 2)]);
                files.Fail();
            }
            file.Append(files.Written(bytes));
        }

        public override void WriteAt(long offset, ReadOnlySpan<byte> bytes)
        {
            files.Watch(FileAct.WriteAt);
            file.WriteAt(offset, bytes);
        }

        public override void CutTo(long length)
        {
            files.Watch(FileAct.Cut);
            file.CutTo(length);
        }

        public override void Flush()
        {
            files.Watch(FileAct.Flush);
            file.Flush();
        }

        protected override void Dispose(bool disposing) => file.Dispose();
    }
}
