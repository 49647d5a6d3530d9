namespace Qipan.Engine.Bytes;

static partial class Crc32C
{
    const uint Polynomial = 0x82F63B78;

    static readonly uint[] Table = MakeTable();

    /// <summary>One byte at a time: the twin that the fast path is measured against.</summary>
    internal static uint Plain(ReadOnlySpan<byte> bytes, uint before)
    {
        var crc = ~before;
        foreach (var b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
