using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench.Intake;

/// <summary>
/// The plain way over the same wire and the same tables: parse the batch, and for each fact look up whether it is there, who the person is
/// and how full the tube is, then insert a row; a transaction for each item or for each batch. It judges less than the product does (no codes,
/// no second tubes, no discrepancies, no counters) and keeps no batch as sent.
/// </summary>
sealed class PlainIntake(WebApplication app) : IAsyncDisposable
{
    string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public string UrlOf(bool perItem) => $"{Url}/{(perItem ? "item" : "batch")}/";

    public static async Task<PlainIntake> Start(Store store, Keyring keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/{per}/api/intake/time", () => "");
        app.MapPost("/{per}/api/intake/batches", async (HttpRequest request, string per) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            var facts = body.RootElement.GetProperty("facts").EnumerateArray().ToList();
            if (per == "item")
                foreach (var fact in facts)
                    await Take(store, keys, [fact]);
            else
                await Take(store, keys, facts);
            return Results.Json(new { items = facts.ConvertAll(f => new { id = f.GetProperty("id").GetGuid(), verdict = "accepted" }) });
        });
        await app.StartAsync();
        return new PlainIntake(app);
    }

    static async Task Take(Store store, Keyring keys, List<JsonElement> facts) => _ = (await store.Write(new WriteScope(Actor.System, IntakeTown.County), s =>
    {
        foreach (var fact in facts)
            Take(s, keys, fact);
        return Outcome.Of(facts.Count);
    })).Value;

    static void Take(WriteSession session, Keyring keys, JsonElement fact)
    {
        const string County = IntakeTown.County;
        var id = fact.GetProperty("id").GetGuid();
        if (session.Scalar<long>("SELECT count(*) FROM fact WHERE owner = @County AND id = @id", new { County, id }) > 0)
            return;
        var kind = fact.GetProperty("kind").GetString()!;
        var at = fact.GetProperty("occurredAt").GetDateTimeOffset();
        session.Execute("""
            INSERT INTO fact (owner, id, submission, ordinal, kind, occurred_at, corrected_at, received_at, late, verdict) VALUES (@County, @id, @id, 0, @kind, @at, @at, @Now, 0, 1)
            """, new { County, id, kind, at, session.Now });
        var tube = kind == "tube_opened" ? id : fact.GetProperty("tube").GetGuid();
        switch (kind)
        {
            case "tube_opened":
                session.Execute("""
                    INSERT INTO tube (owner, id, code, round, kind, capacity, state, opened_at, count, conflict, priority, reject_reason, holder, updated_at)
                    VALUES (@County, @id, @code, @Round, 10, 10, 2, @at, 0, 0, 0, 0, '', @at)
                    """, new { County, id, code = fact.GetProperty("code").GetString(), IntakeTown.Round, at });
                break;
            case "tube_sealed":
                session.Execute("UPDATE tube SET state = 3, sealed_at = @at, updated_at = @at WHERE owner = @County AND id = @tube", new { County, tube, at });
                break;
            default:
                Register(session, keys, fact, id, tube, at);
                break;
        }
    }

    static void Register(WriteSession session, Keyring keys, JsonElement fact, Guid id, Guid tube, DateTimeOffset at)
    {
        const string County = IntakeTown.County;
        var key = DocumentKeys.Of(keys, DocType.IdCard, fact.GetProperty("person").GetProperty("docNo").GetString()!);
        var person = session.One<Guid>("SELECT person FROM person_document WHERE doc_key = @key", new { key });
        var residence = session.Scalar<string>("SELECT residence FROM person WHERE id = @person", new { person })!;
        var full = session.Scalar<long>("SELECT count(*) FROM registration WHERE owner = @County AND tube = @tube", new { IntakeTown.County, tube });
        var again = session.Scalar<long>("SELECT count(*) FROM registration WHERE round = @Round AND person = @person", new { IntakeTown.Round, person });
        session.Execute("""
            INSERT INTO registration (owner, id, round, person, person_owner, tube, position, occurred_at, corrected_at, specimen, device, id_method, scope_version,
              supplement, duplicate, state, area)
            VALUES (@County, @id, @Round, @person, @County, @tube, @full, @at, @at, 2, @tube, 1, 1, 0, @again, 2, @area)
            """, new { County, id, IntakeTown.Round, person, tube, full, at, again, area = residence[..12] });
        session.Execute("UPDATE tube SET count = count + 1 WHERE owner = @County AND id = @tube", new { County, tube });
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
