using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Protocols;

/// <summary>The module's endpoints. Protocols hold no personal data and are the same for every territory.</summary>
static class ProtocolEndpoints
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<NoteMark>(namingPolicy: null, allowIntegerValues: false) },
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var protocols = routes.MapGroup("/api/protocols").WithTags("protocols");
        protocols.MapGet("", (ProtocolBook book, string? after, string? take) =>
                Answer(ListProtocols.After(book, after, Take(take))))
            .Needs(Permission.SeeProtocols).WithSummary("Every protocol, by id and version.").Produces<ProtocolPage>();
        protocols.MapGet("/schema", () => Results.Text(ProtocolSchema.Text, "application/schema+json"))
            .Needs(Permission.SeeProtocols).WithSummary("The JSON schema of a protocol's file.");
        protocols.MapGet("/ruling", Ruling)
            .Needs(Permission.SeeProtocols).WithSummary("What holds for a disease at a place on a day, and where each value comes from.")
            .Produces<RulingView>();
        protocols.MapGet("/{version}", (ProtocolBook book, string version) =>
                Answer(ProtocolVersion.TryParse(version, out var parsed)
                    ? book.Find(parsed).Map(ShowRuling.Of)
                    : new UnknownProtocol(null)))
            .Needs(Permission.SeeProtocols).WithSummary("One version, as decisions name it.").Produces<ProtocolView>();
    }

    static IResult Ruling(ProtocolBook book, string? disease, string? place, string? on, string? variant)
    {
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return Answers.Problem(new BadDate());
        return Answer(book.Resolve(disease ?? "", place ?? "", date, variant).Map(ShowRuling.Of));
    }

    static int Take(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : ListProtocols.MostAtOnce;

    static IResult Answer<T>(Outcome<T> outcome) => outcome.Match(value => Results.Json(value, Json), Answers.Problem);
}
