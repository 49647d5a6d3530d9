using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Journey.Tests.Pages;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Ground;

/// <summary>
/// House style 9, P-17. Persons whose names, documents and phones stand nowhere else go through the program; then everything that the
/// program says or keeps beside them is searched for them.
/// </summary>
public sealed partial class PersonalDataTests
{
    const string Name = "欧阳龘靐";
    const string Unregistered = "司徒龖龘";

    // Put together here, so that no number stands in the tree (P-31).
    static readonly string Document = WithCheckDigit("990102" + "19790407" + "881");
    static readonly string OtherDocument = WithCheckDigit("990102" + "19610511" + "882");
    static readonly string Phone = "1900" + "077" + "4411";

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_persons_data_is_found_nowhere_but_where_it_belongs(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var heard = new ConcurrentBag<string>();
        await Live(app, heard);
        string[] secrets = [Name, Unregistered, Document, OtherDocument, Phone, Document.ToLowerInvariant()];

        Assert.NotEmpty(app.Log);
        Assert.Empty(Found(app.Log, secrets));
        Assert.NotEmpty(heard);
        Assert.Empty(Found(heard, secrets));

        var cells = EveryCell.Of(app.Store);
        string[] numbers = [Document, OtherDocument, Phone];
        Assert.Contains(cells, c => c.Table == "person" && c.Text.Contains(Name));
        Assert.Empty(cells.Where(c => secrets.Any(c.Text.Contains) && !(c.Table == "person" && c.Column is "name" or "name_key") && c.Table != "name_term").Select(c => $"{c.Table}.{c.Column}"));
        Assert.Empty(cells.Where(c => numbers.Any(c.Text.Contains)).Select(c => $"{c.Table}.{c.Column}"));
        if (kind == StoreKind.Sqlite)
            foreach (var file in Directory.EnumerateFiles(app.Storage.Folder, "qipan.db*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes);
                foreach (var number in numbers)
                    Assert.Equal(-1, bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(number)));
            }
    }

    [Fact]
    public async Task The_search_finds_a_name_that_is_logged()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, endpoints: routes => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions
            .MapGet(routes, "/api/leak", string () => throw new InvalidOperationException(Name)).OpenToAll("a test leaks here"));
        using var client = app.Client();
        await client.GetAsync("/api/leak");
        Assert.NotEmpty(Found(app.Log, [Name]));
    }

    /// <summary>A day with these persons: registered, mistyped, looked for, sampled, shown on pages, and sent to where they do not belong.</summary>
    static async Task Live(QipanApp app, ConcurrentBag<string> heard)
    {
        var town = await Town.Build(app);
        using var officer = app.Client(Role.RoundOfficer, Town.County);
        async Task<HttpResponseMessage> Post(string path, object body)
        {
            var answer = await officer.PostAsync(path, Json.Of(body));
            await Hear(answer, heard);
            return answer;
        }

        var registered = await (await Post("/api/registers/persons",
            new { person = new { name = Name, docNo = Document, phones = Phone, residence = Town.Room, birth = "1979-04-07" } })).Read();
        await Post("/api/registers/persons", new { person = new { name = Unregistered, docNo = Document, residence = Town.Room } });
        await Post("/api/registers/persons", new { person = new { name = Unregistered, docNo = Document[..^1] + "?", residence = "000" } });
        await Post("/api/registers/persons", new { person = new { name = new[] { Name }, docNo = Document } });
        foreach (var query in new object[]
        {
            new { purpose = "testing", name = Name }, new { purpose = "testing", document = Document }, new { purpose = "testing", phone = Phone },
            new { name = Name }, new { purpose = "debt", document = Document }, new { purpose = "testing", name = Name, phone = Phone },
        })
            await Post("/api/registers/persons/search", query);

        var tube = town.NewId();
        await Hear(await town.Send("report",
            (tube, "tube_opened", new { code = "T-CANARY-1", tubeKind = 10 }),
            (town.NewId(), "sample_registered", new { tube, position = 1, specimen = "oropharyngeal", idMethod = "manual", person = new { docType = 1, docNo = Document, name = Name } }),
            (town.NewId(), "sample_registered", new { tube, position = 2, specimen = "oropharyngeal", idMethod = "manual", person = new { docType = 1, docNo = OtherDocument, name = Unregistered } }),
            (town.NewId(), "sample_registered", new { tube, position = 3, specimen = Name, idMethod = "manual", person = new { docType = 1, docNo = Document, name = Name } }),
            (town.NewId(), "tube_sealed", new { tube, seal = "S1" })), heard, receipt: true);
        await Hear(await town.SendRaw($$"""{"batch":"{{Name}}","facts":[{"docNo":"{{Document}}" """), heard);

        using var browser = app.Browser(Role.RoundOfficer, Town.County, "zh");
        var id = registered.GetProperty("id").GetGuid();
        foreach (var page in new[] { "/", "/duties?view=all", "/rounds", $"/persons/{id:N}?purpose=Testing", $"/tubes/tube/{tube:N}", $"/trail/person/{id:N}", $"/trail/tube/{tube:N}" })
            Links(await (await browser.GetAsync(page)).Content.ReadAsStringAsync(), heard);
        Links(await (await browser.Submit("/persons", "/persons", ("by", "phone"), ("what", Phone), ("purpose", "Testing"))).Content.ReadAsStringAsync(), heard);
        await browser.Submit($"/persons/{id:N}?purpose=Testing", $"/persons/{id:N}");
        await officer.GetAsync($"/api/duties?territory={Town.County}");
    }

    /// <summary>What a refusal says, and where an answer leads, may be logged by anybody on the way.</summary>
    static async Task Hear(HttpResponseMessage answer, ConcurrentBag<string> heard, bool receipt = false)
    {
        if (answer.Headers.Location is { } location)
            heard.Add(Uri.UnescapeDataString(location.OriginalString));
        if (!answer.IsSuccessStatusCode || receipt)
            heard.Add(Regex.Unescape(await answer.Content.ReadAsStringAsync()));
    }

    static void Links(string page, ConcurrentBag<string> heard)
    {
        foreach (Match link in Address().Matches(page))
            heard.Add(Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(link.Groups[1].Value)));
    }

    static List<string> Found(IEnumerable<string> texts, string[] secrets) => [.. texts.Where(t => secrets.Any(t.Contains))];

    static string WithCheckDigit(string first17)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return first17 + "10X98765432"[first17.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }

    [GeneratedRegex("(?:href|action)=\"([^\"]*)\"")]
    private static partial Regex Address();
}
