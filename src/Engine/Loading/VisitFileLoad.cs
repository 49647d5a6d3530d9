using System.Runtime.InteropServices;
using System.Text;
using Qipan.Engine.Ids;

namespace Qipan.Engine.Loading;

/// <summary>Reads files of visits into a store; nothing lasts before <see cref="Finish"/>. For one thread.</summary>
/// <param name="refuse">Gets every row that is not taken.</param>
public sealed class VisitFileLoad(VisitStore store, LoadOptions options, Action<RefusedRow> refuse) : IDisposable
{
    const int BlockSize = 1 << 20;

    readonly VisitLoad load = store.BeginLoad();
    readonly Dictionary<uint, long> stays = [];
    long unreadable;

    /// <summary>Rows read so far, headers not counted.</summary>
    public long Read { get; private set; }

    /// <summary>Reads a file: raw int32 quadruples when its name ends in .bin, else text.</summary>
    /// <param name="progress">Called now and then with the bytes read of this file.</param>
    public void Add(string path, Action<long>? progress = null)
    {
        foreach (var (place, seconds) in options.InferLeaveOf)
            stays[store.Places.Number(place)] = seconds;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        if (path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
            AddRaw(file, progress);
        else
            AddText(file, progress);
    }

    /// <summary>Sorts, writes and flushes; what was accepted lasts when this returns.</summary>
    public LoadReceipt Finish()
    {
        var receipt = load.Finish();
        return receipt with { Refused = receipt.Refused + unreadable };
    }

    public void Dispose() => load.Dispose();

    void AddRaw(FileStream file, Action<long>? progress)
    {
        var block = new byte[BlockSize];
        for (var record = 0L; ;)
        {
            var length = file.ReadAtLeast(block, BlockSize, throwOnEndOfStream: false);
            var rows = MemoryMarshal.Cast<byte, int>(block.AsSpan(0, length / 16 * 16));
            for (var i = 0; i < rows.Length; i += 4)
            {
                record++;
                var visitor = store.Visitors.Number((long)rows[i]);
                var place = store.Places.Number((long)rows[i + 1]);
                var visit = rows[i + 3] == -1
                    ? WithoutLeave(visitor, place, rows[i + 2], 0)
                    : new Visit(visitor, place, rows[i + 2], rows[i + 3]);
                if (load.Add(visit) is { } why)
                    refuse(new RefusedRow(record, why, string.Join(',', rows.Slice(i, 4).ToArray())));
            }
            Read += rows.Length / 4;
            progress?.Invoke(file.Position);
            if (length % 16 != 0)
                Unreadable(record + 1, "the file ends within a record of 16 bytes", default);
            if (length < BlockSize)
                return;
        }
    }

    void AddText(FileStream file, Action<long>? progress)
    {
        var block = new byte[BlockSize];
        var kept = 0;
        var line = 0L;
        ColumnPlan? plan = null;
        while (true)
        {
            var length = kept + file.ReadAtLeast(block.AsSpan(kept), block.Length - kept, throwOnEndOfStream: false);
            var ended = length < block.Length;
            var text = block.AsSpan(0, length);
            while (text.Length > 0)
            {
                var end = text.IndexOf((byte)'\n');
                if (end < 0 && !ended)
                    break;
                var row = end < 0 ? text : text[..end];
                text = end < 0 ? default : text[(end + 1)..];
                line++;
                if (line == 1 && row.StartsWith(Encoding.UTF8.Preamble))
                    row = row[3..];
                row = row.TrimEnd((byte)'\r');
                if (row.IsEmpty)
                    continue;
                if (plan is null)
                {
                    plan = ColumnPlan.Of(row, options, out var isHeader);
                    if (isHeader)
                        continue;
                }
                AddRow(plan, row, line);
            }
            progress?.Invoke(file.Position);
            if (ended)
                return;
            kept = text.Length;
            if (kept == block.Length)
                throw new InvalidDataException($"Line {line + 1} is longer than {BlockSize} bytes.");
            text.CopyTo(block);
        }
    }

    void AddRow(ColumnPlan plan, ReadOnlySpan<byte> row, long line)
    {
        Read++;
        if (!plan.Split(row, out var fields))
        {
            Unreadable(line, "a column is missing or a quote is open", row);
            return;
        }
        if (fields.Person.IsEmpty || fields.Place.IsEmpty || fields.Person.Length > OutsideId.LongestText || fields.Place.Length > OutsideId.LongestText)
        {
            Unreadable(line, "person or place is empty or too long", row);
            return;
        }
        ushort area = 0;
        if (!fields.Area.IsEmpty && !(System.Buffers.Text.Utf8Parser.TryParse(fields.Area, out area, out var used) && used == fields.Area.Length))
        {
            Unreadable(line, "area is not a number from 0 to 65535", row);
            return;
        }
        if (Instants.Parse(fields.Enter, options.UtcOffset) is not { } enter)
        {
            Unreadable(line, "enter is neither Unix seconds nor ISO 8601", row);
            return;
        }
        var leave = fields.Leave.IsEmpty ? null : Instants.Parse(fields.Leave, options.UtcOffset);
        if (leave is null && !fields.Leave.IsEmpty)
        {
            Unreadable(line, "leave is neither Unix seconds nor ISO 8601", row);
            return;
        }
        var visitor = Number(store.Visitors, fields.Person);
        var place = Number(store.Places, fields.Place);
        var visit = leave is { } known ? new Visit(visitor, place, enter, known, area) : WithoutLeave(visitor, place, enter, area);
        if (load.Add(visit) is { } why)
            refuse(new RefusedRow(line, why, Encoding.UTF8.GetString(row)));
    }

    static uint Number(IdBook book, ReadOnlySpan<byte> text)
    {
        var id = new OutsideId(text);
        return id.IsText ? book.Number(id) : book.Number(id.Number);
    }

    Visit WithoutLeave(uint visitor, uint place, long enter, ushort area)
    {
        var usual = stays.Count > 0 && stays.TryGetValue(place, out var seconds) ? seconds : options.InferLeave;
        return usual is { } stay
            ? new Visit(visitor, place, enter, enter + stay, area, LeaveKind.Inferred)
            : Visit.Open(visitor, place, enter, area);
    }

    void Unreadable(long line, string what, ReadOnlySpan<byte> row)
    {
        unreadable++;
        refuse(new RefusedRow(line, new VisitUnreadable(what), Encoding.UTF8.GetString(row)));
    }
}
