using System.Diagnostics.CodeAnalysis;
using Qipan.Kernel;

namespace Qipan.Engine;

/// <summary>
/// A file of the store is not what was written. It names the file and the byte offset, and is never caught below the host:
/// going on would turn a broken store into wrong answers.
/// </summary>
public sealed class SegmentCorrupt(string path, long offset, string what) : CorruptException($"{path} at byte {offset}", what)
{
    public string Path => path;

    /// <summary>The first byte of the smallest part that is known to be wrong.</summary>
    public long Offset => offset;

    [DoesNotReturn]
    internal static void Throw(string path, long offset, string what) => throw new SegmentCorrupt(path, offset, what);
}
