using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;

namespace Qipan.Consoles.Shell;

/// <summary>The pages' own files, from inside the program. An address holds the content's hash, so a browser may keep it for ever.</summary>
static class PageFiles
{
    static readonly byte[] Style = Read("qipan.css");

    public static string Css { get; } = $"/assets/qipan-{Convert.ToHexStringLower(SHA256.HashData(Style))[..12]}.css";

    public static void MapPageFiles(this IEndpointRouteBuilder app) => app.MapGet(Css, (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Style, "text/css; charset=utf-8");
    }).ExcludeFromDescription().OpenToAll("the look of the pages; shows no data");

    static byte[] Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
