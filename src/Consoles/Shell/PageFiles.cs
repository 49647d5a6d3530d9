using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;

namespace Qipan.Consoles.Shell;

/// <summary>
/// The pages' own files, from inside the program: style sheets and the islands that <c>src/Web/build.mjs</c> bundles. An address holds the
/// content's hash, so a browser may keep it for ever; whoever takes Brotli gets what the build has packed.
/// </summary>
static class PageFiles
{
    static readonly FrozenDictionary<string, PageFile> All = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(n => TypeOf(n) is not null).Select(Read).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>Where a file is served.</summary>
    /// <exception cref="KeyNotFoundException">The program holds no file of this name: it is not in the table of <c>src/Web/build.mjs</c>.</exception>
    public static string Of(string name) =>
        All.TryGetValue(name, out var file) ? file.Address : throw new KeyNotFoundException($"The program holds no page file {name}: src/Web/build.mjs");

    public static void MapPageFiles(this IEndpointRouteBuilder app)
    {
        foreach (var file in All.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
            app.MapGet(file.Address, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                context.Response.Headers.Vary = "Accept-Encoding";
                if (!context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br" && e.Quality is not 0))
                    return Results.Bytes(file.Bytes, file.Type);
                context.Response.Headers.ContentEncoding = "br";
                return Results.Bytes(file.Packed, file.Type);
            }).ExcludeFromDescription().OpenToAll("the look of the pages; shows no data");
    }

    static PageFile Read(string name)
    {
        var bytes = Bytes(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        return new PageFile(name, $"/assets/{Path.GetFileNameWithoutExtension(name)}-{hash}{Path.GetExtension(name)}", bytes, Bytes(name + ".br"), TypeOf(name)!);
    }

    static byte[] Bytes(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static string? TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => null,
    };

    sealed record PageFile(string Name, string Address, byte[] Bytes, byte[] Packed, string Type);
}
