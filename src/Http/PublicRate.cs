namespace Qipan.Http;

/// <summary>
/// The name of the limit that every endpoint for the public without an account carries (<c>RequireRateLimiting(PublicRate.Policy)</c>). On a result
/// night the whole city asks at once: over the limit they wait, and the desks do not.
/// </summary>
public static class PublicRate
{
    public const string Policy = "public";
}
