using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Qipan.Intake;

/// <summary>
/// Tokens of devices: 32 random bytes behind <c>qd_</c>, so that a secret scanner knows one when it sees it. Only a hash is kept;
/// a token of so much chance needs no slow hash.
/// </summary>
static class DeviceTokens
{
    const string Mark = "qd_";

    public static string New() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool LooksLikeOne(string token) => token.StartsWith(Mark, StringComparison.Ordinal) && token.Length <= 100;

    public static Guid HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
