using Microsoft.AspNetCore.Http;

namespace Qipan.Http;

/// <summary>The language of an answer: "zh" or "en". Asked for by <c>?lang=</c>, else the cookie, else Accept-Language, else English.</summary>
public static class RequestLanguage
{
    /// <summary>Keeps the reader's choice; holds "zh" or "en" and nothing about the reader.</summary>
    public const string Cookie = "qipan_lang";

    public static string Of(HttpContext context) =>
        Known(context.Request.Query["lang"]) ?? Known(context.Request.Cookies[Cookie]) ?? Preferred(context.Request) ?? "en";

    static string? Preferred(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.Value)).FirstOrDefault(l => l is not null);

    static string? Known(string? tag) =>
        tag is null ? null
        : tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh"
        : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en"
        : null;
}
