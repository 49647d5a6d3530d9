using System.Text.Json;
using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>
/// Each desk's main task, by mouse in English, by keyboard alone in Chinese, and in a browser without script. Nothing is found by its words, so
/// that both languages are used alike.
/// </summary>
public sealed class DeskTaskTests(SeededCity city)
{
    public static TheoryData<Way> Ways => [Way.Mouse, Way.Keyboard, Way.NoScript];

    [Theory, MemberData(nameof(Ways))]
    public async Task Sampling_scans_a_code_and_sees_the_tubes_whole_life(Way way)
    {
        var code = city.Store.Read(s => s.One<string>("SELECT code FROM tube WHERE code <> '' AND state >= 9 ORDER BY code LIMIT 1"))!;
        var hand = await Hand.Of(city, "rounds", way);
        await hand.Go("/");
        await hand.Press("a[href='/tubes']:visible");
        await hand.Fill("input[name=code]", code);
        await hand.Press("form:has(input[name=code]) button");
        await hand.Sees("ol.life > li");
        Assert.Contains(code, await hand.Page.Locator("h1").InnerTextAsync());
        await hand.Done();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_laboratory_loads_a_result_file_and_reviews_the_run(Way way)
    {
        var hand = await Hand.Of(city, "lab-chengdong", way);
        await hand.Go("/");
        await hand.Press("a[href='/lab']:visible");
        await hand.Page.Locator("input[type=file]").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "run.json", MimeType = "application/json", Buffer = ResultFile(way) });
        await hand.Press("form[enctype] button");
        await hand.Sees("main .done, main .refusal");
        Assert.True(await hand.Page.Locator("main .done").CountAsync() == 1, await hand.Page.Locator("main").InnerTextAsync());
        var run = await hand.Page.Locator(".done ~ p a, .card a[href^='/lab/runs/']").First.GetAttributeAsync("href");
        await hand.Done();

        var reviewer = await Hand.Of(city, "review1-chengdong", way);
        await reviewer.Go("/lab");
        await reviewer.Press($"a[href='{run}']");
        await reviewer.Press("form[action$='/review'] button");
        Assert.Equal(0, await reviewer.Page.Locator(".refusal").CountAsync());
        Assert.Equal(1, city.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM run WHERE id = @run AND reviewed1_by IS NOT NULL", new { run = Guid.Parse(run!.Split('/')[^1]) })));
        await reviewer.Done();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Investigation_records_a_stay_of_a_case(Way way)
    {
        var hand = await Hand.Of(city, "tracer", way);
        await hand.Go("/");
        await hand.Press("a[href='/cases']:visible");
        await hand.Press("main td a[href^='/cases/']");
        await hand.Press("details:has(form[action$='/stays']) summary");
        const string Form = "form[action$='/stays'] ";
        await hand.Page.Locator(Form + "input[name=onDay]").FillAsync("2026-03-22");
        await hand.Page.Locator(Form + "input[name=from]").FillAsync("09:15");
        await hand.Page.Locator(Form + "input[name=to]").FillAsync("10:00");
        await hand.Fill(Form + "input[name=placeText]", $"east market {way}");
        await hand.Press(Form + "button");
        await hand.Sees($"td:has-text('east market {way}')");
        await hand.Done();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_duty_is_waived_with_a_reason_and_not_without(Way way)
    {
        var hand = await Hand.Of(city, "command", way);
        await hand.Go("/duties?view=all");
        await hand.Press("main a[href*='waive=']");
        await hand.Fill("#waive input[name=reason]", " ");
        await hand.Press("#waive button");
        await hand.Sees("#waive .field em.refusal");
        var duty = await hand.Page.Locator("#waive input[name=duty]").GetAttributeAsync("value");
        await hand.Fill("#waive input[name=reason]", "moved to another county");
        await hand.Press("#waive button");
        Assert.DoesNotContain("waive=", hand.Page.Url);
        var (owner, id) = (duty!.Split(':', 2)[0], duty.Split(':', 2)[1].Split('.'));
        Assert.Equal(2, city.Store.Read(s => s.Scalar<long>("SELECT state FROM duty WHERE owner = @owner AND basis_id = @basis AND subject_id = @subject AND state = 2",
            new { owner, basis = id[1], subject = Guid.Parse(id[2]) })));
        await hand.Done();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_person_is_found_for_a_purpose_and_never_without(Way way)
    {
        var hand = await Hand.Of(city, "tracer", way);
        await hand.Go("/");
        await hand.Press("a[href='/persons']:visible");
        await hand.Choose("main select[name=by]", "residence");
        await hand.Fill("main input[name=what]", "990102001001");
        await hand.Choose("main select[name=purpose]", "ContactTracing");
        await hand.Press("main form[action='/persons'] button");
        await hand.Press("main td a[href^='/persons/']");
        await hand.Sees("dl.facts");
        Assert.DoesNotContain("990102001001", hand.Page.Url);
        await hand.Done();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Administration_adds_a_unit_and_is_told_beside_the_field_what_is_wrong(Way way)
    {
        var hand = await Hand.Of(city, city.Day.Administrator.Login, way);
        await hand.Go("/");
        await hand.Press("a[href='/admin/units']:visible");
        const string Form = "form[action='/admin/units'] ";
        await hand.Fill(Form + "input[name=name]", $"Street office {way}");
        await hand.Fill(Form + "input[name=territory]", "12x");
        await hand.Press(Form + "button");
        await hand.Sees(Form + ".field:has(input[name=territory]) em.refusal, .refusal");
        await hand.Fill(Form + "input[name=territory]", "990102001");
        await hand.Press(Form + "button");
        await hand.Sees($"td:has-text('Street office {way}')");
        await hand.Done();
    }

    /// <summary>What an instrument writes of two tubes that wait, with its controls.</summary>
    byte[] ResultFile(Way way)
    {
        var codes = city.Store.Read(s => s.Query<string>("SELECT code FROM tube WHERE owner = '990102' AND code <> '' AND state IN (6, 7, 8) ORDER BY code LIMIT 2 OFFSET @skip", new { skip = 2 * (int)way }));
        var wells = codes.Select((code, i) => (Well: $"A{i + 1}", Code: code, Task: "UNKNOWN", Ct: (double?)null, Internal: (double?)24))
            .Append(("H11", "NTC", "NTC", null, null)).Append(("H12", "PC", "UNKNOWN", 25, 24));
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            plate = $"plate by {way}",
            wells = wells.SelectMany(w => new[] { ("ORF1ab", w.Ct), ("N", w.Ct), ("RNase P", w.Internal) }
                .Select(g => new { well = w.Well, sample = w.Code, target = g.Item1, task = w.Task, ct = g.Item2 })),
        }, JsonSerializerOptions.Web);
    }
}
