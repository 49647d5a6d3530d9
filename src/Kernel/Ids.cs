namespace Qipan.Kernel;

/// <summary>An opaque, non-meaningful id: a UUID version 7 with a type of its own, so that a tube's id is never taken for a box's.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf Of(Guid value);
}

/// <summary>Mints UUIDs of version 7 (RFC 9562): they sort by the clock's time, so inserts stay at the end of an index.</summary>
public static class Uuid7
{
    static readonly Lock Gate = new();
    static long lastMillisecond;
    static int order;

    /// <summary>
    /// A new id at the clock's time. Ids of one millisecond sort in the order in which this process minted them, the first 4,096 of
    /// them (RFC 9562, method 1: a counter in the 12 bits after the version). Safe for all threads.
    /// </summary>
    public static Guid New(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        int place;
        lock (Gate)
        {
            order = now.ToUnixTimeMilliseconds() == lastMillisecond ? order + 1 : 0;
            lastMillisecond = now.ToUnixTimeMilliseconds();
            place = order;
        }
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        if (place < 4096)
            (bytes[6], bytes[7]) = ((byte)(0x70 | (place >> 8)), (byte)place);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The instant in the first 48 bits, in UTC with milliseconds; null for any other version.</summary>
    public static DateTimeOffset? TimeOf(Guid id)
    {
        if (id.Version != 7)
            return null;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        for (var i = 0; i < 6; i++)
            milliseconds = (milliseconds << 8) | bytes[i];
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}

/// <summary>A person 人员, registered or with a temporary identity.</summary>
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId Of(Guid value) => new(value);
}

/// <summary>An organisation unit 单位: an office, a laboratory, a sampling team.</summary>
public readonly record struct UnitId(Guid Value) : IId<UnitId>
{
    public static UnitId Of(Guid value) => new(value);
}
