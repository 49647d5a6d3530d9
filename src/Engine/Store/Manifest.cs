using System.Globalization;
using System.Text;
using Qipan.Engine.Bytes;
using Qipan.Engine.Files;

namespace Qipan.Engine.Store;

/// <summary>A segment file that belongs to the store.</summary>
sealed record SegmentEntry(int Day, string Name, long Bytes, long Rows);

/// <summary>A file of outside ids; together they number the ids from 0 on.</summary>
sealed record IdsEntry(IdKind Kind, uint First, uint Count, string Name, long Bytes);

/// <summary>
/// Which files are the store. Text, one line for each, and a checksum line; replaced as a whole by renaming, so that a reader
/// sees the state before or after and nothing between. Layout in <c>docs/formats/segment-v1.md</c>.
/// </summary>
sealed record Manifest(
    long Sequence, long Next, long FirstLog, long Floor, IReadOnlyList<IdsEntry> Ids, IReadOnlyList<SegmentEntry> Segments)
{
    public const string FileName = "manifest";
    const string Title = "qipan-presence 1";

    public static Manifest Empty { get; } = new(0, 1, 1, 0, [], []);

    /// <summary>Write, flush, rename, sync the folder.</summary>
    public void Save(FileLayer files, string folder)
    {
        var draft = Path.Combine(folder, FileName + ".new");
        using (var file = files.Create(draft))
        {
            file.Append(Encoding.UTF8.GetBytes(ToText()));
            file.Flush();
        }
        files.Rename(draft, Path.Combine(folder, FileName));
        files.SyncFolder(folder);
    }

    public static Manifest Load(FileLayer files, string folder)
    {
        var path = Path.Combine(folder, FileName);
        var text = Encoding.UTF8.GetString(files.ReadAll(path));
        var end = text.LastIndexOf("crc32c ", StringComparison.Ordinal);
        if (end < 0 || text[end..] != ChecksumLine(text[..end]))
            SegmentCorrupt.Throw(path, Math.Max(0, end), "the manifest does not match its checksum");
        try
        {
            return Parse(text[..end]);
        }
        catch (Exception wrong) when (wrong is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new SegmentCorrupt(path, 0, $"the manifest cannot be read: {wrong.Message}");
        }
    }

    string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Title}\nsequence {Sequence}\nnext {Next}\nlog {FirstLog}\nfloor {Floor}\n");
        foreach (var ids in Ids)
            text.Append(CultureInfo.InvariantCulture, $"ids {(int)ids.Kind} {ids.First} {ids.Count} {ids.Name} {ids.Bytes}\n");
        foreach (var segment in Segments)
            text.Append(CultureInfo.InvariantCulture, $"segment {segment.Day} {segment.Name} {segment.Bytes} {segment.Rows}\n");
        var body = text.ToString();
        return body + ChecksumLine(body);
    }

    static string ChecksumLine(string body) => $"crc32c {Crc32C.Of(Encoding.UTF8.GetBytes(body)):x8}\n";

    static Manifest Parse(string body)
    {
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines[0] != Title)
            throw new FormatException($"the first line is not \"{Title}\"");
        var ids = new List<IdsEntry>();
        var segments = new List<SegmentEntry>();
        foreach (var line in lines.Skip(5))
        {
            var word = line.Split(' ');
            if (word[0] == "ids")
                ids.Add(new IdsEntry((IdKind)Number(word[1]), (uint)Number(word[2]), (uint)Number(word[3]), word[4], Number(word[5])));
            else
                segments.Add(new SegmentEntry((int)Number(word[1]), word[2], Number(word[3]), Number(word[4])));
        }
        return new Manifest(Value(1), Value(2), Value(3), Value(4), ids, segments);

        long Value(int line) => Number(lines[line].Split(' ')[1]);
        static long Number(string word) => long.Parse(word, NumberStyles.Integer, CultureInfo.InvariantCulture);
    }
}
