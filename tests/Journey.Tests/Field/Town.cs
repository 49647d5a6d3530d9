using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Journey.Tests.Field;

/// <summary>An invented county with one community, and a device of it: enough to send facts by HTTP. Its codes were never given out.</summary>
public sealed class Town
{
    public const string County = "990102";

    public const string Community = "990102001001";

    public const string Room = "990102001001.c01.b1.u1.101";

    readonly HttpClient device;
    readonly TimeProvider clock;

    Town(HttpClient device, TimeProvider clock)
    {
        this.device = device;
        this.clock = clock;
    }

    /// <summary>Draws the places and registers a sampler's device through the API.</summary>
    public static async Task<Town> Build(QipanApp app)
    {
        var drawn = await app.Store.Write(new WriteScope(Actor.System, County, WriteScope.Deployment), session =>
        {
            foreach (var (owner, code, parent, level, name) in Places)
                session.Execute("INSERT INTO place (owner, code, parent, level, name, official) VALUES (@owner, @code, @parent, @level, @name, 0)",
                    new { owner, code, parent, level, name });
            return Outcome.Done;
        });
        _ = drawn.Value;
        using var administrator = app.Client(Role.Administrator, County);
        var registered = await (await administrator.PostAsync("/api/intake/devices", Json.Of(new
        {
            label = "desk 1",
            kind = "phone",
            unit = Guid.Empty,
            territory = Community,
            role = "sampler",
        }))).Read();
        var client = app.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", registered.GetProperty("token").GetString());
        return new Town(client, app.Store.Clock);
    }

    static readonly (string Owner, string Code, string? Parent, short Level, string Name)[] Places =
    [
        (WriteScope.Deployment, "99", null, 1, "演练省"),
        (WriteScope.Deployment, "9901", "99", 2, "演练市"),
        (County, County, "9901", 3, "江北区"),
        (County, "990102001", County, 4, "一街道"),
        (County, Community, "990102001", 5, "一社区"),
    ];

    public Guid NewId() => Uuid7.New(clock);

    /// <summary>Sends facts as one batch; each is an anonymous object with at least kind.</summary>
    public async Task<HttpResponseMessage> Send(string mode, params (Guid Id, string Kind, object Payload)[] facts)
    {
        var sent = facts.Select(f =>
        {
            var json = JsonSerializer.SerializeToNode(f.Payload, JsonSerializerOptions.Web)!.AsObject();
            json["id"] = f.Id;
            json["kind"] = f.Kind;
            json["occurredAt"] ??= clock.GetUtcNow();
            return json;
        }).ToList();
        return await device.PostAsync("/api/intake/batches", Json.Of(new
        {
            batch = NewId(),
            sentAt = clock.GetUtcNow(),
            mode,
            rowCount = sent.Count,
            hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(f => f.Id))))),
            facts = sent,
        }));
    }

    public Task<HttpResponseMessage> SendRaw(string body) => device.PostAsync("/api/intake/batches", new StringContent(body, Encoding.UTF8, "application/json"));
}
