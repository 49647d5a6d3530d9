using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Server;

/// <summary>
/// Protects antiforgery tokens with the deployment's keyring, so that several nodes with the same master key take each other's
/// forms, and no second set of keys lies in the data folder.
/// </summary>
sealed class KeyringProtection(Keyring keys, string purpose) : IDataProtector
{
    public IDataProtector CreateProtector(string purpose1) => new KeyringProtection(keys, $"{purpose}\n{purpose1}");

    public byte[] Protect(byte[] plaintext) =>
        keys.Seal(WriteScope.Deployment, Personal.Of($"{Name()} {Convert.ToBase64String(plaintext)}"));

    public byte[] Unprotect(byte[] protectedData)
    {
        try
        {
            var text = keys.Open(WriteScope.Deployment, protectedData).Reveal(Disclosure.ForProcessing);
            return text.StartsWith(Name() + " ", StringComparison.Ordinal)
                ? Convert.FromBase64String(text[(Name().Length + 1)..])
                : throw new CryptographicException("The value was protected for another purpose.");
        }
        catch (CorruptException changed)
        {
            throw new CryptographicException("The value was changed, or protected with another key.", changed);
        }
    }

    string Name() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(purpose)))[..16];
}
