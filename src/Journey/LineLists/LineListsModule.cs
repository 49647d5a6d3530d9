using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>LineLists 清单: lists of cases, contacts and links read through mappings, and written out.</summary>
public static class LineListsModule
{
    /// <summary>The module's tables.</summary>
    public static ModuleSchema Schema { get; } = new("linelists", typeof(LineListsModule).Assembly);

    /// <summary>
    /// Adds the use cases, the trail and the verifier. Needs <see cref="Store"/>, the keys, cases, tracing and local days;
    /// <see cref="LineListsSettings"/> are the defaults unless they were added.
    /// </summary>
    public static IServiceCollection AddLineLists(this IServiceCollection services)
    {
        services.TryAddSingleton(new LineListsSettings());
        services.AddSingleton(s => new MappingBook(Path.Combine(s.GetRequiredService<StorageSettings>().Folder, "mappings")));
        services.AddSingleton<ImportLineListHandler>();
        services.AddSingleton<ExportLineListHandler>();
        services.AddSingleton<ListJobs>();
        services.AddHostedService(s => s.GetRequiredService<ListJobs>());
        services.AddSingleton<ITrailSource, LineListsTrail>();
        services.AddSingleton<Registers.IHoldsPersons, LineListsHolding>();
        services.AddSingleton<IVerifier, VerifyLineLists>();
        return services;
    }

    /// <summary>The endpoints under <c>/api/lists</c>.</summary>
    public static IEndpointRouteBuilder MapLineLists(this IEndpointRouteBuilder app)
    {
        Endpoints.Map(app);
        return app;
    }
}
