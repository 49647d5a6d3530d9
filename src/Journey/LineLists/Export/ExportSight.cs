using System.Globalization;
using System.Security.Cryptography;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>
/// How an export shows things: pseudonyms under a key of its own, days of the deployment's zone, bands in place of births. The same thing has
/// the same pseudonym in the whole export, so that cases, contacts and links of one export join, and another in every other export. Not safe
/// for several threads.
/// </summary>
sealed class ExportSight(Keyring keyring, LocalDays days, string name)
{
    readonly byte[] key = keyring.LookupKey("export", Personal.Of(name)).ToByteArray(bigEndian: true);
    readonly Dictionary<long, string> known = [];

    /// <summary>16 hex digits; nothing leads back without the deployment's master key.</summary>
    public string Pseudonym(Guid id)
    {
        Span<byte> plain = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[32];
        id.TryWriteBytes(plain, bigEndian: true, out _);
        HMACSHA256.HashData(key, plain, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    /// <summary>The local day of an instant in Unix milliseconds. Few days and many rows: each minute is put into words once.</summary>
    public string? Day(long? at)
    {
        if (at is not { } instant)
            return null;
        // No zone's day begins inside a minute.
        var minute = (instant >= 0 ? instant : instant - 59_999) / 60_000;
        if (known.TryGetValue(minute, out var day))
            return day;
        if (known.Count > 100_000)
            known.Clear();
        return known[minute] = days.DateOf(DateTimeOffset.FromUnixTimeMilliseconds(minute * 60_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>The age band on the day of onset, or on the other day where there was none.</summary>
    public string Band(string? birth, string? onset, long other)
    {
        var text = onset ?? Day(other)!;
        var on = new DateOnly(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
        return AgeBands.Of(birth, on) switch
        {
            AgeBand.UpTo2 => "0-2",
            AgeBand.From3To17 => "3-17",
            AgeBand.From18To59 => "18-59",
            AgeBand.From60To79 => "60-79",
            AgeBand.From80 => "80+",
            AgeBand.Unknown => "",
        };
    }

    static int Number(string text, int from, int length) => int.Parse(text.AsSpan(from, length), NumberStyles.None, CultureInfo.InvariantCulture);
}
