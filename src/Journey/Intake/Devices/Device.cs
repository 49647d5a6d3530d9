using Qipan.Http;

namespace Qipan.Intake;

/// <summary>What kind of thing sends facts. The numbers reach disk: append only.</summary>
public enum DeviceKind
{
    Phone = 1,
    Tablet = 2,

    /// <summary>A fixed desk terminal.</summary>
    Terminal = 3,

    /// <summary>Another system that speaks the same contract.</summary>
    System = 4,
}

/// <summary>A row of <c>device</c>: a registered device 设备. Its token is nowhere, only the token's hash.</summary>
public sealed class Device
{
    public string Owner { get; init; } = "";

    public DeviceId Id { get; init; }

    /// <summary>What stands on its sticker.</summary>
    public string Label { get; init; } = "";

    public DeviceKind Kind { get; init; }

    public Guid Unit { get; init; }

    /// <summary>A place code of county level or finer.</summary>
    public string Territory { get; init; } = "";

    public Role Role { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    public string RegisteredBy { get; init; } = "";

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The device's clock minus ours, as last measured.</summary>
    public long ClockOffsetMs { get; init; }
}
