using Qipan.Kernel;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Reads the result file of a PCR instrument, whatever its name says: QuantStudio and ViiA 7 as text and xlsx, Design &amp; Analysis 2,
/// Bio-Rad CFX, RDML, and any table through a saved mapping. Thread-safe; keeps nothing between calls.
/// </summary>
public static class ResultFileReader
{
    /// <summary>
    /// The file's readings and problems, or the refusal of the whole file. Never throws for what is in the file; memory and time
    /// are bounded by the limits. The stream is read from where it stands and stays open.
    /// </summary>
    /// <param name="fileName">Not relied on: the content decides what the file is.</param>
    /// <param name="mapping">The columns of a table that no instrument's software wrote; null to recognise the table.</param>
    public static Outcome<ResultFile> Read(Stream stream, string fileName, ReadLimits limits, ColumnMapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        try
        {
            return Read(Bytes(stream, limits), limits, mapping);
        }
        catch (UnreadableFileException e)
        {
            return e.Refusal;
        }
    }

    static ResultFile Read(byte[] bytes, ReadLimits limits, ColumnMapping? mapping)
    {
        var head = bytes.AsSpan();
        if (!head.ContainsAnyExcept(" \t\r\n\0"u8))
            throw new UnreadableFileException(FileRefusals.Empty);
        if (head.StartsWith("PK"u8) && head.Length > 3 && head[2] < 9)
            return ReadArchive(bytes, limits, mapping);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new UnreadableFileException(FileRefusals.OldWorkbook);
        if (IsXml(head))
            return ReadXml(bytes, limits, mapping);
        var text = new TextResults(bytes, limits);
        return mapping is null ? text.Read() : text.Read(mapping);
    }

    static ResultFile ReadArchive(byte[] bytes, ReadLimits limits, ColumnMapping? mapping)
    {
        try
        {
            using var zip = new SafeZip(bytes, limits);
            if (Workbook.IsIn(zip))
            {
                var workbook = new WorkbookResults(zip, limits);
                return mapping is null ? workbook.Read() : workbook.Read(mapping);
            }
            if (RdmlResults.PartIn(zip) is { } part)
                return Unmapped(RdmlResults.Read(zip, part, limits), mapping);
            throw new UnreadableFileException(FileRefusals.UnknownArchive);
        }
        // What .NET's zip reader throws for archives that are cut off, altered, locked or packed in a way it does not know.
        catch (Exception e) when (
            e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new UnreadableFileException(FileRefusals.BrokenArchive);
        }
    }

    static ResultFile ReadXml(byte[] bytes, ReadLimits limits, ColumnMapping? mapping)
    {
        using var memory = new MemoryStream(bytes, writable: false);
        using var part = new PartStream(memory, "RDML", limits.MaxPartBytes, limits.MaxMarkupBytes, FileRefusals.TooLarge(
            limits.MaxPartBytes));
        return Unmapped(RdmlResults.Read(part, limits), mapping);
    }

    static ResultFile Unmapped(ResultFile file, ColumnMapping? mapping) => mapping is null ? file : file with
    {
        Problems =
        [
            .. file.Problems,
            new FileProblem(
                "file", FileProblems.MappingNotUsed.Code, FileProblems.MappingNotUsed.Sentence,
                    FileProblems.MappingNotUsed.Chinese) { Refused = false },
        ],
    };

    static bool IsXml(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        return head.StartsWith("<?xml"u8) || head.StartsWith("<rdml"u8) || head.StartsWith("<!DOCTYPE"u8);
    }

    static byte[] Bytes(Stream stream, ReadLimits limits)
    {
        if (stream.CanSeek && stream.Length - stream.Position > limits.MaxFileBytes)
            throw new UnreadableFileException(FileRefusals.TooLarge(limits.MaxFileBytes));
        using var memory = new MemoryStream();
        var buffer = new byte[80 * 1024];
        while (stream.Read(buffer) is > 0 and var count)
        {
            if (memory.Length + count > limits.MaxFileBytes)
                throw new UnreadableFileException(FileRefusals.TooLarge(limits.MaxFileBytes));
            memory.Write(buffer, 0, count);
        }
        return memory.ToArray();
    }
}
