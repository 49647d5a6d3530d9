using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>A round 轮次.</summary>
public readonly record struct RoundId(Guid Value) : IId<RoundId>
{
    public static RoundId Of(Guid value) => new(value);
}

/// <summary>A tube 采样管: the id of the fact that opened it, so one printed code opened twice is two tubes (INV-02).</summary>
public readonly record struct TubeId(Guid Value) : IId<TubeId>
{
    public static TubeId Of(Guid value) => new(value);
}

/// <summary>A box 转运箱: the id of the fact that opened it.</summary>
public readonly record struct BoxId(Guid Value) : IId<BoxId>
{
    public static BoxId Of(Guid value) => new(value);
}

/// <summary>A sample registration 采样登记: the id of its fact.</summary>
public readonly record struct RegistrationId(Guid Value) : IId<RegistrationId>
{
    public static RegistrationId Of(Guid value) => new(value);
}

/// <summary>A discrepancy 差异: something that does not agree, listed until somebody closes it.</summary>
public readonly record struct DiscrepancyId(Guid Value) : IId<DiscrepancyId>
{
    public static DiscrepancyId Of(Guid value) => new(value);
}
