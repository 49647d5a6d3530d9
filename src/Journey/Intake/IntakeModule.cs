using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>A device 设备 that sends facts.</summary>
public readonly record struct DeviceId(Guid Value) : IId<DeviceId>
{
    public static DeviceId Of(Guid value) => new(value);
}

/// <summary>Intake 接收: devices, batches of facts, receipts.</summary>
public static class IntakeModule
{
    static IntakeModule() => RowTypes.Register<DeviceId>();

    /// <summary>The module's tables; naming it also teaches the store the module's ids.</summary>
    public static ModuleSchema Schema { get; } = new("intake", typeof(IntakeModule).Assembly);

    /// <summary>Needs a <see cref="Store"/> and a <see cref="TimeProvider"/>; takes every registered <see cref="FactJudge"/>.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.TryAddSingleton(new IntakeSettings());
        services.AddSingleton<Devices>();
        services.AddSingleton<AcceptBatchHandler>();
        services.AddSingleton<RegisterDeviceHandler>();
        services.AddSingleton<RevokeDeviceHandler>();
        services.AddSingleton<ITrailSource, IntakeTrail>();
        services.AddSingleton<IVerifier, VerifyIntake>();
        return services;
    }

    public static IEndpointRouteBuilder MapIntake(this IEndpointRouteBuilder app)
    {
        IntakeEndpoints.Map(app);
        return app;
    }
}
