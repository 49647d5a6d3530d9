using System.Text.Json;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>Facts as devices sent them: what a fact named is asked of the fact itself, not of what was made of it.</summary>
public static class SentFacts
{
    /// <summary>The JSON of an accepted fact; null when it is not known. Holds personal data: for judging, never for showing.</summary>
    public static JsonElement? Of(Session session, Keyring keys, string owner, Guid fact) => IntakeTrail.AsSent(session, keys, owner, fact);
}
