using System.Collections.Concurrent;
using System.Text;
using Qipan.Consoles.Shell;
using Qipan.Consoles.Texts;

namespace Qipan.Consoles;

/// <summary>
/// What the public sees when more people ask than are answered: made once for each language, and after that only bytes. Names nobody and keeps nothing,
/// so what was typed is brought back by the browser's own way back.
/// </summary>
public static class WaitingPage
{
    static readonly ConcurrentDictionary<string, byte[]> Made = new(StringComparer.Ordinal);

    /// <summary>UTF-8 HTML in "zh" or "en"; the caller does not change it. Safe for all threads.</summary>
    public static byte[] Of(string language) => Made.GetOrAdd(language, static language => Encoding.UTF8.GetBytes($"""
        <!DOCTYPE html>
        <html lang="{(language == "zh" ? "zh-CN" : "en")}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <title>{Sentence.In(language, "Please wait")} · {Sentence.In(language, "Qipan")}</title><link rel="stylesheet" href="{PageFiles.Of("qipan.css")}"></head>
        <body><main id="main"><h1>{Sentence.In(language, "Please wait")}</h1>
        <p class="lead">{Sentence.In(language, "Very many people are asking for their results at this moment.")}</p>
        <p>{Sentence.In(language, "Nothing is lost, and no result comes later because of this. Go back in half a minute and ask again.")}</p>
        <p><a href="/result">{Sentence.In(language, "Ask again")}</a></p></main></body>
        </html>

        """));
}
