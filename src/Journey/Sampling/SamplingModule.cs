using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Sampling 采·送: rounds, points, tubes, boxes, custody, discrepancies.</summary>
public static class SamplingModule
{
    static SamplingModule()
    {
        RowTypes.Register<RoundId>();
        RowTypes.Register<TubeId>();
        RowTypes.Register<BoxId>();
        RowTypes.Register<RegistrationId>();
        RowTypes.Register<DiscrepancyId>();
    }

    /// <summary>The module's tables; naming it also teaches the store the module's ids.</summary>
    public static ModuleSchema Schema { get; } = new("sampling", typeof(SamplingModule).Assembly);
}
