namespace Qipan.Kernel;

/// <summary>Why something was refused. The numbers reach the wire: append only, never renumber.</summary>
public enum RefusalKind
{
    /// <summary>What was named does not exist, or not for this actor.</summary>
    NotFound = 1,

    /// <summary>What was sent is wrong in itself; sending it again unchanged will be refused again.</summary>
    Invalid = 2,

    /// <summary>The actor's role, territory or purpose does not allow it.</summary>
    NotAllowed = 3,

    /// <summary>The state of the thing does not allow it now.</summary>
    Conflict = 4,

    /// <summary>The program is over its capacity; the same request may be sent again later.</summary>
    Busy = 5,

    /// <summary>More was sent than is read at once.</summary>
    TooLarge = 6,

    /// <summary>Nobody is signed in, or the token is unknown or revoked.</summary>
    NotSignedIn = 7,
}
