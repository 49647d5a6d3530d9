using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>Where a sample registration 采样登记 is in its life (domain 3.2). The numbers reach disk: append only.</summary>
public enum RegistrationState
{
    /// <summary>The person was scanned.</summary>
    Registered = 1,

    /// <summary>The swab is in the tube.</summary>
    Collected = 2,

    /// <summary>Taken back, with a reason; the row stays.</summary>
    Void = 3,
}

/// <summary>What the tube's result says of this registration. The numbers reach disk: append only.</summary>
public enum MemberResult
{
    Pending = 0,

    /// <summary>The tube is negative, which is true of this tube only.</summary>
    Negative = 1,

    /// <summary>The tube is anything but negative; the member is held and pending.</summary>
    Held = 2,

    /// <summary>The tube is not negative, and the alert has decided this member by a tube of their own.</summary>
    Decided = 3,
}

/// <summary>The life of a registration.</summary>
public static class RegistrationStates
{
    public static StateTable<RegistrationState> Table { get; } = new("registration", "采样登记")
    {
        { RegistrationState.Registered, RegistrationState.Collected, RegistrationState.Void },
        { RegistrationState.Collected, RegistrationState.Void },
    };
}
