using System.IO.Compression;

namespace Qipan.Laboratory.Files;

/// <summary>
/// An xlsx or RDML archive, read within limits: number of parts, declared and real sizes, ratio. Every part that is read is
/// compared with its checksum, so that a flipped bit is a refusal and never another Ct. Not thread-safe.
/// </summary>
sealed class SafeZip : IDisposable
{
    const long SmallPart = 1 << 20;
    readonly ZipArchive archive;
    readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    readonly ReadLimits limits;

    public SafeZip(byte[] bytes, ReadLimits limits)
    {
        this.limits = limits;
        // Before .NET makes an object of each entry, they are counted by their signature.
        var rest = bytes.AsSpan();
        for (var count = 0; rest.IndexOf("PK\u0001\u0002"u8) is >= 0 and var next; rest = rest[(next + 4)..])
        {
            if (++count > limits.MaxEntries)
                throw new UnreadableFileException(FileRefusals.TooManyEntries(limits.MaxEntries));
        }
        archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            total += entry.Length;
            if (entry.Length < 0 || total > limits.MaxUnpackedBytes
                || entry.Length > SmallPart && entry.Length / Math.Max(1, entry.CompressedLength) > limits.MaxRatio)
            {
                throw new UnreadableFileException(FileRefusals.Bomb);
            }
            if (!entries.TryAdd(entry.FullName.Replace('\\', '/'), entry))
                throw new UnreadableFileException(FileRefusals.DuplicateEntries);
        }
    }

    public IEnumerable<string> Names => entries.Keys;

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>Reads one part as XML to its end. The part's checksum is compared before the value is given out.</summary>
    public T Read<T>(string name, Func<XmlCursor, T> read)
    {
        var entry = entries[name];
        if (entry.Length > limits.MaxPartBytes)
            throw new UnreadableFileException(FileRefusals.Bomb);
        using var open = entry.Open();
        // The name of a part is shown only when it is one of the usual ones: it, too, could hold anything.
        var shown = Shown(name);
        using var part = new PartStream(open, shown, entry.Length, limits.MaxMarkupBytes, FileRefusals.Damaged(shown));
        var value = XmlCursor.Read(part, shown, limits, read);
        Span<byte> rest = stackalloc byte[4096];
        while (part.Read(rest) > 0)
        {
        }
        if (part.Position != entry.Length || part.Checksum != entry.Crc32)
            throw new UnreadableFileException(FileRefusals.Damaged(shown));
        return value;
    }

    /// <summary>The name of the part's root element, or null when the part is not XML.</summary>
    public string? Root(string name)
    {
        using var open = entries[name].Open();
        using var part = new PartStream(open, "XML", limits.MaxPartBytes, limits.MaxMarkupBytes, FileRefusals.Bomb);
        try
        {
            return XmlCursor.Read(part, "XML", limits, xml => xml.Name);
        }
        catch (UnreadableFileException e) when (e.Refusal.Code is "lab_file_broken_xml")
        {
            return null;
        }
    }

    public void Dispose() => archive.Dispose();

    static string Shown(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        return file.Length <= 40 && file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
            && (name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase) || file is "rdml_data.xml")
            ? file : "XML";
    }
}
