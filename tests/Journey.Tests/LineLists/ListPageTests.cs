using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Journey.Tests.Pages;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.LineLists;

/// <summary>A list sent by a browser without script, tried, run, exported; and the same by the API and the command line.</summary>
public sealed class ListPageTests
{
    const string List = "Case ID,Disease,First name,Last name,Sex,Date of birth,Date of report,Case classification,Date of symptom onset\n"
        + "A-1,Measles,Gerda,Qqzanary,FEMALE,1990-02-03,3/12/2022,CONFIRMED,3/10/2022\n"
        + "A-2,Measles,Hans,Test,MALE,1985,3/13/2022,CONFIRMED,31/31/2022\n";

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_list_is_tried_looked_at_and_run_from_the_page_without_script(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        using var browser = app.Browser(Role.Investigator, Town.County);
        Assert.Contains("SORMAS, detailed export of cases", await browser.Page("/lists"));
        var sent = await Upload(browser, "cases.csv", List);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var tried = sent.Headers.Location!.ToString();
        var page = Forms.Plain(await Finished(browser, tried));
        // Without a mapping the one was taken that fits the heads best.
        Assert.Contains("sormas-cases", page);
        Assert.Contains("This was tried; nothing was kept.", page);
        Assert.Contains("date_unreadable 1", page);
        Assert.Contains("3 Date of symptom onset This is no date", page);
        Assert.Equal(0, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM case_record")));

        var run = await browser.Submit(tried, $"{tried}/run");
        Assert.Equal(HttpStatusCode.SeeOther, run.StatusCode);
        var done = run.Headers.Location!.ToString();
        Assert.Contains("This list was imported.", Forms.Plain(await Finished(browser, done)));
        Assert.Equal(1, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM case_record")));
        var refused = await browser.GetStringAsync($"{done}/refused");
        Assert.Contains("Hans,Test", refused);
        Assert.Contains("cases.csv", Forms.Plain(await browser.Page("/lists")));
        using var chinese = app.Browser(Role.Investigator, Town.County, "zh");
        Assert.Contains("日期不存在", Forms.Plain(await chinese.Page(done)));
        // Nobody else is shown the import or given its rows, and the file that was sent is gone.
        using var other = app.Browser(Role.Commander, Town.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(done)).StatusCode);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(app.Storage.Folder, "lists"), "*.list"), f => f.Contains(done[7..], StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log, l => l.Contains("Qqzanary", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task What_cannot_be_read_says_so_and_a_mapping_is_kept_only_when_it_is_in_order(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        using var browser = app.Browser(Role.Investigator, Town.County);
        var none = await Upload(browser, "cases.csv", "colour,taste\nred,sweet\n");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("mapping", await none.Content.ReadAsStringAsync());
        var empty = await Upload(browser, "cases.csv", "Case ID,Disease\n", ("mapping", "sormas-cases"));
        Assert.Contains("heads and no rows", Forms.Plain(await Finished(browser, empty.Headers.Location!.ToString())));

        var wrong = await browser.Submit("/lists", "/lists/mappings", ("text", "mapping: mine\ntitle: Mine\nkind: tables\nlist: mine\ncolumns:\n  id: [No]\n"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Line 3:", Forms.Plain(await wrong.Content.ReadAsStringAsync()));
        var right = await browser.Submit("/lists", "/lists/mappings", ("text", "mapping: mine\ntitle: Mine\nkind: cases\nlist: mine\ncolumns:\n  id: [No]\n"));
        Assert.Equal("/lists/mappings/mine", right.Headers.Location?.ToString());
        Assert.Contains("Our own", Forms.Plain(await browser.Page("/lists")));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_list_is_imported_over_the_API_and_exported_pseudonymous(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        using var client = app.Client(Role.Investigator, Town.County);
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(List));
        body.Headers.ContentType = new("text/csv");
        var sent = await (await client.PostAsync($"/api/lists/imports?mapping=sormas-cases&place={Town.County}&name=cases.csv", body)).Read();
        var id = sent.GetProperty("id").GetString();
        for (var i = 0; ; i++)
        {
            var seen = await (await client.GetAsync($"/api/lists/imports/{id}")).Read();
            if (seen.GetProperty("state").GetString() == "finished")
            {
                Assert.Equal((2, 1, 1), (seen.GetProperty("rows").GetInt32(), seen.GetProperty("accepted").GetInt32(), seen.GetProperty("refused").GetInt32()));
                break;
            }
            Assert.True(i < 100, "the import did not end");
            await Task.Delay(100);
        }
        var list = await client.GetStringAsync("/api/lists/export?rows=cases&purpose=statistics&disease=MEASLES");
        Assert.Equal(2, list.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("Qqzanary", list);
        var named = await client.GetStringAsync("/api/lists/export?rows=cases&purpose=contact_tracing&columns=name,onset&real=true");
        Assert.Contains("Gerda Qqzanary,2022-03-10", named);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/lists/export?rows=cases&purpose=statistics&columns=name&real=true")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/lists/export?rows=cases&purpose=statistics&territory=990103")).StatusCode);
        using var technician = app.Client(Role.Technician, Town.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await technician.GetAsync("/api/lists/export?rows=cases&purpose=statistics")).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task The_command_line_imports_tries_again_and_says_what_it_read(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        var path = Path.Combine(app.Storage.Folder, "cases.csv");
        File.WriteAllText(path, List);
        string[] store = ["--store", app.Storage.Folder, .. app.Storage.Connection.Length > 0 ? new[] { "--conn", app.Storage.Connection } : []];
        Assert.Contains("sormas-cases", Run(["import", "line-list", path, .. store]).Error);
        var dry = Run(["import", "line-list", path, "--mapping", "sormas-cases", "--place", Town.County, "--dry-run", .. store]);
        Assert.Contains("2 read, 1 accepted, 0 updated, 0 already had, 1 refused (dry run, nothing kept)", dry.Output);
        var real = Run(["import", "linelist", path, "--mapping", "sormas-cases", "--place", Town.County, "--format", "json", .. store]);
        Assert.Equal(0, real.Exit);
        Assert.Contains("\"code\": \"date_unreadable\"", real.Output);
        Assert.Contains("\"column\": \"Date of symptom onset\"", real.Output);
        Assert.Contains("0 accepted, 0 updated, 1 already had", Run(["import", "line-list", path, "--mapping", "sormas-cases", "--place", Town.County, .. store]).Output);
        Assert.Equal(1, Run(["import", "contacts", path, "--mapping", "sormas-cases", .. store]).Exit);
        Assert.Equal(0, Run(["mapping", "list"]).Exit);
        Assert.Contains("case_class", Run(["mapping", "show", "sormas-cases"]).Output.Replace("Case classification", "case_class"));
        Assert.Contains("sormas-cases", Run(["mapping", "guess", path]).Output);
        var mine = Path.Combine(app.Storage.Folder, "mine.yaml");
        File.WriteAllText(mine, "mapping: mine\ntitle: Mine\nkind: cases\nlist: mine\ncolumns:\n  id: [No]\n  wrong: [x]\n");
        var check = Run(["mapping", "check", mine]);
        Assert.Equal(1, check.Exit);
        Assert.Matches(new Regex(@"mine\.yaml:7:\d+: .*\[unknown_key\]"), check.Output);
        var file = Path.Combine(app.Storage.Folder, "out.csv");
        var export = Run(["export", "line-list", app.Storage.Folder, "--purpose", "Statistics", "--out", file,
            .. app.Storage.Connection.Length > 0 ? new[] { "--store", app.Storage.Connection } : []]);
        Assert.True(export.Exit == 0, export.Error);
        Assert.Equal(2, File.ReadAllLines(file).Length);
    }

    /// <summary>Waits as a reader does: the page loads itself again until it has ended.</summary>
    static async Task<string> Finished(HttpClient browser, string path)
    {
        for (var i = 0; ; i++)
        {
            var answer = await browser.GetAsync(path);
            if (!answer.Headers.Contains("Refresh"))
                return await answer.Content.ReadAsStringAsync();
            Assert.True(i < 200, "the import did not end");
            await Task.Delay(100);
        }
    }

    static async Task<HttpResponseMessage> Upload(HttpClient browser, string name, string text, params (string Name, string Value)[] more)
    {
        var page = await browser.Page("/lists");
        var form = Regex.Match(page, "<form[^>]*multipart.*?</form>", RegexOptions.Singleline).Value;
        var token = Regex.Match(form, "name=\"__RequestVerificationToken\" value=\"([^\"]*)\"").Groups[1].Value;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent(Town.County), "place" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name },
        };
        foreach (var (field, value) in more)
            content.Add(new StringContent(value), field);
        return await browser.PostAsync("/lists", content);
    }

    static (int Exit, string Output, string Error) Run(string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = Cli.Program.Run(args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (exit, output.ToString(), error.ToString());
    }
}
