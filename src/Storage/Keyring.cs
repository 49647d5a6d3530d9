using System.Security.Cryptography;
using System.Text;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>
/// Keys of the deployment (P-17): documents, phones and addresses are encrypted with a key per county, and found by a keyed hash
/// that is the same in every county. The master key lies in the data folder as <c>keys/master.key</c> (32 bytes, hex, mode 600),
/// made on the first start; without it the sealed values cannot be read. Safe for all threads.
/// </summary>
public sealed class Keyring
{
    const int NonceSize = 12;
    const int TagSize = 16;

    [ThreadStatic]
    static (Keyring Keyring, string Owner, AesGcm Cipher)? lastCipher;

    readonly byte[] master;
    readonly byte[] lookupKey;
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> byOwner = new(StringComparer.Ordinal);

    Keyring(byte[] master)
    {
        this.master = master;
        lookupKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: "qipan lookup"u8.ToArray());
    }

    /// <summary>Reads the master key of the data folder, or makes it. Throws when the file is there and is no key.</summary>
    public static Keyring Open(string folder)
    {
        var path = Path.Combine(folder, "keys", "master.key");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = path + ".new";
            File.WriteAllText(draft, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(draft, path, overwrite: false);
        }
        return Of(File.ReadAllText(path).Trim(), path);
    }

    /// <summary>A keyring of a key in hex, such as one from a secret store.</summary>
    public static Keyring Of(string hex, string place = "master key")
    {
        try
        {
            var key = Convert.FromHexString(hex);
            return key.Length == 32 ? new Keyring(key) : throw new CorruptException(place, "a master key has 32 bytes in hex");
        }
        catch (FormatException)
        {
            throw new CorruptException(place, "a master key is written in hex");
        }
    }

    /// <summary>Encrypts with the county's key (AES-256-GCM, random nonce); the same text gives other bytes each time.</summary>
    public byte[] Seal(string owner, Personal<string> text) => SealBytes(owner, Encoding.UTF8.GetBytes(text.Reveal(Disclosure.ForProcessing)));

    /// <summary>As <see cref="Seal"/> for bytes that hold personal data, such as a batch as it was sent.</summary>
    public byte[] SealBytes(string owner, ReadOnlySpan<byte> plain)
    {
        var result = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceSize));
        CipherOf(owner).Encrypt(result.AsSpan(0, NonceSize), plain, result.AsSpan(NonceSize + TagSize), result.AsSpan(NonceSize, TagSize));
        return result;
    }

    /// <summary>What was sealed for this county. Throws <see cref="CorruptException"/> when the bytes or the key are not the ones.</summary>
    public Personal<string> Open(string owner, byte[] box) => Personal.Of(Encoding.UTF8.GetString(OpenBytes(owner, box)));

    /// <summary>As <see cref="Open(string, byte[])"/> for bytes; they hold personal data and are shown to nobody as they are.</summary>
    public byte[] OpenBytes(string owner, byte[] box)
    {
        if (box.Length < NonceSize + TagSize)
            throw new CorruptException("sealed value", "is shorter than its nonce and tag");
        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(KeyOf(owner), TagSize);
        try
        {
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new CorruptException("sealed value", "was changed, or sealed with another key");
        }
        return plain;
    }

    /// <summary>
    /// The key under which a value is found: HMAC-SHA256 of kind and value, first 16 bytes, as a UUID. Equal values of one kind
    /// have equal keys in every county; without the master key nothing leads back.
    /// </summary>
    public Guid LookupKey(string kind, Personal<string> value)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(lookupKey, Encoding.UTF8.GetBytes($"{kind}\n{value.Reveal(Disclosure.ForProcessing)}"), hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Setting a cipher up costs more than sealing a number, so each thread keeps the one it used last.</summary>
    AesGcm CipherOf(string owner)
    {
        if (lastCipher is { } last && last.Keyring == this && last.Owner == owner)
            return last.Cipher;
        var cipher = new AesGcm(KeyOf(owner), TagSize);
        lastCipher = (this, owner, cipher);
        return cipher;
    }

    byte[] KeyOf(string owner) => byOwner.GetOrAdd(owner,
        county => HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Encoding.UTF8.GetBytes($"qipan county {county}")));
}
