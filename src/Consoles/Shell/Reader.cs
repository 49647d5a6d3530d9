using System.Globalization;
using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Texts;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.Shell;

/// <summary>Who reads the page and how: language, rights, time zone. One per request; not safe for several threads.</summary>
sealed class Reader(IHttpContextAccessor request, LocalDays days, TimeProvider clock)
{
    readonly HttpContext context = request.HttpContext ?? throw new InvalidOperationException("A page is rendered inside a request.");

    public string Language => RequestLanguage.Of(context);

    /// <summary>Null on pages that are open to all.</summary>
    public Caller? Caller => context.CallerOrNone();

    public DateTimeOffset Now => clock.GetUtcNow();

    public HttpContext Context => context;

    public bool May(Permission permission) => Caller?.May(permission) == true;

    /// <summary>The sentence in the reader's language; its English form is its key.</summary>
    public string this[string english] => Sentence.In(Language, english);

    /// <summary>As the indexer, with values for {0}, {1} ….</summary>
    public string Say(string english, params ReadOnlySpan<object?> values) => Sentence.In(Language, english, values);

    /// <summary>The refusal's sentence in the reader's language.</summary>
    public string Say(Refusal refusal) => refusal.In(Language);

    /// <summary>An instant in the deployment's zone, to the minute.</summary>
    public string When(DateTimeOffset? instant) => instant is { } at
        ? TimeZoneInfo.ConvertTime(at, days.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "–";

    /// <summary>How long ago, or until, in the two largest units: 3 d 4 h.</summary>
    public string Span(TimeSpan span)
    {
        var t = span.Duration();
        return t.TotalDays >= 1 ? Say("{0} d {1} h", (int)t.TotalDays, t.Hours)
            : t.TotalHours >= 1 ? Say("{0} h {1} min", (int)t.TotalHours, t.Minutes)
            : Say("{0} min", (int)t.TotalMinutes);
    }

    public string Age(DateTimeOffset since) => Span(Now - since);

    /// <summary>This page's address in the other language.</summary>
    public string InOtherLanguage()
    {
        var query = context.Request.Query.Where(q => q.Key != "lang").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)))
            .Append(KeyValuePair.Create("lang", (string?)(Language == "zh" ? "en" : "zh")));
        return context.Request.Path + QueryString.Create(query);
    }
}
