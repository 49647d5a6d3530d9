namespace Qipan.Kernel;

/// <summary>
/// Why a person's data may be seen. A closed list (P-01): public order, debt collection and evidence for the police are not in
/// it. The numbers reach disk: append only.
/// </summary>
public enum Purpose
{
    ContactTracing = 1,
    Testing = 2,
    Care = 3,
    Supply = 4,
    Statistics = 5,
    LegalDuty = 6,
}

/// <summary>
/// The right to see personal values, given to one actor for one purpose. It is made by the access log after the access was
/// written there, or by <see cref="ForProcessing"/> for code that stores, matches or encrypts and shows nobody anything.
/// </summary>
public sealed class Disclosure
{
    Disclosure(string actor, Purpose? purpose)
    {
        Actor = actor;
        Purpose = purpose;
    }

    /// <summary>For code that moves personal values between the wire, memory and the store and shows them to nobody.</summary>
    public static Disclosure ForProcessing { get; } = new("qipan", null);

    /// <summary>Who sees it: a staff or device id, never a name.</summary>
    public string Actor { get; }

    /// <summary>Null only for <see cref="ForProcessing"/>.</summary>
    public Purpose? Purpose { get; }

    /// <summary>Called by the access log when the access has been written.</summary>
    public static Disclosure Logged(string actor, Purpose purpose) => new(actor, purpose);
}
