using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.Shell;

/// <summary>A page's form as it was sent, with what was refused: the sentence beside its field, which is named as wrong, described by it, and has the focus.</summary>
static class FilledForm
{
    /// <summary>The element that says what was refused.</summary>
    const string Said = "refused";

    public static IHtmlDocument Read(Stream html) => new HtmlParser().ParseDocument(html);

    public static async Task Write(IHtmlDocument page, Stream to)
    {
        await using var writer = new StreamWriter(to, leaveOpen: true);
        page.ToHtml(writer);
    }

    /// <summary>The form that goes where this one was sent; of several, the one that was about the same thing. Null where the page has none.</summary>
    /// <param name="page">The page.</param>
    /// <param name="at">Its address, where forms go that name none.</param>
    /// <param name="sentTo">Where the form was sent.</param>
    /// <param name="sent">What was in it.</param>
    public static IHtmlFormElement? Find(IHtmlDocument page, string at, string sentTo, IFormCollection sent)
    {
        var going = page.Forms.Where(f => f.GetAttribute("method") == "post" && Uri.UnescapeDataString(f.GetAttribute("action") ?? at) == Uri.UnescapeDataString(sentTo)).ToList();
        return going is [var only] ? only : going.Select(f => (Form: f, Hidden: Hidden(f).ToList()))
            .Where(f => f.Hidden.TrueForAll(h => sent[h.Name].Contains(h.Value)))
            .OrderByDescending(f => f.Hidden.Count).Select(f => f.Form).FirstOrDefault();
    }

    /// <summary>What a form is about. Its token and the version of what its sender saw are new each time.</summary>
    static IEnumerable<(string Name, string Value)> Hidden(IHtmlFormElement form) => form.Elements.OfType<IHtmlInputElement>()
        .Where(i => i.Type == "hidden" && i.Name is { Length: > 0 } and not ("__RequestVerificationToken" or "version" or RefusedForms.PageField)).Select(i => (i.Name!, i.Value));

    /// <summary>Types, chooses and ticks what was sent. Passwords and files are asked for again.</summary>
    public static void Fill(IHtmlFormElement form, IFormCollection sent)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var control in form.Elements)
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name)
                continue;
            var values = sent[name];
            switch (control)
            {
                case IHtmlInputElement { Type: "hidden" or "password" or "file" or "submit" or "button" }:
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    Mark(box, "checked", values.Contains(box.GetAttribute("value") ?? "on"));
                    break;
                case IHtmlSelectElement list when list.Options.Any(o => values.Contains(o.Value)):
                    foreach (var option in list.Options)
                        Mark(option, "selected", values.Contains(option.Value));
                    break;
                case IHtmlInputElement or IHtmlTextAreaElement:
                    var nth = used[name] = used.GetValueOrDefault(name, -1) + 1;
                    if (nth >= values.Count)
                        break;
                    if (control is IHtmlTextAreaElement)
                        control.TextContent = values[nth] ?? "";
                    else
                        control.SetAttribute("value", values[nth] ?? "");
                    break;
            }
        }
    }

    /// <summary>The sentence beside its field, else at the head of its form, else, where the form is no longer offered, at the head of the page.</summary>
    public static void Say(IHtmlDocument page, IHtmlFormElement? form, Refusal refusal, string language, IReadOnlyList<PlaceOffer> offers)
    {
        foreach (var focused in page.QuerySelectorAll("[autofocus]"))
            focused.RemoveAttribute("autofocus");
        var field = form is null || refusal.Field is null ? null : FieldOf(form, refusal.Field);
        var words = page.CreateElement(field is null ? "p" : "em");
        (words.ClassName, words.Id, words.TextContent) = ("refusal", Said, refusal.In(language));
        words.SetAttribute("role", "alert");
        if (field is null)
        {
            var code = page.CreateElement("code");
            code.TextContent = refusal.Code;
            words.Append(page.CreateTextNode(" "), code);
            words.SetAttribute("tabindex", "-1");
        }
        (field ?? words).SetAttribute("autofocus", "");
        if (field is not null)
        {
            Beside(field, words);
            Offer(field, offers);
        }
        else if (form is not null)
        {
            form.Prepend(words);
        }
        else
        {
            page.QuerySelector("main h1")?.After(words);
        }
        for (IElement? around = form; around is not null; around = around.ParentElement)
            if (around is IHtmlDetailsElement)
                around.SetAttribute("open", "");
    }

    /// <summary>The page is the answer to a form now: its own address is where links and forms lead that name none, and it does not load itself again.</summary>
    public static void Settle(IHtmlDocument page, string at)
    {
        foreach (var form in page.Forms.Where(f => !f.HasAttribute("action")))
            form.SetAttribute("action", form.GetAttribute("method") == "post" ? at : at.Split('?')[0]);
        page.GetElementById("live")?.RemoveAttribute("data-live");
    }

    static IElement? FieldOf(IHtmlFormElement form, string name) =>
        form.Elements.FirstOrDefault(e => e.GetAttribute("name") == name && e is not IHtmlInputElement { Type: "hidden" } and not IHtmlButtonElement)
        ?? form.QuerySelector($".field[data-field='{name.Replace("'", "", StringComparison.Ordinal)}'] :is(input, select, textarea)");

    static void Beside(IElement field, IElement words)
    {
        field.SetAttribute("aria-invalid", "true");
        field.SetAttribute("aria-describedby", Said);
        // The sentence stands inside the label, and is no part of the field's name.
        if (field.Closest(".field")?.FirstElementChild is { } label && label != field)
        {
            label.Id = Said + "-field";
            field.SetAttribute("aria-labelledby", label.Id);
            label.ParentElement!.QuerySelector("small")?.Remove();
        }
        field.After(words);
    }

    /// <summary>The places that may be meant, to choose one of.</summary>
    static void Offer(IElement field, IReadOnlyList<PlaceOffer> offers)
    {
        if (offers.Count == 0 || field.Closest(".field") is not { } around || field.Owner is not { } page)
            return;
        var list = page.CreateElement("fieldset");
        list.ClassName = "offers";
        list.SetAttribute("aria-describedby", Said);
        foreach (var offer in offers)
        {
            var (choice, box) = (page.CreateElement("label"), page.CreateElement("input"));
            box.SetAttribute("type", "radio");
            box.SetAttribute("name", field.GetAttribute("name") + PlaceChoice.Chosen);
            box.SetAttribute("value", offer.Code);
            choice.Append(box, page.CreateTextNode(" " + offer.Words));
            list.Append(choice);
        }
        around.After(list);
    }

    static void Mark(IElement element, string attribute, bool set)
    {
        if (set)
            element.SetAttribute(attribute, "");
        else
            element.RemoveAttribute(attribute);
    }
}
