using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Qipan.Http;
using Qipan.Journey.Tests.Pages;
using Qipan.Kernel.Codes;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Registers;

/// <summary>Duplicates from the file to the merge and back, on pages without script and over HTTP.</summary>
public sealed class MergePageTests
{
    const string Home = "990102001001.c01.b1.u1.101";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task INV_21_pairs_are_looked_for_joined_in_a_batch_seen_on_the_person_s_page_and_taken_apart(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        using (var administrator = app.Client(Role.Administrator, ""))
            await administrator.PostAsync("/api/registers/imports/places?name=tree.csv", Csv("code,name\n99,棋盘省\n9901,棋山市\n990102,城东区\n990102001,一街道\n990102001001,一社区\n"));
        var number = Id(1980, 1, 3);
        using (var importer = app.Client(Role.RoundOfficer, "990102"))
            await importer.PostAsync("/api/registers/imports/persons?name=persons.csv", Csv(
                $"姓名,证件号码,手机号,现住地编码,出生日期\n棋小山,{number},19000000001,{Home},\n棋小山,{number[..6]}{number[8..17]},,{Home},\n棋小珊,,19000000001,{Home},1980-01-03\n"));
        using var officer = app.Browser(Role.RoundOfficer, "990102");

        // A purpose comes first, then the pairs; a search adds what the import could not see.
        Assert.Contains("Purpose, which is logged with your name", await officer.Page("/persons/duplicates"));
        var list = await officer.Page("/persons/duplicates?purpose=Testing");
        Assert.Contains("short id", list);
        Assert.Contains("棋小山", list);
        Assert.Equal(HttpStatusCode.SeeOther, (await officer.Submit("/persons/duplicates?purpose=Testing", "/persons/duplicates/scan")).StatusCode);
        for (var tries = 0; tries < 100 && !(await officer.Page("/persons/duplicates?purpose=Testing")).Contains("The last search looked at 3 persons"); tries++)
            await Task.Delay(50);
        list = await officer.Page("/persons/duplicates?purpose=Testing");
        Assert.Contains("same pinyin", list);
        Assert.Contains("同音", await officer.Page("/persons/duplicates?purpose=Testing&lang=zh"));

        var dry = await (await officer.Submit("/persons/duplicates?purpose=Testing&lang=en", "/persons/duplicates/batch", ("threshold", "0.5"))).Content.ReadAsStringAsync();
        Assert.Contains("1 would be joined", Forms.Plain(dry));
        Assert.Equal(0, Merges(app));
        Assert.Contains("The threshold lies between", await (await officer.Submit("/persons/duplicates?purpose=Testing", "/persons/duplicates/batch", ("threshold", "7"))).Content.ReadAsStringAsync());
        var run = Forms.Plain(await (await officer.Submit("/persons/duplicates?purpose=Testing", "/persons/duplicates/batch", ("threshold", "0.5"), ("run", "yes"))).Content.ReadAsStringAsync());
        Assert.Contains("1 were joined", run);
        Assert.Contains("wait for a person", run);
        Assert.Equal(1, Merges(app));

        // The others are a person's to decide.
        var (a, b) = (Hidden(list = await officer.Page("/persons/duplicates?purpose=Testing"), "a"), Hidden(list, "b"));
        var decided = await officer.Submit("/persons/duplicates?purpose=Testing", "/persons/duplicates/decide", ("reason", "his daughter"));
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.NotEqual(a, b);

        // On the page of whoever stays: the merge, and the way back.
        var (survivor, loser) = app.Store.Read(s => s.Query<Ids>("SELECT survivor, loser FROM person_merge ORDER BY at")).ConvertAll(i => (i.Survivor, i.Loser))[0];
        var page = await officer.Page($"/persons/{survivor:N}?purpose=Testing");
        Assert.Contains("That row follows this one since", page);
        Assert.Contains("撤销并档", await officer.Page($"/persons/{survivor:N}?purpose=Testing&lang=zh"));
        await officer.Page($"/persons/{survivor:N}?purpose=Testing&lang=en");
        var undone = await officer.Submit($"/persons/{survivor:N}?purpose=Testing", $"/persons/{loser:N}/unmerge", ("reason", "two men"));
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.Equal(1, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM person WHERE id = @loser AND merged_into IS NULL", new { loser })));
        Assert.Contains("taken apart on", await officer.Page($"/persons/{loser:N}?purpose=Testing"));

        // Whoever may not join persons sees neither.
        using var grid = app.Browser(Role.GridWorker, "990102");
        Assert.Equal(HttpStatusCode.Forbidden, (await grid.GetAsync("/persons/duplicates?purpose=Testing")).StatusCode);
        Assert.DoesNotContain("/unmerge", await grid.Page($"/persons/{survivor:N}?purpose=Testing"));
        Assert.DoesNotContain(app.Log, line => line.Contains(number) || line.Contains("棋小山") || line.Contains("棋小珊"));
    }

    static long Merges(QipanApp app) => app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM person_merge WHERE state = 1"));

    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([0-9a-f]+)\"").Groups[1].Value;

    static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    static string Id(int year, int month, int day)
    {
        var digits = $"990102{year:D4}{month:D2}{day:D2}003";
        return digits + IdNumber.CheckOf(digits);
    }

    sealed class Ids
    {
        public Guid Survivor { get; init; }

        public Guid Loser { get; init; }
    }
}
