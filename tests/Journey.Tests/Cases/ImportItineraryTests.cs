using System.CommandLine;
using System.Text.Json;
using Qipan.Journey.Tests.Field;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Cases;

/// <summary>`qipan import itinerary` as a script sees it.</summary>
public sealed class ImportItineraryTests : IDisposable
{
    const string Two = """
        病例1：赵某某，男，41岁，住址：江北区达山小区。
        3月24日 21:30—22:11 在松岭服务区休息，未戴口罩；3月25日到一社区卫生所就诊，天色昏暗。
        病例2：钱某某，女，38岁。
        3月24日20:00至次日8:00，在松岭服务区值班。
        """;

    readonly string folder = Directory.CreateTempSubdirectory("qipan-itinerary-").FullName;

    public static TheoryData<StoreKind> Stores => TestStores.All;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_dry_run_prints_persons_stays_and_what_they_share_and_writes_nothing()
    {
        var file = Save(Two);
        var (exit, output, error) = Run("import", "itinerary", file, "--dry-run", "--format", "json", "--year", "2022");
        Assert.True(exit == 0, error);
        using var json = JsonDocument.Parse(output);
        var persons = json.RootElement.GetProperty("persons").EnumerateArray().ToList();
        Assert.Equal(["1", "2"], persons.Select(p => p.GetProperty("case").GetString()));
        Assert.Equal("赵某某", persons[0].GetProperty("name").GetString());
        var stay = persons[0].GetProperty("stays")[0];
        Assert.Equal(("2022-03-24", "21:30", "22:11", "松岭服务区", "no_mask"),
            (Of(stay, "day"), Of(stay, "from"), Of(stay, "to"), Of(stay, "place"), Of(stay, "protection")));
        var words = stay.GetProperty("words");
        Assert.Equal(Of(words, "text"), File.ReadAllText(file)
            .Substring(words.GetProperty("from").GetInt32(), words.GetProperty("length").GetInt32()));
        var shared = Assert.Single(json.RootElement.GetProperty("shared").EnumerateArray());
        Assert.Equal(("place", "certain", "1", "2"), (Of(shared, "kind"), Of(shared, "strength"), Of(shared, "caseA"),
            Of(shared, "caseB")));
        Assert.Contains("天色昏暗", Of(json.RootElement.GetProperty("unread")[0], "text"));
        Assert.Contains("2 persons, 3 stays, 1 shared exposures proposed", error);
        Assert.Contains("1 not understood", error);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void The_text_form_lists_what_was_not_understood_and_what_to_look_at()
    {
        var (exit, output, _) = Run("import", "itinerary", Save("2月32日到第一市场购物，天色昏暗"), "--dry-run", "--on", "2022-04-01");
        Assert.Equal(0, exit);
        Assert.Contains("look at\t0+5\tno_such_time", output);
        Assert.Contains("not understood\t", output);
    }

    [Fact]
    public void A_missing_file_an_empty_one_and_a_wrong_option_are_refused()
    {
        Assert.Equal(1, Run("import", "itinerary", Path.Combine(folder, "none.txt"), "--dry-run").Exit);
        var (exit, _, error) = Run("import", "itinerary", Save(" \n"), "--dry-run");
        Assert.Equal(1, exit);
        Assert.Contains("text_empty", error);
        Assert.Equal(2, Run("import", "itinerary", Save(Two), "--dry-run", "--on", "yesterday").Exit);
        Assert.Equal(2, Run("import", "itinerary", Save(Two), "--dry-run", "--year", "22").Exit);
        Assert.Equal(2, Run("import", "itinerary", Save(Two)).Exit);
        Assert.Equal(1, Run("import", "itinerary", Save(Two), "--dry-run", "--disease", "NONE").Exit);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task With_a_store_places_are_matched_and_an_unknown_case_is_refused(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        string[] store = app.Storage.Connection.Length > 0 ? ["--store", app.Storage.Folder, "--conn", app.Storage.Connection]
            : ["--store", app.Storage.Folder];
        var file = Save("病例1：赵某某，男，41岁。3月25日到江北区购物。");
        var (exit, output, error) = Run(["import", "itinerary", file, "--dry-run", "--year", "2022", "--format", "json", .. store]);
        Assert.True(exit == 0, error);
        using var json = JsonDocument.Parse(output);
        var match = json.RootElement.GetProperty("persons")[0].GetProperty("stays")[0].GetProperty("match");
        Assert.Equal((Town.County, "equal"), (Of(match.GetProperty("chosen"), "code"), Of(match.GetProperty("chosen"), "fit")));
        (exit, _, error) = Run(["import", "itinerary", file, "--year", "2022", "--case", "990102-2022-00017", .. store]);
        Assert.Equal(1, exit);
        Assert.Contains("case_unknown", error);
    }

    static string? Of(JsonElement element, string name) => element.GetProperty(name).GetString();

    string Save(string text)
    {
        var path = Path.Combine(folder, "itinerary.txt");
        File.WriteAllText(path, text);
        return path;
    }

    static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
        var exit = Cli.Program.Run(arguments, streams);
        return (exit, output.ToString(), error.ToString());
    }
}
