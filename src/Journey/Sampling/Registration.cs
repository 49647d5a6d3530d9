using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>What was taken. The numbers reach disk: append only.</summary>
public enum Specimen
{
    /// <summary>Nothing yet: the person is registered, and the swab follows.</summary>
    None = 0,

    /// <summary>鼻咽.</summary>
    Nasopharyngeal = 1,

    /// <summary>口咽.</summary>
    Oropharyngeal = 2,
    Nasal = 3,
    Environment = 4,
    Object = 5,
}

/// <summary>How the person was identified. The numbers reach disk: append only.</summary>
public enum IdMethod
{
    None = 0,
    IdCardSwipe = 1,
    Code = 2,
    Manual = 3,
    Proxy = 4,
}

/// <summary>A row of <c>registration</c>: one person in one tube 采样登记.</summary>
public sealed class Registration
{
    public string Owner { get; init; } = "";

    public RegistrationId Id { get; init; }

    public RoundId? Round { get; init; }

    public PersonId Person { get; init; }

    public string PersonOwner { get; init; } = "";

    public TubeId Tube { get; init; }

    public int Position { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    /// <summary><see cref="OccurredAt"/> minus the device's measured clock offset: the time that counts.</summary>
    public DateTimeOffset CorrectedAt { get; init; }

    public Specimen Specimen { get; init; }

    public Guid? Session { get; init; }

    public Guid Device { get; init; }

    public IdMethod IdMethod { get; init; }

    public int ScopeVersion { get; init; }

    /// <summary>Taken outside the round's window, or reported after the round's end (INV-14).</summary>
    public bool Supplement { get; init; }

    /// <summary>The person is in another tube of the round too (INV-01).</summary>
    public bool Duplicate { get; init; }

    public RegistrationState State { get; init; }

    public string? VoidReason { get; init; }

    public MemberResult ResultState { get; init; }

    /// <summary>Community of residence when the sample was taken, 12 digits.</summary>
    public string Area { get; init; } = "";
}
