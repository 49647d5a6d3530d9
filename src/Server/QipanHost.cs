using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qipan.Consoles;
using Qipan.Consoles.AdminDesk;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Server.Access;
using Qipan.Server.Exports;
using Qipan.Server.Failures;
using Qipan.Server.Presence;
using Qipan.Server.Settings;
using Qipan.Storage;

namespace Qipan.Server;

/// <summary>What the host is built from.</summary>
/// <param name="Settings">All valid.</param>
/// <param name="Clock">The only clock of the program; a test gives its own.</param>
public sealed record StartOptions(LoadedSettings Settings, TimeProvider? Clock = null)
{
    /// <summary>False for a command that looks into a store that a server may be running on: visits are read, and not written.</summary>
    public bool Serves { get; init; } = true;

    /// <summary>Called on the services before the host is built: a test adds its log sink here.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Called after every module has mapped its endpoints: a test adds an endpoint that breaks here.</summary>
    public Action<IEndpointRouteBuilder>? Endpoints { get; init; }
}

/// <summary>The program as a web application: one store, all modules, one way to fail.</summary>
public static class QipanHost
{
    /// <summary>
    /// Opens and migrates the store, and wires everything. Nothing listens until the caller starts it. Refused when the protocols of
    /// the data folder are not valid: deciding under wrong rules is worse than not starting. Refused too when the visits cannot be opened.
    /// </summary>
    public static async Task<Outcome<WebApplication>> Build(StartOptions options)
    {
        var settings = options.Settings.Get<ServerSettings>();
        var clock = options.Clock ?? TimeProvider.System;
        var storage = options.Settings.Get<StorageSettings>();
        var protocols = ProtocolBook.Load(Path.Combine(storage.Folder, "protocols"));
        if (!protocols.Ok)
            return protocols.Refusal;
        var store = await Stores.Open(storage, clock, OpenPresence.Schemas(options.Settings));
        var presence = OpenPresence.Open(options.Settings, store, options.Serves);
        if (!presence.Ok)
        {
            await store.DisposeAsync();
            return presence.Refusal;
        }
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "qipan", ContentRootPath = AppContext.BaseDirectory });
        Listen(builder, settings);
        AddGround(builder.Services, options.Settings, store, Keyring.Open(storage.Folder), clock);
        if (presence.Value.Folder is { } visits)
            builder.Services.AddSingleton(_ => visits);
        builder.Services.AddSingleton(presence.Value.Door);
        builder.Services.AddModules(protocols.Value);
        builder.Services.AddConsoles();
        builder.Services.AddSingleton<CallerSource, DeviceCallers>();
        builder.Services.AddSingleton<CallerSource, StaffCallers>();
        builder.Services.AddSingleton<ExportListHandler>();
        options.Services?.Invoke(builder.Services);
        var app = builder.Build();
        // Asked for once, so that the container closes it.
        _ = app.Services.GetService<Engine.VisitStore>();
        Pipeline(app, settings);
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").OpenToAll("describes the interface; shows no data");
        app.MapSession();
        app.MapModules();
        app.MapConsoles();
        options.Endpoints?.Invoke(app);
        return app;
    }

    static void Listen(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyMegabytes * 1024L * 1024L;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // It warns at every form that our own headers, which keep pages out of caches, are replaced by its own, which do the same.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // A start that fails is told by whoever started.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(Enum.Parse<LogLevel>(settings.LogLevel));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.ShutdownSeconds));
    }

    static void AddGround(IServiceCollection services, LoadedSettings settings, Store store, Keyring keys, TimeProvider clock)
    {
        foreach (var (type, record) in settings.Records)
            services.AddSingleton(type, record);
        services.AddSingleton(settings);
        services.AddSingleton(new SettingsShown([.. settings.Effective.Select(s => new SettingShown(s.Name, s.Value, s.Source, s.Sentence))]));
        services.AddSingleton(clock);
        services.AddSingleton(keys);
        services.AddSingleton(_ => store); // by a factory, so that the container closes it after the last request
        services.AddSingleton(new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(settings.Get<ServerSettings>().TimeZone)));
        services.AddSingleton<IVerifier, VerifyAccessLog>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
        AddForms(services, keys);
        services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Qipan";
            document.Info.Version = TrailRow.CodeVersion;
            return Task.CompletedTask;
        }));
        services.AddResponseCompression();
        services.AddRateLimiter(limits => limits.AddPolicy<string, PublicLimit>(PublicRate.Policy));
        services.AddOutputCache(cache => cache.AddPolicy(PublicRate.Policy, new OpenPages()));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            // What a record does not allow to be null or absent is refused before a use case sees it.
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new IdJson());
        });
    }

    static void AddForms(IServiceCollection services, Keyring keys)
    {
        services.AddSingleton<IDataProtectionProvider>(new KeyringProtection(keys, "qipan"));
        services.AddSingleton(HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        services.AddAntiforgery(forms => forms.Cookie.Name = "qipan_form");
        // The framework's own key ring would write keys of its own to the home folder at the start; ours stand in the keyring.
        foreach (var warmUp in services.Where(s => s.ImplementationType?.Name == "DataProtectionHostedService").ToList())
            services.Remove(warmUp);
    }

    /// <summary>Outermost first. Who calls is known before routing's answer is judged; nothing runs past the gate without a rule.</summary>
    static void Pipeline(WebApplication app, ServerSettings settings)
    {
        if (settings.BehindProxy)
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<FailureGate>();
        app.UseResponseCompression();
        // A form that was refused is answered with its page, whoever refused it: a failure gate stands inside too.
        app.UseConsoles();
        app.UseMiddleware<FailureGate>();
        app.UseRouting();
        app.UseMiddleware<LanguageChoice>();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.UseMiddleware<Authentication>();
        app.UseMiddleware<AccessGate>();
        app.UseAntiforgery();
        app.UsePlaceFields();
    }
}
