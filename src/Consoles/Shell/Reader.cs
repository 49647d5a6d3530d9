using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.Texts;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.Shell;

/// <summary>Who reads the page and how: language, rights, time zone. One per request; not safe for several threads.</summary>
sealed class Reader(HttpContext context)
{
    readonly LocalDays days = context.RequestServices.GetRequiredService<LocalDays>();
    readonly HashSet<string> loaded = new(StringComparer.Ordinal);
    readonly TimeProvider clock = context.RequestServices.GetRequiredService<TimeProvider>();

    public string Language => RequestLanguage.Of(context);

    /// <summary>auto, light, dark or wall: <see cref="PageMode"/>.</summary>
    public string Mode => PageMode.Of(context);

    /// <summary>The part of their territory that the reader works on: <see cref="TerritoryChoice"/>.</summary>
    public string Territory => TerritoryChoice.Now(context);

    /// <summary>Null on pages that are open to all.</summary>
    public Caller? Caller => context.CallerOrNone();

    public DateTimeOffset Now => clock.GetUtcNow();

    public HttpContext Context => context;

    /// <summary>Whether everything here is an exercise.</summary>
    public bool Drill => context.RequestServices.GetService<ConsolesSettings>()?.Drill == true;

    /// <summary>Whether the reader can change how fast a drill's calendar runs.</summary>
    public bool MayPace => Caller is not null && context.RequestServices.GetService<DrillDesk.IDrillPace>() is not null;

    public bool May(Permission permission) => Caller?.May(permission) == true;

    /// <summary>The sentence in the reader's language; its English form is its key.</summary>
    public string this[string english] => Sentence.In(Language, english);

    /// <summary>As the indexer, with values for {0}, {1} ….</summary>
    public string Say(string english, params ReadOnlySpan<object?> values) => Sentence.In(Language, english, values);

    /// <summary>The refusal's sentence in the reader's language.</summary>
    public string Say(Refusal refusal) => refusal.In(Language);

    /// <summary>An instant in the deployment's zone, to the minute: 14 Mar 2022 08:30, in Chinese 2022-03-14 08:30 (GB/T 7408).</summary>
    public string When(DateTimeOffset? instant) => instant is { } at ? $"{Day(LocalDay(at))} {Clock(at)}" : "–";

    /// <summary>A day: 14 Mar 2022, in Chinese 2022-03-14; a dash where there is none.</summary>
    public string Day(DateOnly? day) => day?.ToString(Language == "zh" ? "yyyy-MM-dd" : "d MMM yyyy", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>The time of day in the deployment's zone: 08:30.</summary>
    public string Clock(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, days.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Day and time to the second.</summary>
    public string Exactly(DateTimeOffset instant) => $"{Day(LocalDay(instant))} {TimeZoneInfo.ConvertTime(instant, days.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";

    /// <summary>The day on which an instant falls in the deployment's zone.</summary>
    public DateOnly LocalDay(DateTimeOffset instant) => days.DateOf(instant);

    /// <summary>The hour and minute of an instant; with the day where it is not today's.</summary>
    public string Hour(DateTimeOffset instant) => days.DateOf(instant) == days.DateOf(Now)
        ? TimeZoneInfo.ConvertTime(instant, days.Zone).ToString("HH:mm", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(instant, days.Zone).ToString("M-d HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time of day of an instant, to the second.</summary>
    public string Second(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, days.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or until, in the two largest units: 3 d 4 h.</summary>
    public string Span(TimeSpan span)
    {
        var t = span.Duration();
        return t.TotalDays >= 1 ? Say("{0} d {1} h", (int)t.TotalDays, t.Hours)
            : t.TotalHours >= 1 ? Say("{0} h {1} min", (int)t.TotalHours, t.Minutes)
            : Say("{0} min", (int)t.TotalMinutes);
    }

    /// <summary>True the first time that this page asks: what a page loads once, however often it needs it.</summary>
    public bool First(string file) => loaded.Add(file);

    public string Age(DateTimeOffset since) => Span(Now - since);

    /// <summary>This page's address in the other language.</summary>
    public string InOtherLanguage() => With(("lang", Language == "zh" ? "en" : "zh"));

    /// <summary>This page's address with some of its state changed; null or empty takes a part away. A changed list begins at its start.</summary>
    public string With(params IReadOnlyList<(string Name, object? Value)> changes)
    {
        var turns = changes.Any(c => c.Name is "after" or "lang" or "mode");
        var query = context.Request.Query
            .Where(q => !changes.Any(c => c.Name == q.Key) && (turns || q.Key != "after"))
            .SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)))
            .Concat(changes.Select(c => KeyValuePair.Create(c.Name, Convert.ToString(c.Value, CultureInfo.InvariantCulture))))
            .Where(q => !string.IsNullOrEmpty(q.Value));
        return context.Request.Path + QueryString.Create(query);
    }

    /// <summary>This page's own address, to come back to after a form was sent.</summary>
    public string Here => context.Request.Path + context.Request.QueryString;

    /// <summary>The name of a value of a closed list: in Chinese it stands in the page texts as <c>TubeState.InRun</c>, in English it is "in run".</summary>
    public string Name(Enum value) => Language == "zh" ? Sentence.In("zh", $"{value.GetType().Name}.{value}") : Spaced(Numbered(JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())));

    /// <summary>The same for words of an open list, such as what is done: <c>action.seal_tube</c>.</summary>
    public string Word(string list, string word) =>
        Language == "zh" && Sentence.All.TryGetValue($"{list}.{word}", out var chinese) ? chinese : Spaced(word);

    /// <summary>"from18_to59" as "from_18_to_59".</summary>
    static string Numbered(string snake) =>
        string.Concat(snake.Select((c, i) => char.IsAsciiDigit(c) && i > 0 && char.IsAsciiLetter(snake[i - 1]) ? $"_{c}" : $"{c}"));

    static string Spaced(string snake) => snake.Replace('_', ' ');
}
