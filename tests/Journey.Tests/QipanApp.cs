using System.Collections;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Server;
using Qipan.Server.Access;
using Qipan.Server.Settings;
using Qipan.Storage;
using Qipan.Testing;

namespace Qipan.Journey.Tests;

/// <summary>
/// The real program on a fresh store of its own, reached by HTTP on a free port. Its log is kept at Debug, so that a test can
/// search it.
/// </summary>
public sealed class QipanApp : IAsyncDisposable
{
    readonly StorageSettings storage;
    readonly WebApplication app;

    QipanApp(StorageSettings storage, WebApplication app, ConcurrentQueue<string> log)
    {
        this.storage = storage;
        this.app = app;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    public ConcurrentQueue<string> Log { get; }

    public IServiceProvider Services => app.Services;

    public Store Store => app.Services.GetRequiredService<Store>();

    public StorageSettings Storage => storage;

    /// <summary>Every endpoint with a route.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static async Task<QipanApp> Start(StoreKind kind, TimeProvider? clock = null, Action<IEndpointRouteBuilder>? endpoints = null,
        Action<string>? folder = null, Action<IServiceCollection>? services = null)
    {
        var place = TestStores.NewSettings(kind);
        folder?.Invoke(place.Folder);
        var lines = new ConcurrentQueue<string>();
        var settings = LoadedSettings.Load(place.Folder, new Hashtable(), new Dictionary<string, string>
        {
            ["storage.connection"] = place.Connection,
            ["server.urls"] = "http://127.0.0.1:0",
            ["server.logLevel"] = "Debug",
        });
        var built = await QipanHost.Build(new StartOptions(settings.Value, clock)
        {
            Endpoints = endpoints,
            Services = added =>
            {
                services?.Invoke(added);
                added.AddSingleton<CallerSource, TestCallers>();
                added.AddLogging(logging => logging.ClearProviders().AddProvider(new Sink(lines)));
            },
        });
        await built.Value.StartAsync();
        return new QipanApp(place, built.Value, lines);
    }

    /// <summary>A client that is nobody, or one with a role within a territory. It follows no redirect and keeps its cookies.</summary>
    public HttpClient Client(Role? role = null, string territory = "2202", string language = "en")
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = true,
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        };
        var client = new HttpClient(sockets) { BaseAddress = Address };
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestCallers.TokenOf(role.Value, territory));
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>A client that asks for pages as a browser does.</summary>
    public HttpClient Browser(Role? role = null, string territory = "2202", string language = "en")
    {
        var client = Client(role, territory, language);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await TestStores.Remove(storage);
    }

    sealed class Sink(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Line(categoryName, lines);

        public void Dispose()
        {
        }

        sealed class Line(string category, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}

/// <summary>
/// Callers of any role without an account, so that a test of rights does not depend on how accounts are kept. Only the tests add it.
/// </summary>
public sealed class TestCallers : CallerSource
{
    public static string TokenOf(Role role, string territory) => $"caller-of-a-test.{role}.{territory}";

    public override Caller? CallerOf(string token)
    {
        if (token.Split('.') is not ["caller-of-a-test", var role, var territory])
            return null;
        var held = Enum.Parse<Role>(role);
        var id = new Guid((int)held, 1, 7, 0, 0, 0, 0, 0, 0, 0, 1);
        var owner = territory.Length >= 6 ? territory[..6] : WriteScope.Deployment;
        return new Caller(new Actor(ActorKind.Staff, id), new UnitId(id), owner, [new Grant(held, territory)]);
    }
}
