using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Contracts;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>The module's endpoints under <c>/api/intake</c>.</summary>
static class IntakeEndpoints
{
    const int MostAtOnce = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var intake = app.MapGroup("/api/intake").WithTags("intake");
        intake.MapPost("/batches", Accept).Needs(Permission.SendFacts)
            .WithSummary("A device sends a batch of facts; see docs/formats/intake.md.").Accepts<object>("application/json").Produces<Receipt>();
        intake.MapGet("/time", (TimeProvider clock) => Results.Json(new ServerTime(clock.GetUtcNow()), IntakeJson.Default.ServerTime))
            .OpenToAll("tells the time and nothing else").WithSummary("The server's clock.").Produces<ServerTime>();
        intake.MapPost("/devices", async (HttpContext http, RegisterDevice command, RegisterDeviceHandler handler) =>
                (await handler.Handle(http.Caller(), command)).ToHttp())
            .Needs(Permission.Administer).WithSummary("Registers a device; its token is in the answer and nowhere else.").Produces<RegisteredDevice>();
        intake.MapGet("/devices", (HttpContext http, Store store, string owner, Guid? after, int? take) => List(http.Caller(), store, owner, after, take))
            .Needs(Permission.Administer).WithSummary("The devices of a county.");
        intake.MapPost("/devices/{id:guid}/revoke", async (HttpContext http, Guid id, string owner, string? reason, RevokeDeviceHandler handler) =>
                (await handler.Handle(http.Caller(), owner, new RevokeDevice(new DeviceId(id), reason))).ToHttp())
            .Needs(Permission.Administer).WithSummary("Revokes a device's token.");
    }

    static async Task Accept(HttpContext http, AcceptBatchHandler handler, IntakeSettings settings)
    {
        var most = settings.MostMegabytes * 1024 * 1024;
        var body = await ReadBody(http.Request, most);
        if (!body.Ok)
        {
            await Answers.Problem(body.Refusal).ExecuteAsync(http);
            return;
        }
        var language = http.Request.Headers.AcceptLanguage.ToString();
        Outcome<Receipt> outcome;
        try
        {
            outcome = await handler.Handle(http.Caller(), new AcceptBatch(body.Value, language));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body.Value.Array!);
        }
        if (!outcome.Ok)
        {
            await Answers.Problem(outcome.Refusal).ExecuteAsync(http);
            return;
        }
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(json, outcome.Value, IntakeJson.Wire.Receipt);
    }

    /// <summary>The whole body in rented memory, unpacked where it is gzip; never more than the limit, whatever was announced.</summary>
    static async Task<Outcome<ArraySegment<byte>>> ReadBody(HttpRequest request, int most)
    {
        var tooLarge = new BatchTooLarge(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{most / 1024 / 1024} MiB"));
        if (request.ContentLength > most)
            return tooLarge;
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
            return new BatchUnreadable("its Content-Encoding is neither identity nor gzip", "Content-Encoding 既非 identity 也非 gzip");
        await using var stream = encoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(request.ContentLength ?? 0, 4096, most) + 1);
        var length = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted)) > 0)
            {
                length += read;
                if (length > most)
                    return Give(buffer, tooLarge);
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }
            return new ArraySegment<byte>(buffer, 0, length);
        }
        catch (InvalidDataException)
        {
            return Give(buffer, new BatchUnreadable("its gzip is broken", "gzip 数据损坏"));
        }
    }

    static Refusal Give(byte[] buffer, Refusal refusal)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        return refusal;
    }

    static byte[] Grow(byte[] buffer)
    {
        var bigger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(bigger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return bigger;
    }

    static IResult List(Caller caller, Store store, string owner, Guid? after, int? take)
    {
        if (caller.Must(Permission.Administer, owner) is { Ok: false } no)
            return Answers.Problem(no.Refusal);
        var most = Math.Clamp(take ?? MostAtOnce, 1, MostAtOnce);
        var items = store.Read(s => Devices.Page(s, owner, after, most));
        return Results.Json(new { items, next = items.Count == most ? items[^1].Id.Value : (Guid?)null });
    }
}
