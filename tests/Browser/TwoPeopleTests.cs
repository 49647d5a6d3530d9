using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>Two people have the same record open. The second is told what happened, and nothing of the first is overwritten.</summary>
public sealed class TwoPeopleTests(SeededCity city)
{
    [Fact]
    public async Task The_second_to_correct_a_case_is_told_and_sees_what_the_first_wrote()
    {
        var no = city.Store.Read(s => s.One<string>("SELECT no FROM case_record ORDER BY found_at LIMIT 1"))!;
        await Both($"/cases/{no}", $"form[action='/cases/{no}/correct'] ", "tracer", "tracer2", async (hand, form, who) =>
        {
            await hand.Page.Locator(form + "input[name=onset]").FillAsync(who == 1 ? "2026-03-21" : "2026-03-22");
            await hand.Fill(form + "input[name=reason]", $"the person remembers {who}");
        });
        Assert.Equal("2026-03-21", city.Store.Read(s => s.One<string>("SELECT onset FROM case_record WHERE no = @no", new { no })));
    }

    [Fact]
    public async Task The_second_to_record_findings_is_told()
    {
        var no = city.Store.Read(s => s.One<string>("SELECT no FROM case_record ORDER BY found_at LIMIT 1"))!;
        await Both($"/cases/{no}", $"form[action='/cases/{no}/findings'] ", "tracer", "tracer2", async (hand, form, who) =>
            await hand.Choose(form + "select >> nth=0", who == 1 ? "yes" : "no"));
        Assert.Equal(1, city.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM case_finding f JOIN case_record c ON c.id = f.case_id AND c.owner = f.owner WHERE c.no = @no AND f.holds = 1", new { no })));
    }

    [Fact]
    public async Task The_second_to_record_a_contacts_control_is_told_and_what_was_typed_is_kept()
    {
        // One who was decided already; else one of the proposals is.
        var (contact, state) = city.Store.Read(s => s.One<(Guid, long)>("SELECT id, state FROM contact WHERE owner = '990102' AND state BETWEEN 1 AND 6 AND ring = 1 ORDER BY state DESC, id LIMIT 1"));
        if (state == (long)Qipan.Tracing.ContactState.Proposed)
            await city.Day.Investigator.Post("/api/tracing/contacts/decide", new { contacts = new[] { contact }, accept = true }, TestContext.Current.CancellationToken);
        await Both($"/contacts/{contact:N}", $"form[action='/contacts/{contact:N}/move'] ", "tracer", "tracer2", async (hand, form, who) =>
        {
            await hand.Choose(form + "select[name=to]", who == 1 ? "Lost" : "Refused");
            await hand.Fill(form + "input[name=reason]", $"looked for at home {who}");
        }, async (second, form) =>
            Assert.Equal("looked for at home 2", await second.Page.Locator(form + "input[name=reason]").InputValueAsync()));
        Assert.Equal((long)Qipan.Tracing.ContactState.Lost, city.Store.Read(s => s.Scalar<long>("SELECT state FROM contact WHERE id = @contact", new { contact })));
    }

    /// <summary>Both open it, both write, the first sends, then the second.</summary>
    async Task Both(string address, string form, string first, string second, Func<Hand, string, int, Task> write, Func<Hand, string, Task>? after = null)
    {
        var (one, two) = (await Hand.Of(city, first, Way.Mouse), await Hand.Of(city, second, Way.Mouse));
        foreach (var (hand, who) in new[] { (one, 1), (two, 2) })
        {
            await hand.Go(address);
            await hand.Press($"details:has({form.Trim()}) summary");
            await write(hand, form, who);
        }
        await one.Press(form + "button");
        Assert.Equal(0, await one.Page.Locator("main > .refusal").CountAsync());
        await two.Press(form + "button");
        await two.Sees("main .refusal[role=alert]:has(code:text-matches('_changed$'))");
        if (after is not null)
            await after(two, form);
        await one.Done();
        await two.Done();
    }
}
