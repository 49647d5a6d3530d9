using Microsoft.AspNetCore.Identity;

namespace Qipan.Registers;

/// <summary>Hashes passwords as ASP.NET Core Identity does: PBKDF2 with HMAC-SHA512, 100,000 rounds, a salt of its own each.</summary>
static class Passwords
{
    static readonly PasswordHasher<object> Hasher = new();
    static readonly object Anybody = new();

    public static string HashOf(string password) => Hasher.HashPassword(Anybody, password);

    public static bool Fits(string hash, string password) =>
        Hasher.VerifyHashedPassword(Anybody, hash, password) != PasswordVerificationResult.Failed;
}
