using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;

namespace Qipan.Consoles.Shell;

/// <summary>The pages' own files, from inside the program. An address holds the content's hash, so a browser may keep it for ever.</summary>
static class PageFiles
{
    static readonly PageFile Look = Read("qipan.css", "text/css; charset=utf-8");
    static readonly PageFile Picture = Read("chains.js", "text/javascript; charset=utf-8");
    static readonly PageFile Work = Read("chains-worker.js", "text/javascript; charset=utf-8");

    public static string Css => Look.Address;

    /// <summary>Draws chains (src/Web/islands/chains).</summary>
    public static string Chains => Picture.Address;

    /// <summary>Lays chains out, in a thread of the browser's own.</summary>
    public static string ChainsWorker => Work.Address;

    public static void MapPageFiles(this IEndpointRouteBuilder app)
    {
        foreach (var file in new[] { Look, Picture, Work })
            app.MapGet(file.Address, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(file.Bytes, file.Type);
            }).ExcludeFromDescription().OpenToAll("the look of the pages; shows no data");
    }

    static PageFile Read(string name, string type)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        return new PageFile($"/assets/{Path.GetFileNameWithoutExtension(name)}-{hash}{Path.GetExtension(name)}", bytes, type);
    }

    sealed record PageFile(string Address, byte[] Bytes, string Type);
}
