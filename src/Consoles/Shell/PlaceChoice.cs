using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.Shell;

/// <summary>A place to choose, as a reader knows it.</summary>
public sealed record PlaceOffer(string Code, string Words);

/// <summary>
/// Lets people name a place as they know it, with and without script: what was typed into a <see cref="PlaceField"/> reaches its use case as the place's code. Where
/// it is the beginning of one place's name alone, that place is meant; where of several, they are offered to choose from. A code is taken as it is.
/// </summary>
sealed class PlaceChoice(RequestDelegate next, Store store)
{
    /// <summary>Names the place fields of a form.</summary>
    public const string Fields = "_places";

    /// <summary>Of a field, which of the places that were offered is meant.</summary>
    public const string Chosen = ".chosen";

    const int MostOffered = 12;

    /// <summary>What was offered for the field of a refusal; nothing else.</summary>
    public static IReadOnlyList<PlaceOffer> OfferedTo(HttpContext http) => http.Items[typeof(PlaceOffer)] as IReadOnlyList<PlaceOffer> ?? [];

    public Task InvokeAsync(HttpContext http)
    {
        if (http.CallerOrNone() is not { } caller)
            return next(http);
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query.ContainsKey(Fields))
            return Asked(http, caller);
        if (!HttpMethods.IsPost(http.Request.Method) || http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }
            || http.Features.Get<IFormFeature>()?.Form is not { } form || !form.ContainsKey(Fields))
            return next(http);
        var sent = form.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var field in form[Fields].OfType<string>().Distinct().ToList())
        {
            var (code, offers) = Meant(http, caller, form[field].ToString(), form[field + Chosen]);
            if (code is null)
            {
                http.Items[typeof(PlaceOffer)] = offers;
                var refusal = offers.Count == 0 ? new PlaceNotFound(field) : (Refusal)new PlaceUnclear(field);
                return RefusalAnswer.Write(http, refusal, Answers.StatusOf(refusal.Kind));
            }
            sent[field] = code;
        }
        http.Request.Form = new FormCollection(sent, form.Files);
        return next(http);
    }

    /// <summary>A page that is asked for by a form: its address has the code, or the reader chooses.</summary>
    Task Asked(HttpContext http, Caller caller)
    {
        var query = http.Request.Query.Where(q => q.Key != Fields).ToDictionary(q => q.Key, q => q.Value, StringComparer.Ordinal);
        string With(string field, string code) => http.Request.Path + QueryString.Create(query.Select(q => KeyValuePair.Create(q.Key, q.Key == field ? new StringValues(code) : q.Value)));
        foreach (var field in http.Request.Query[Fields].OfType<string>().Distinct())
        {
            var typed = http.Request.Query[field].ToString();
            var (code, offers) = Meant(http, caller, typed, default);
            if (code is null)
                return Page.Of<PlaceChoicePage>(new { Offers = offers.Select(o => (o.Words, With(field, o.Code))).ToList() },
                    offers.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status200OK).ExecuteAsync(http);
            query[field] = code;
        }
        return Page.See(With("", "")).ExecuteAsync(http);
    }

    (string? Code, IReadOnlyList<PlaceOffer> Offers) Meant(HttpContext http, Caller caller, string typed, string? chosen)
    {
        var text = typed.Trim();
        if (!string.IsNullOrEmpty(chosen))
            return (chosen, []);
        if (text.Length == 0 || PlaceCode.Parse(text).Ok)
            return (text, []);
        var language = RequestLanguage.Of(http);
        var found = store.Read(s => FindPlaces.By(s, caller, text, MostOffered));
        var offers = found.ConvertAll(f => new PlaceOffer(f.Place.Code, Words(f, language)));
        return offers is [var only] ? (only.Code, []) : (null, offers);
    }

    /// <summary>船营区 德胜街道 · 220204001.</summary>
    static string Words(FoundPlace found, string language) => $"{found.Within(language)} {found.Name(language)} · {found.Place.Code}".TrimStart();
}

/// <summary>Nothing is called so here.</summary>
sealed record PlaceNotFound(string Of) : FieldRefusal(Of, "place_not_found", RefusalKind.Invalid,
    "No place of your territory begins like this. Type another part of its name, or its code.", "辖区内没有以此开头的地点，请换用名称的其他部分或地点编码。");

/// <summary>Several places are called so.</summary>
sealed record PlaceUnclear(string Of) : FieldRefusal(Of, "place_unclear", RefusalKind.Invalid,
    "Several places begin like this. Choose one of them, or type more of its name.", "有多个地点以此开头，请选择其一，或输入更完整的名称。");
