using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>Every figure of the board opens into its list, and its list into the trail: the figures of a rendered board, each followed.</summary>
public sealed partial class FigureLinkTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task Every_figure_of_the_board_leads_to_a_list_that_says_the_same_number_and_leads_on(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var (round, persons) = await RoundPageTests.Fill(app);
        await Duties(app, round, persons);
        await BoardPageTests.Case(app, Town.Community, BoardPageTests.Today(app));
        await BoardPageTests.Case(app, Town.Community, BoardPageTests.Today(app));
        await Alert(app);
        using var browser = app.Browser(Role.Commander, Town.County);
        var (seen, trails) = (new List<long>(), 0);
        foreach (var area in new[] { Town.County, Town.Community[..9], Town.Community })
        {
            foreach (var (figure, address) in Figures(await browser.Page($"/board?area={area}")))
            {
                Assert.True(address is not null, $"the figure {figure} on the board of {area} opens nothing");
                seen.Add(figure);
                var list = await browser.Page(address);
                var stated = Stated().Match(list);
                Assert.True(stated.Success, $"{address} does not say how many it lists");
                Assert.True(stated.Groups["n"].Value == figure.ToString(CultureInfo.InvariantCulture), $"{figure} on the board of {area}, {stated.Groups["n"].Value} in {address}");
                // A list of one screen holds as many rows as it says, or leads on to the lists that do.
                if (figure is > 0 and < 50 && !list.Contains("list=") && Rows().IsMatch(list))
                {
                    trails++;
                    Assert.True(figure == Rows().Matches(list).Select(m => m.Value).Distinct().Count(), $"{address} says {figure} and lists {Rows().Count(list)}");
                    var trail = Trail().Match(list).Groups["to"].Value;
                    Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(WebUtility.HtmlDecode(trail))).StatusCode);
                }
            }
        }
        Assert.True(seen.Count > 60 && seen.Distinct().Count() > 2 && trails > 5, $"{seen.Count} figures, {trails} trails: the board of the test is too empty");

        // Who may not see cases and duties sees the same figures, and nothing to click that would be refused.
        using var auditor = app.Browser(Role.Auditor, Town.County);
        foreach (var (_, address) in Figures(await auditor.Page($"/board?area={Town.County}")))
            if (address is not null)
                Assert.Equal(HttpStatusCode.OK, (await auditor.GetAsync(address)).StatusCode);
    }

    /// <summary>Every text of the page that is a number alone, in its main part, and where it leads; drawings name their axes themselves.</summary>
    static List<(long Figure, string? Address)> Figures(string page)
    {
        var main = Drawn().Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)], "");
        var (found, address) = (new List<(long, string?)>(), (string?)null);
        foreach (Match piece in Pieces().Matches(main))
        {
            if (piece.Groups["open"].Success)
                address = WebUtility.HtmlDecode(piece.Groups["open"].Value);
            else if (piece.Value.StartsWith("</a", StringComparison.Ordinal))
                address = null;
            else if (piece.Groups["number"].Success)
                found.Add((long.Parse(piece.Groups["number"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), address));
        }
        return found;
    }

    /// <summary>Visits of today: one late, one soon late, one done; one of two days ago that is open, and one that was waived.</summary>
    static async Task Duties(QipanApp app, Guid round, List<Guid> persons) => _ = (await app.Store.Write(new WriteScope(Actor.System, Town.County), session =>
    {
        var now = session.Now;
        var contact = session.NewId();
        NewDuty Visit(Guid subject, double hours) => new()
        {
            Owner = Town.County,
            Kind = DutyKind.VisitContact,
            Subject = subject,
            Basis = new Ref("contact", contact),
            Area = Town.Room,
            OwnerUnit = UnitDirectory.ResponsibleFor(session, UnitKind.Community, Town.Community),
            DueAt = now.AddHours(hours),
        };
        var visits = new[] { -0.001, 0.01, -0.002, -50, -0.003 }.Select(h => Visit(session.NewId(), h)).ToList();
        Ledger.Open(session, visits);
        DutyKey Key(int at) => new(Town.County, DutyKind.VisitContact, contact.ToString("N"), visits[at].Subject);
        Ledger.Done(session, [Key(2)], new Ref("visit", contact));
        Ledger.Done(session, [new DutyKey(Town.County, DutyKind.TestInRound, round.ToString("N"), persons[0])], new Ref("result", contact));
        return Outcome.Done;
    })).Value;

    static async Task Alert(QipanApp app) => _ = (await app.Store.Write(new WriteScope(Actor.System, Town.County), s =>
    {
        s.Execute("""
            INSERT INTO pool_alert (owner, id, tube, disease, state, raised_at, raised_by, team, protocol, ack_due, hold_due, resample_due, decide_due)
            VALUES (@owner, @id, @id, 'COVID-19', 1, @now, 'system', @id, 'CN-COVID-9@1', @due, @due, @due, @due)
            """, new { owner = Town.County, id = s.NewId(), now = s.Now, due = s.Now.AddHours(1) });
        return Outcome.Done;
    })).Value;

    [GeneratedRegex("<(?<tag>svg|script|style|form|select)\\b.*?</\\k<tag>>", RegexOptions.Singleline)]
    private static partial Regex Drawn();

    [GeneratedRegex("<a\\b[^>]*?href=\"(?<open>[^\"]*)\"[^>]*>|</a>|(?<=>)\\s*(?<number>\\d[\\d,]*)\\s*(?=<)")]
    private static partial Regex Pieces();

    [GeneratedRegex("<data class=\"stated\" value=\"(?<n>\\d+)\">")]
    private static partial Regex Stated();

    [GeneratedRegex("href=\"/trail/(?:duty|case)/[^\"]*\"")]
    private static partial Regex Rows();

    [GeneratedRegex("href=\"(?<to>/trail/[^\"]*)\"")]
    private static partial Regex Trail();
}
