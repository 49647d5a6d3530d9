namespace Qipan.Engine.Ids;

/// <summary>Texts and their numbers, hashed, in one array of bytes: a million ids are a few objects. Not thread-safe.</summary>
sealed class TextTable
{
    byte[] bytes = new byte[1024];
    int used;
    long[] slots = new long[64];
    int count;

    public bool Find(ReadOnlySpan<byte> text, out uint dense)
    {
        for (var slot = Hash(text); ; slot++)
        {
            var value = slots[slot & (uint)(slots.Length - 1)];
            dense = (uint)value;
            if (value == 0)
                return false;
            if (TextOf(value >>> 32).SequenceEqual(text))
            {
                dense = NumberAt(value >>> 32);
                return dense != uint.MaxValue;
            }
        }
    }

    /// <summary>Where the text stands from now on.</summary>
    public long Add(ReadOnlySpan<byte> text, uint dense)
    {
        var at = used;
        var needed = used + 6 + text.Length;
        if (needed > bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * bytes.Length)));
        BitConverter.TryWriteBytes(bytes.AsSpan(at), dense);
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 4), (ushort)text.Length);
        text.CopyTo(bytes.AsSpan(at + 6));
        used = needed;
        if (2 * ++count > slots.Length)
            Grow();
        Insert(text, at);
        return at;
    }

    public ReadOnlySpan<byte> TextOf(long at) => bytes.AsSpan((int)at + 6, BitConverter.ToUInt16(bytes, (int)at + 4));

    /// <summary>Overwrites the text, so that it is in memory no more and found no more.</summary>
    public void Erase(long at)
    {
        bytes.AsSpan((int)at, 4).Fill(0xFF);
        bytes.AsSpan((int)at + 6, BitConverter.ToUInt16(bytes, (int)at + 4)).Clear();
    }

    uint NumberAt(long at) => BitConverter.ToUInt32(bytes, (int)at);

    void Insert(ReadOnlySpan<byte> text, int at)
    {
        var slot = Hash(text);
        while (slots[slot & (uint)(slots.Length - 1)] != 0)
            slot++;
        slots[slot & (uint)(slots.Length - 1)] = ((long)at << 32) | 1;
    }

    void Grow()
    {
        var old = slots;
        slots = new long[2 * old.Length];
        foreach (var value in old)
            if (value != 0)
                Insert(TextOf(value >>> 32), (int)(value >>> 32));
    }

    /// <summary>FNV-1a by 8 bytes and a last mix: fast, and good enough for ids that nobody chooses to collide.</summary>
    static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        while (text.Length >= 8)
        {
            hash = (hash ^ BitConverter.ToUInt64(text)) * 1099511628211UL;
            hash ^= hash >> 29;
            text = text[8..];
        }
        foreach (var b in text)
            hash = (hash ^ b) * 1099511628211UL;
        hash *= 0x9E3779B97F4A7C15UL;
        return (uint)(hash >> 32);
    }
}
