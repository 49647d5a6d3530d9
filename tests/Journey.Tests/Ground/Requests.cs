using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Qipan.Http;

namespace Qipan.Journey.Tests.Ground;

/// <summary>Makes a request to any endpoint, with values in its route that name nothing.</summary>
static class Requests
{
    public const string UnknownId = "0199aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa";

    public static IEnumerable<string> Methods(this RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    public static AccessRule Rule(this RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<AccessRule>()!;

    public static string Name(this RouteEndpoint endpoint) => $"{string.Join(',', endpoint.Methods())} {endpoint.RoutePattern.RawText}";

    public static bool IsApi(this RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/");

    public static HttpRequestMessage To(this RouteEndpoint endpoint, string method, string? body = null)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => ValueOf(parameter),
                    _ => "",
                });
        }
        var request = new HttpRequestMessage(new HttpMethod(method), path.Length == 0 ? "/" : path.ToString());
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    static string ValueOf(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Any(p => p.Content is "int" or "long") ? "987654"
        : parameter.Name is "code" or "place" or "territory" ? "220299"
        : UnknownId;
}
