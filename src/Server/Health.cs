using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Server;

/// <summary>What a supervisor asks: does the program answer, and does the store behind it.</summary>
/// <param name="Status">"ok".</param>
/// <param name="Store">sqlite or postgres.</param>
/// <param name="Version">The program's version.</param>
public sealed record HealthAnswer(string Status, string Store, string Version);

static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", Ask)
        .WithTags("host").OpenToAll("a supervisor asks whether the program lives; shows no data");

    static HealthAnswer Ask(Store store)
    {
        _ = store.Read(session => session.Scalar<long>("SELECT 1"));
        return new HealthAnswer("ok", store.Kind == StoreKind.Sqlite ? "sqlite" : "postgres", TrailRow.CodeVersion);
    }
}
