using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.Shell;

/// <summary>
/// What was typed into a form is not lost when the form is refused. Whatever refused it, the answer keeps its status and becomes the page on which the
/// form stands, filled in as it was sent, with the refusal's sentence beside its field: <see cref="FilledForm"/>. That page is the answer itself where it holds the
/// form, else the page that the form was sent from, drawn again. What was typed is in the answer alone and never in an address.
/// </summary>
sealed class RefusedForms(RequestDelegate next)
{
    /// <summary>The field in which a form says on which page it stands: <see cref="FormToken"/>.</summary>
    public const string PageField = "_page";

    /// <summary>Says with what a request is refused; the last word counts.</summary>
    public static void Refuse(HttpContext http, Refusal refusal) => http.Items[typeof(Refusal)] = refusal;

    /// <summary>The page on which a form stands: this one, or where this one is the answer to a form, the page of that form.</summary>
    public static string PageOf(Reader reader) =>
        HttpMethods.IsPost(reader.Context.Request.Method) && reader.Context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }
        && reader.Context.Features.Get<IFormFeature>()?.Form is { } sent && sent[PageField].ToString() is { Length: > 0 } page
            ? SignIn.SignInRoutes.Local(page) : reader.Here;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }
        var sentTo = http.Request.GetEncodedPathAndQuery();
        var body = http.Response.Body;
        using var answer = new MemoryStream();
        try
        {
            await Answer(http, answer);
            if (http.Response.StatusCode >= 400 && IsPage(http) && Sent(http) is { } sent)
                await Fill(http, answer, sentTo, sent);
        }
        finally
        {
            http.Response.Body = body;
        }
        if (answer.Length > 0)
            http.Response.ContentLength = answer.Length;
        answer.Position = 0;
        await answer.CopyToAsync(body, http.RequestAborted);
    }

    /// <summary>
    /// The form as it was read; null where nobody has read it. What another site sends is not given back, so that no site can fill a form for somebody; a
    /// form of ours whose token has expired is.
    /// </summary>
    static IFormCollection? Sent(HttpContext http)
    {
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return null;
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        return http.Features.Get<IFormFeature>()?.Form;
    }

    async Task Fill(HttpContext http, MemoryStream answer, string sentTo, IFormCollection sent)
    {
        var refusal = http.Items[typeof(Refusal)] as Refusal;
        var (page, at) = (FilledForm.Read(answer), sentTo);
        var form = FilledForm.Find(page, at, sentTo, sent);
        if (form is null && sent[PageField].ToString() is { Length: > 0 } said && SignIn.SignInRoutes.Local(said) is var address && await Again(http, address) is { } again)
        {
            (page, at) = (again, address);
            form = FilledForm.Find(page, at, sentTo, sent);
        }
        else if (form is null)
        {
            return;
        }
        if (form is not null)
            FilledForm.Fill(form, sent);
        if (refusal is not null)
            FilledForm.Say(page, form, refusal, RequestLanguage.Of(http), PlaceChoice.OfferedTo(http));
        FilledForm.Settle(page, at);
        answer.SetLength(0);
        await FilledForm.Write(page, answer);
    }

    /// <summary>The page of an address as the same reader has it now; null where they have none. The answer's status stays what it was.</summary>
    async Task<IHtmlDocument?> Again(HttpContext http, string address)
    {
        var (request, response, status, type, services) = (http.Request, http.Response, http.Response.StatusCode, http.Response.ContentType, http.RequestServices);
        var (method, path, query) = (request.Method, request.Path, request.QueryString);
        var parts = address.Split('?', 2);
        using var drawn = new MemoryStream();
        // Pages are drawn once in a scope: this one has its own.
        await using var scope = services.CreateAsyncScope();
        try
        {
            http.RequestServices = scope.ServiceProvider;
            (request.Method, request.Path, request.QueryString) = (HttpMethods.Get, PathString.FromUriComponent(parts[0]), parts.Length > 1 ? new QueryString("?" + parts[1]) : default);
            (request.ContentType, request.ContentLength) = (null, null);
            http.SetEndpoint(null);
            request.RouteValues.Clear();
            (response.StatusCode, response.ContentType) = (StatusCodes.Status200OK, null);
            await Answer(http, drawn);
            return response.StatusCode == StatusCodes.Status200OK && IsPage(http) ? FilledForm.Read(drawn) : null;
        }
        finally
        {
            http.RequestServices = services;
            (request.Method, request.Path, request.QueryString) = (method, path, query);
            (response.StatusCode, response.ContentType) = (status, type);
            response.Headers.Remove("Location");
        }
    }

    async Task Answer(HttpContext http, MemoryStream into)
    {
        http.Response.Body = into;
        Once(http);
        await next(http);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        http.Response.ContentLength = null;
        into.Position = 0;
    }

    /// <summary>Drawing a page adds a header, and breaks where a page that was drawn before has added it.</summary>
    public static void Once(HttpContext http) => http.Response.Headers.Remove("blazor-enhanced-nav");

    static bool IsPage(HttpContext http) => http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
}
